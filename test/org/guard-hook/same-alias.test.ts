import type { App, StackProps } from 'aws-cdk-lib';
import { NestedStack, Stage } from 'aws-cdk-lib';
import { ImdsGuardHook } from '../../../src/org/guard-hook/imds-guard-hook';
import { GuardrailStage } from '../../../src/org/guardrails/guardrail-stage';
import { ImdsGuardrails } from '../../../src/org/guardrails/imds-guardrails';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

const ENV = { account: '111111111111', region: 'eu-west-1' };

/** An app with a hook in each of two stacks. */
function appWith(one: StackProps, other: StackProps, aliases: readonly (string | undefined)[] = []): App {
  const app = scratchApp();
  [one, other].forEach((props, index) => new ImdsGuardHook(scratchStack(app, `Stack${index}`, props), 'Hook', { alias: aliases[index] }));
  return app;
}

function message(one: string, other: string, alias = 'Imdsv2::Guard::Hook'): string {
  return `'${one}' is a hook with the alias '${alias}', and so is '${other}' in the same account and Region: `
    + 'change one alias, or remove one hook (in ImdsGuardrails: GuardHookScope.NONE)';
}

describe('two hooks with one alias are rejected', () => {
  test('in one stack', () => {
    const stack = scratchStack();
    ['One', 'Other'].forEach(id => new ImdsGuardHook(stack, id, { alias: 'Acme::Security::Imds' }));
    expect(() => (stack.node.root as App).synth()).toThrow(message('Stack/Other', 'Stack/One', 'Acme::Security::Imds'));
  });

  test('in a stack and a nested stack, if the environment is unknown', () => {
    const stack = scratchStack();
    new ImdsGuardHook(stack, 'Hook');
    new ImdsGuardHook(new NestedStack(new NestedStack(stack, 'Nested'), 'Deeper'), 'Hook');
    expect(() => (stack.node.root as App).synth()).toThrow(message('Stack/Nested/Deeper/Hook', 'Stack/Hook'));
  });

  test('in two stacks for the same account and Region', () => {
    expect(() => appWith({ env: ENV }, { env: ENV }).synth()).toThrow(message('Stack1/Hook', 'Stack0/Hook'));
  });

  test('if one of them has the alias by default, and the other explicitly', () => {
    expect(() => appWith({ env: ENV }, { env: ENV }, [undefined, 'Imdsv2::Guard::Hook']).synth()).toThrow(message('Stack1/Hook', 'Stack0/Hook'));
  });

  test('in two stages of a pipeline for the same account and Region', () => {
    const app = scratchApp();
    ['Blue', 'Green'].forEach(id => new ImdsGuardHook(scratchStack(new Stage(app, id) as unknown as App, 'Stack', { env: ENV }), 'Hook'));
    expect(() => app.synth()).toThrow(message('Green/Stack/Hook', 'Blue/Stack/Hook'));
  });

  test('if both belong to guardrails', () => {
    const stack = scratchStack();
    ['One', 'Other'].forEach(id => new ImdsGuardrails(stack, id, { stage: GuardrailStage.OBSERVE, targetIds: ['r-ab12'] }));
    expect(() => (stack.node.root as App).synth()).toThrow(message('Stack/Other/Hook', 'Stack/One/Hook'));
  });
});

describe('two hooks are accepted', () => {
  test.each<[string, StackProps, StackProps]>([
    ['Regions', { env: ENV }, { env: { ...ENV, region: 'eu-west-2' } }],
    ['accounts', { env: ENV }, { env: { ...ENV, account: '222222222222' } }],
    ['stacks whose Region is not known', { env: { account: ENV.account } }, { env: { account: ENV.account } }],
    ['stacks whose environment is not known', {}, {}],
  ])('with one alias in different %s', (_, one, other) => {
    expect(() => appWith(one, other).synth()).not.toThrow();
  });

  test('with two aliases in one account and Region', () => {
    expect(() => appWith({ env: ENV }, { env: ENV }, ['Acme::Security::Imds']).synth()).not.toThrow();
  });
});
