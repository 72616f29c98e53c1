import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';

/** On scopes that a user checks. */
const CHECKED = new ConstructNote<boolean>('Checked');

/** Notes that a user checks a scope. */
export function noteCheck(scope: IConstruct): void {
  CHECKED.write(scope, true);
}

/** The nearest scope of a construct with a check by the user: that check reports on the construct. */
export function checkedScopeOf(construct: IConstruct): IConstruct | undefined {
  return CHECKED.nearest(construct);
}
