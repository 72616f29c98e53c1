import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';

/** The note on scopes with a check by the user. */
const CHECKED = new ConstructNote<boolean>('Checked');

/** Records that a user checks a scope. */
export function noteCheck(scope: IConstruct): void {
  CHECKED.write(scope, true);
}

/** The nearest scope of a construct with a check by the user. That check reports findings of the construct. */
export function checkedScopeOf(construct: IConstruct): IConstruct | undefined {
  return CHECKED.nearest(construct);
}
