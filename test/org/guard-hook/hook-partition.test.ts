import { Annotations, CfnParameter, NestedStack } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { GuardHookScope, GuardrailStage, ImdsGuardHook, ImdsGuardHookStackSet, ImdsGuardrails } from '../../../src';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

const ID = 'Imdsv2::HookNotInPartition';
const UNIT = 'ou-ab12-cd34ef56';

function stackIn(region?: string): Stack {
  return scratchStack(scratchApp(), 'Stack', region === undefined ? {} : { env: { account: '111122223333', region } });
}

/** The warnings of a stack about Regions without hooks. */
function warningsIn(stack: Stack): string[] {
  return stack.node.findAll().flatMap(({ node }) => node.metadata).map(({ data }) => String(data)).filter(text => text.includes(ID));
}

const warning = (regions: string) => `the Regions of China and AWS GovCloud (US) do not support Guard hooks, so a deployment to ${regions} fails: `
  + `remove the hook (in ImdsGuardrails: guardHook: GuardHookScope.NONE) [ack: ${ID}]`;

test.each(['cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-gov-east-1'])('a hook in %s, which has no Guard hooks, causes a warning', region => {
  const stack = stackIn(region);
  new ImdsGuardHook(stack, 'Hook');
  expect(warningsIn(stack)).toEqual([warning(`'${region}'`)]);
});

test.each([undefined, 'us-east-1', 'eu-west-1', 'xx-new-1'])('a hook in %s causes no warning', region => {
  const stack = stackIn(region);
  new ImdsGuardHook(stack, 'Hook');
  expect(warningsIn(stack)).toEqual([]);
});

test('a hook in a nested stack causes a warning, too', () => {
  const stack = stackIn('cn-north-1');
  new ImdsGuardHook(new NestedStack(stack, 'Nested'), 'Hook');
  expect(warningsIn(stack)).toEqual([warning("'cn-north-1'")]);
});

test('the warning can be acknowledged', () => {
  const stack = stackIn('cn-north-1');
  Annotations.of(stack).acknowledgeWarning(ID, 'they are there by now');
  new ImdsGuardHook(stack, 'Hook');
  expect(warningsIn(stack)).toEqual([]);
});

describe('the guardrails of an organization', () => {
  const guardrailsIn = (region: string, guardHook?: GuardHookScope) => {
    const stack = stackIn(region);
    const guardHookRegions = guardHook === GuardHookScope.ORGANIZATION ? [region] : undefined;
    new ImdsGuardrails(stack, 'Imds', { stage: GuardrailStage.WARN, targetIds: [UNIT], guardHook, guardHookRegions });
    return warningsIn(stack);
  };

  test.each([undefined, GuardHookScope.ACCOUNT, GuardHookScope.ORGANIZATION])('warn with a hook (%s)', scope => {
    expect(guardrailsIn('us-gov-west-1', scope)).toEqual([warning("'us-gov-west-1'")]);
  });

  test('do not warn without a hook', () => {
    expect(guardrailsIn('us-gov-west-1', GuardHookScope.NONE)).toEqual([]);
  });
});

test('hooks of an organization cause a warning with their Regions without Guard hooks', () => {
  const stack = stackIn();
  const region = new CfnParameter(stack, 'Region').valueAsString;
  new ImdsGuardHookStackSet(stack, 'Hooks', { organizationalUnitIds: [UNIT], stackRegions: ['us-east-1', 'us-gov-west-1', region, 'us-gov-east-1'] });
  expect(warningsIn(stack)).toEqual([warning("'us-gov-west-1', 'us-gov-east-1'")]);
});
