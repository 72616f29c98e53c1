import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import type { Finding } from './finding';
import { distinctFindings } from './finding';

const FINDINGS = new ConstructNote<readonly Finding[]>('NotedFindings');

/** Notes on a construct what enforcement found, for checks that come by later. */
export function noteFinding(construct: IConstruct, finding: Finding): void {
  FINDINGS.write(construct, distinctFindings([...notedFindings(construct), finding]));
}

/** What enforcement found on a construct, each once, what is exempted included. */
export function notedFindings(construct: IConstruct): readonly Finding[] {
  return FINDINGS.of(construct) ?? [];
}
