import type { Stack } from 'aws-cdk-lib';
import { Annotations, Fn } from 'aws-cdk-lib';
import { Annotations as Synthesized, Match } from 'aws-cdk-lib/assertions';
import { ImdsAccountDefaults } from '../../../src/org/account-defaults/imds-account-defaults';
import { ImdsAccountDefaultsStackSet } from '../../../src/org/account-defaults/imds-account-defaults-stack-set';
import { ImdsRegions } from '../../../src/org/account-defaults/imds-regions';
import { DefaultsBy } from '../../../src/org/guardrails/defaults-by';
import { GuardHookScope } from '../../../src/org/guardrails/guard-hook-scope';
import { GuardrailStage } from '../../../src/org/guardrails/guardrail-stage';
import { ImdsGuardrails } from '../../../src/org/guardrails/imds-guardrails';
import { ImdsDeclarativePolicy } from '../../../src/org/policies/imds-declarative-policy';
import { scratchStack } from '../../harness/scratch-app';

const UNITS = { organizationalUnitIds: ['ou-ab12-cd34ef56'] };

function warningsOf(stack: Stack, id: string): string[] {
  return Synthesized.fromStack(stack).findWarning('*', Match.stringLikeRegexp(id)).map(({ id: path, entry }) => `${path}: ${String(entry.data)}`);
}

describe('a Region that CDK does not know', () => {
  const unknown = (stack: Stack) => warningsOf(stack, 'Imdsv2::UnknownRegion');

  test('causes a warning with the most similar Region', () => {
    const stack = scratchStack();
    new ImdsAccountDefaults(stack, 'Defaults', { regions: ImdsRegions.of('eu-west-1', 'eu-wst-2', 'us-eats-1') });
    expect(unknown(stack)).toEqual([
      expect.stringContaining("/Stack/Defaults: regions names 'eu-wst-2', which CDK does not know: unless it is a new Region, use 'eu-west-2'"),
      expect.stringContaining("/Stack/Defaults: regions names 'us-eats-1', which CDK does not know: unless it is a new Region, use 'us-east-1'"),
    ]);
  });

  test.each([
    ['regions', { regions: ImdsRegions.of('eu-wst-2') }],
    ['stackRegions', { stackRegions: ['eu-wst-2'] }],
  ])('causes a warning in %s of a stack set', (name, props) => {
    const stack = scratchStack();
    new ImdsAccountDefaultsStackSet(stack, 'Defaults', { ...UNITS, ...props });
    expect(unknown(stack)).toEqual([expect.stringContaining(`${name} names 'eu-wst-2'`)]);
  });

  test('can be new, so the warning can be acknowledged', () => {
    const stack = scratchStack();
    Annotations.of(stack).acknowledgeWarning('Imdsv2::UnknownRegion');
    new ImdsAccountDefaults(stack, 'Defaults', { regions: ImdsRegions.of('eu-west-9') });
    expect(unknown(stack)).toEqual([]);
  });

  test.each([
    ImdsRegions.of('eu-west-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'), ImdsRegions.allEnabled(), ImdsRegions.own(),
    ImdsRegions.of(Fn.importValue('Region')), ImdsRegions.of(...Fn.split(',', Fn.importValue('Regions'))),
  ])('is neither a known Region nor an unresolved one (%#)', regions => {
    const stack = scratchStack();
    new ImdsAccountDefaults(stack, 'Defaults', { regions });
    expect(unknown(stack)).toEqual([]);
  });
});

describe('the effect of httpTokensEnforced on software', () => {
  const cutOff = (stack: Stack) => warningsOf(stack, 'Imdsv2::CutsOffImdsv1');

  const MAKERS: [string, string, (stack: Stack, httpTokensEnforced?: boolean) => unknown][] = [
    ['account defaults', 'the account', (stack, httpTokensEnforced) => new ImdsAccountDefaults(stack, 'Defaults', { httpTokensEnforced })],
    ['a stack set', 'these accounts', (stack, httpTokensEnforced) => new ImdsAccountDefaultsStackSet(stack, 'Defaults', { ...UNITS, httpTokensEnforced })],
    ['a declarative policy', 'the accounts below its targets',
      (stack, httpTokensEnforced) => new ImdsDeclarativePolicy(stack, 'Defaults', { targetIds: ['r-ab12'], httpTokensEnforced })],
  ];

  test.each(MAKERS)('is a warning with %s', (_, where, make) => {
    const stack = scratchStack();
    make(stack, true);
    expect(cutOff(stack)).toEqual([expect.stringMatching(
      new RegExp(`^/Stack/Defaults: EC2 will refuse to launch .* stops working on new instances: first check that MetadataNoToken is 0 in ${where} \\(https:`),
    )]);
  });

  test.each(MAKERS)('is no warning in %s with only a default, because a launch can override it', (_, __, make) => {
    for (const httpTokensEnforced of [undefined, false]) {
      const stack = scratchStack();
      make(stack, httpTokensEnforced);
      expect(cutOff(stack)).toEqual([]);
    }
  });

  test.each(Object.values(DefaultsBy))('is said once in ImdsGuardrails, with defaults by a %s', defaultsBy => {
    const stack = scratchStack();
    new ImdsGuardrails(stack, 'Imds', { stage: GuardrailStage.ENFORCE, targetIds: ['ou-ab12-cd34ef56'], defaultsBy, guardHook: GuardHookScope.NONE });
    expect(cutOff(stack)).toEqual([expect.stringContaining('/Stack/Imds: in the stage enforce, software that uses IMDSv1 stops working')]);
  });

  test('is no warning if it is acknowledged on a parent or on the construct', () => {
    const stack = scratchStack();
    Annotations.of(stack).acknowledgeWarning('Imdsv2::CutsOffImdsv1');
    new ImdsAccountDefaults(stack, 'Defaults', { httpTokensEnforced: true });
    new ImdsGuardrails(stack, 'Imds', {
      stage: GuardrailStage.ENFORCE, targetIds: ['ou-ab12-cd34ef56'], defaultsBy: DefaultsBy.STACK_SET, guardHook: GuardHookScope.NONE,
    });
    expect(cutOff(stack)).toEqual([]);
  });
});
