import { Annotations, App, CfnResource, Stack } from 'aws-cdk-lib';
import { ImdsExemption, ImdsReport, Imdsv2, Imdsv2Validator, RequireImdsv2 } from '../../src';
import { Imdsv2NagChecks } from '../../src/nag';
import { RECORDS } from '../../src/resources/all-records';
import { EVERYWHERE } from '../harness/branching';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import { synthesizedWith } from '../nag/synthesized-nag';
import { written } from './written';

/** A text that would end a line and start a workflow command. */
const EVIL = 'evil\n::error title=x::y\r\n##[error]z ##vso[task.complete]\u001b[31m\u202e\u2028::stop-commands::t';

/** Characters that a line on a console must not contain. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const COMMAND = /^\s*::|##\[|##vso\[/;

function expectPlain(texts: readonly (string | undefined)[]): void {
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter(text => text !== undefined && text.split('\n').some(line => UNSEEN.test(line) || COMMAND.test(line)))).toEqual([]);
}

/** A value with this text after each text and key in it that a template can choose. */
function spoiled(value: unknown): unknown {
  if (typeof value === 'string') { return value + EVIL; }
  if (Array.isArray(value)) { return value.map(spoiled); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'Fn::If' ? inner : spoiled(inner)]));
}

/** Resources of all types with this text in each value. */
function evilResources(): Json {
  return Object.fromEntries(RECORDS.flatMap((record, index) => EVERYWHERE.map(([, write], way) => {
    const Metadata = { 'aws:cdk:path': `path${EVIL}` };
    return [`R${index}${way}${EVIL}`, { Type: record.type, Properties: spoiled(write(record, 1)), Metadata }] as const;
  })));
}

test('violations contain no line ends from a template', () => {
  const { violations } = new Imdsv2Validator().validate(written({
    'web.json': { Resources: evilResources(), Parameters: { [`P${EVIL}`]: { Default: EVIL } } },
    [`bad${EVIL.slice(0, 30).replaceAll('/', '')}.json`]: { Resources: evilResources() },
  }));
  expectPlain(violations.map(({ description }) => description));
  expectPlain(violations.flatMap(({ violatingResources }) => violatingResources)
    .flatMap(({ templatePath, resourceLogicalId, locations }) => [templatePath, resourceLogicalId, ...locations]));
});

/** A resource of each type, in a tree. */
function addEvil(stack: Stack): void {
  Object.values(evilResources()).forEach((resource, index) => {
    const { Type: type, Properties: properties } = resource as { readonly Type: string; readonly Properties: Json };
    new CfnResource(stack, `R${index}`, { type, properties });
  });
}

test('warnings of enforcement contain no line ends from a resource', () => {
  const stack = scratchStack();
  addEvil(stack);
  const added = jest.spyOn(Annotations.prototype, 'addWarningV2').mockImplementation(() => undefined);
  stack.with(new RequireImdsv2({ httpEndpoint: false, httpProtocolIpv6: true, instanceMetadataTags: true }));
  expectPlain(added.mock.calls.map(([, text]) => text));
});

test('violations of the check and the pack in a tree contain no line ends from a resource', () => {
  const validators = () => [new Imdsv2NagChecks(undefined, { verbose: true }), new Imdsv2Validator()];
  const { plugins } = synthesizedWith(app => addEvil(new Stack(app, 'Stack')), validators);
  expect(plugins.map(({ violations }) => violations.length > 10)).toEqual([true, true]);
  expectPlain(plugins.flatMap(({ violations }) => violations.map(({ description }) => description)));
});

test('errors have the bad value on one line', () => {
  const calls: readonly (() => unknown)[] = [
    () => ImdsReport.json({ fileName: EVIL }),
    () => Imdsv2.enforce(new App(), { today: EVIL }),
    () => Imdsv2.enforce(new App(), { [EVIL]: EVIL } as never),
    () => Imdsv2.check(new App(), { failOn: EVIL as never }),
    () => Imdsv2.check(new App(), { rulesOff: [{ rule: EVIL, reason: 'x' }] }),
    () => ImdsExemption.of(new Stack()).add({ rule: EVIL, reason: 'x' } as never),
  ];
  expectPlain(calls.map(call => {
    try {
      call();
      return COMMAND.source;
    } catch (error) {
      return (error as Error).message;
    }
  }));
});
