import type { IConstruct } from 'constructs';
import type { Finding } from './finding';
import { distinctFindings } from './finding';

const FINDINGS = Symbol.for('cdk-imdsv2.Findings');

/** A construct, with what enforcement found on it. */
interface Bearer {
  [FINDINGS]?: readonly Finding[];
}

/** Notes on a construct what enforcement found, for checks that come by later. */
export function noteFinding(construct: IConstruct, finding: Finding): void {
  const value = distinctFindings([...notedFindings(construct), finding]);
  Object.defineProperty(construct, FINDINGS, { value, enumerable: false, configurable: true });
}

/** What enforcement found on a construct, what is exempted included. */
export function notedFindings(construct: IConstruct): readonly Finding[] {
  return (construct as Bearer)[FINDINGS] ?? [];
}
