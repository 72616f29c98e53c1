import type { IConstruct } from 'constructs';
import type { Finding } from './finding';

const FINDINGS = Symbol.for('cdk-imdsv2.Findings');

/** A construct, with what enforcement found on it. */
interface Bearer {
  [FINDINGS]?: readonly Finding[];
}

/** Notes on a construct what enforcement found, for checks that come by later. */
export function noteFinding(construct: IConstruct, finding: Finding): void {
  const noted = notedFindings(construct);
  if (noted.some(({ id, message }) => id === finding.id && message === finding.message)) { return; }
  Object.defineProperty(construct, FINDINGS, { value: [...noted, finding], enumerable: false, configurable: true });
}

/** What enforcement found on a construct, what is exempted included. */
export function notedFindings(construct: IConstruct): readonly Finding[] {
  return (construct as Bearer)[FINDINGS] ?? [];
}
