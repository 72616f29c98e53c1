import type { KnownFinding } from './expectations';
import type { Finding } from './finding';

/** The expected result of an app. */
export interface Expected {
  readonly findings: readonly KnownFinding[];
  /** Why it creates no template, if it creates none. */
  readonly withoutTemplate?: string;
}

/** The actual result of an app. */
export interface Found {
  readonly findings: readonly Finding[];
  readonly isValidated: boolean;
}

/** The problems of an app, one on each line. Empty if the result is as expected. */
export function problemsOf({ findings, isValidated }: Found, expected: Expected): string[] {
  const same = (a: Pick<Finding, 'rule' | 'at'>, b: Pick<Finding, 'rule' | 'at'>) => a.rule === b.rule && a.at === b.at;
  const unknown = findings.filter(finding => !expected.findings.some(known => same(known, finding)));
  const gone = expected.findings.filter(known => !findings.some(finding => same(known, finding)));
  return [
    ...unknown.map(({ rule, at, text }) => [rule, at, text].filter(part => part !== '').join(': ')),
    ...gone.map(({ rule, at }) => `${rule}: ${at}: known, and not found any more: take it out of KNOWN_FINDINGS`),
    ...findings.length === 0 && !isValidated && expected.withoutTemplate === undefined ? ['it makes no template: give it one, or put it into WITHOUT_TEMPLATE'] : [],
    ...isValidated && expected.withoutTemplate !== undefined ? ['it makes a template: take it out of WITHOUT_TEMPLATE'] : [],
  ];
}
