import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import type { Finding } from './finding';
import { statementOf } from './finding';

/** What was found on a construct, by what it says. */
const FINDINGS = new ConstructNote<Map<string, Finding>>('FindingsByStatement');

/** Notes on a construct what enforcement found, for checks that come by later. */
export function noteFinding(construct: IConstruct, finding: Finding): void {
  const noted = FINDINGS.of(construct) ?? new Map<string, Finding>();
  noted.set(statementOf(finding), finding);
  FINDINGS.write(construct, noted);
}

/** What enforcement found on a construct, what is exempted included. */
export function notedFindings(construct: IConstruct): readonly Finding[] {
  const noted = FINDINGS.of(construct);
  return noted ? [...noted.values()] : [];
}
