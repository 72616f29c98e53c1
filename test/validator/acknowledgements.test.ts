import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import type { App, Stack } from 'aws-cdk-lib';
import { Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Imdsv2 } from '../../src';
import { Imdsv2NagChecks } from '../../src/nag';
import { IDS_OF_CONSTRUCTS, unknownAcknowledgementsOn } from '../../src/policy/acknowledgements';
import { RULE_IDS } from '../../src/policy/rules';
import { appOf, checked, instance, violationsIn, synthesized } from '../check/checked';
import { scratchApp, scratchStack } from '../harness/scratch-app';

const UNKNOWN = 'Imdsv2::UnknownRule';
const reason = 'known';

/** The texts of the reports about acknowledgements. */
function textsOf({ violations }: ReturnType<typeof synthesized>): string[] {
  return violations.filter(({ ruleName }) => ruleName === UNKNOWN).map(({ description }) => description);
}

describe('an unknown id', () => {
  const WRITTEN: readonly (readonly [written: string, meant: string])[] = [
    ['Imdsv2::TokenRequired', 'Imdsv2::TokensRequired'],
    ['imdsv2::tokensrequired', 'Imdsv2::TokensRequired'],
    ['Imdsv2::ReplacesResources', 'Imdsv2::ReplacesResource'],
    ['Imdsv2::CutOffImdsv1', 'Imdsv2::CutsOffImdsv1'],
  ];

  test.each(WRITTEN)('causes a warning of a check, with the most similar id: %s', (written, meant) => {
    const stack = scratchStack();
    Validations.of(stack).acknowledge({ id: written, reason });
    const outcome = checked(appOf(stack));
    expect(outcome.failure).toBeUndefined();
    expect(textsOf(outcome)).toEqual([`'${written}' is acknowledged, but no rule has this id, so the acknowledgement has no effect: did you mean '${meant}'`]);
    expect(outcome.violations[0].violatingConstructs[0].constructPath).toBe('Stack');
  });

  test('causes a warning without a suggestion if no id is similar', () => {
    const stack = scratchStack();
    Validations.of(stack).acknowledge({ id: 'Imdsv2::Foo', reason });
    expect(textsOf(checked(appOf(stack)))).toEqual(["'Imdsv2::Foo' is acknowledged, but no rule has this id, so the acknowledgement has no effect"]);
  });

  test('causes a warning of enforcement, too, on any construct', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    for (const scope of [app, scratchStack(stage), instance(scratchStack(app, 'Other'))]) { Validations.of(scope).acknowledge({ id: 'Imdsv2::Tokens', reason }); }
    Imdsv2.enforce(app);
    expect(textsOf(synthesized(app))).toEqual([expect.stringContaining("'Imdsv2::Tokens'")]);
  });

  test('is reported once by enforcement and a check, and by two checks', () => {
    const stack = scratchStack();
    Validations.of(stack).acknowledge({ id: 'Imdsv2::Tokens', reason });
    Imdsv2.enforce(appOf(stack));
    Imdsv2.check(appOf(stack));
    expect(violationsIn(checked(appOf(stack)))).toHaveLength(1);
  });

  test('causes no warning outside the checked part', () => {
    const app = scratchApp();
    Validations.of(scratchStack(app, 'Other')).acknowledge({ id: 'Imdsv2::Tokens', reason });
    Imdsv2.check(scratchStack(app));
    expect(textsOf(synthesized(app))).toEqual([]);
  });

  test('is hidden by another acknowledgement', () => {
    const stack = scratchStack();
    Validations.of(stack).acknowledge({ id: 'Imdsv2::Tokens', reason }, { id: UNKNOWN, reason });
    expect(checked(appOf(stack)).violations).toEqual([]);
  });
});

describe.each(['Imdsv2::TokensRequired', 'Imdsv2::Imdsv2-TokensRequired', 'Imdsv2-TokensRequired'])('%s', id => {
  const weak = () => {
    const stack = scratchStack();
    Validations.of(instance(stack)).acknowledge({ id, reason });
    return appOf(stack);
  };

  test.each<[string, (app: App) => unknown]>([
    ['a check', app => Imdsv2.check(app)],
    ['enforcement', app => Imdsv2.enforce(app)],
    ['the pack', app => Validations.of(app).addPlugins(new Imdsv2NagChecks(app))],
    ['enforcement and the pack', app => {
      Imdsv2.enforce(app);
      Validations.of(app).addPlugins(new Imdsv2NagChecks(app));
    }],
  ])('has its effect on %s, and is known there', (_, ask) => {
    const app = weak();
    ask(app);
    const { failure, violations } = synthesized(app);
    expect([failure, violations]).toEqual([undefined, []]);
    expect(readFileSync(join(app.outdir, 'Stack.template.json'), 'utf8')).toContain('"HttpTokens": "optional"');
  });
});

test.each<[string, (stack: Stack) => IConstruct]>([
  ['the app', appOf],
  ['a stack without instances', stack => stack],
  ['an instance', stack => instance(stack)],
])('an unknown id is reported by the pack as by a check: on %s', (_, scopeOf) => {
  const [ofPack, ofCheck] = [
    (app: App) => Validations.of(app).addPlugins(new Imdsv2NagChecks(app)),
    (app: App) => Imdsv2.check(app),
  ].map(ask => {
    const stack = scratchStack();
    Validations.of(scopeOf(stack)).acknowledge({ id: 'Imdsv2::TokenRequired', reason });
    ask(appOf(stack));
    return synthesized(appOf(stack)).violations.filter(({ ruleName }) => ruleName.endsWith('UnknownRule'))
      .map(({ description, severity, violatingConstructs: on }) => [description, severity, on.map(({ constructPath }) => constructPath)]);
  });
  expect(ofCheck).toHaveLength(1);
  expect(ofPack).toEqual(ofCheck);
});

test('a name that the pack does not have is still unknown', () => {
  const stack = scratchStack();
  Validations.of(stack).acknowledge({ id: 'Imdsv2::Imdsv2-TokenRequired', reason });
  expect(textsOf(checked(appOf(stack)))).toEqual([expect.stringContaining("did you mean 'Imdsv2::TokensRequired'")]);
});

test.each([...RULE_IDS, ...IDS_OF_CONSTRUCTS, ...RULE_IDS.map(id => `Imdsv2::${id.replace('::', '-')}`), 'AwsSolutions-EC2', 'Other::Tokens', 'Imdsv2-Tokens'])('%s may be acknowledged', id => {
  const stack = scratchStack();
  Validations.of(stack).acknowledge({ id, reason });
  expect(unknownAcknowledgementsOn(stack)).toEqual([]);
});

test('the known ids are those that the rest of the source uses', () => {
  const source = join(__dirname, '../../src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts') && file !== join('policy', 'acknowledgements.ts'));
  const ids = files.flatMap(file => [...readFileSync(join(source, file), 'utf8').matchAll(/'(Imdsv2::[A-Za-z0-9]+)'/g)].map(([, id]) => id));
  expect([...new Set(ids)].sort()).toEqual([...RULE_IDS, ...IDS_OF_CONSTRUCTS].sort());
});
