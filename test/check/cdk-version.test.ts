import type { IConstruct } from 'constructs';
import { validatesByEnvironment, suppressesEverywhere } from '../../src/check/cdk-version';
import type { CheckedFinding } from '../../src/check/checked-resource';
import { violationsOf } from '../../src/check/violations';
import { scratchStack } from '../harness/scratch-app';

test.each([
  ['2.262.0', true], ['2.270.0', true], ['2.272.9', true], ['2.273.0', false], ['2.276.0', false], ['3.0.0', false], ['', false],
])('CDK %j suppresses a rule in the whole app if one construct acknowledges it: %s', (version, everywhere) => {
  expect(suppressesEverywhere(version)).toBe(everywhere);
});

test.each([
  ['1.204.0', true], ['2.262.0', true], ['2.269.9', true], ['2.270.0', false], ['2.276.0', false], ['3.0.0', false], ['', false],
])('CDK %j calls a plugin for each account and Region separately: %s', (version, isSeparate) => {
  expect(validatesByEnvironment(version)).toBe(isSeparate);
});

describe('with a version of CDK that suppresses a rule in the whole app', () => {
  const finding = (reportedOn: IConstruct, changed: Partial<CheckedFinding> = {}): CheckedFinding =>
    ({ rule: 'Imdsv2::TokensRequired', path: reportedOn.node.path, reportedOn, fails: true, ...changed });
  const severities = (...findings: readonly CheckedFinding[]) =>
    violationsOf(findings, new Set(['Imdsv2::TokensRequired'])).map(({ severity }) => severity);

  test('an error without an acknowledgement is fatal, so CDK does not suppress it', () => {
    const stack = scratchStack();
    const exemption = { id: 'Imdsv2::TokensRequired', scope: stack, reason: 'known', isAppliedByCdk: true } as const;
    expect(severities(finding(stack), finding(stack.node.root, { exemption }))).toEqual(['fatal', 'error']);
  });

  test('a violation that does not fail the synthesis stays a warning', () => {
    expect(severities(finding(scratchStack(), { fails: false }))).toEqual(['warning']);
  });

  test('a violation of a rule that nobody acknowledges is an error', () => {
    expect(severities(finding(scratchStack(), { rule: 'Imdsv2::ValueNotAccepted' }))).toEqual(['error']);
  });
});
