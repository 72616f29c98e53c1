import type { IConstruct } from 'constructs';
import { asksByEnvironment, suppressesEverywhere } from '../../src/check/cdk-version';
import type { CheckedFinding } from '../../src/check/checked-resource';
import { violationsOf } from '../../src/check/violations';
import { scratchStack } from '../harness/scratch-app';

test.each([
  ['2.262.0', true], ['2.270.0', true], ['2.272.9', true], ['2.273.0', false], ['2.276.0', false], ['3.0.0', false], ['', false],
])('CDK %j suppresses a rule everywhere: %s', (version, everywhere) => {
  expect(suppressesEverywhere(version)).toBe(everywhere);
});

test.each([
  ['1.204.0', true], ['2.262.0', true], ['2.269.9', true], ['2.270.0', false], ['2.276.0', false], ['3.0.0', false], ['', false],
])('CDK %j asks for each account and Region separately: %s', (version, apart) => {
  expect(asksByEnvironment(version)).toBe(apart);
});

describe('where CDK suppresses a rule everywhere', () => {
  const finding = (reportedOn: IConstruct, changed: Partial<CheckedFinding> = {}): CheckedFinding =>
    ({ rule: 'Imdsv2::TokensRequired', path: reportedOn.node.path, reportedOn, fails: true, ...changed });
  const severities = (...findings: readonly CheckedFinding[]) =>
    violationsOf(findings, new Set(['Imdsv2::TokensRequired'])).map(({ severity }) => severity);

  test('what is not acknowledged cannot be suppressed', () => {
    const stack = scratchStack();
    const exemption = { id: 'Imdsv2::TokensRequired', scope: stack, reason: 'known', isAppliedByCdk: true } as const;
    expect(severities(finding(stack), finding(stack.node.root, { exemption }))).toEqual(['fatal', 'error']);
  });

  test('a violation that fails nothing stays a warning', () => {
    expect(severities(finding(scratchStack(), { fails: false }))).toEqual(['warning']);
  });

  test('a violation without an acknowledgement is an error as usual', () => {
    expect(severities(finding(scratchStack(), { rule: 'Imdsv2::ValueNotAccepted' }))).toEqual(['error']);
  });
});
