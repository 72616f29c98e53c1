import { CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ImdsExemptionProps } from '../../src/policy/imds-exemption';
import { exemptionsOn, ImdsExemption } from '../../src/policy/imds-exemption';
import { RULES } from '../../src/policy/rules';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const RULE = 'Imdsv2::TokensRequired';
const EXEMPTION: ImdsExemptionProps = { rule: RULE, reason: 'legacy agent' };
const TOKEN = Lazy.string({ produce: () => 'later' });
const NEVER_EXEMPT = ['Imdsv2::StageNotEnforced', 'Imdsv2::ChangedAfterEnforcement', 'Imdsv2::ExemptionExpired', 'Imdsv2::ExemptionExpiring'];

function adding(changed: object): () => ImdsExemption {
  return () => ImdsExemption.of(new Stack()).add({ ...EXEMPTION, ...changed });
}

describe('an exemption is rejected, with its value', () => {
  test.each<[unknown, string]>([
    ['Imdsv2::TokenRequired', "got 'Imdsv2::TokenRequired': did you mean 'Imdsv2::TokensRequired'"],
    ['imdsv2::tokensrequired', "got 'imdsv2::tokensrequired': did you mean 'Imdsv2::TokensRequired'"],
    ['TokensRequired', "got 'TokensRequired': did you mean 'Imdsv2::TokensRequired'"],
    ['cannotBeSet', "got 'cannotBeSet': did you mean 'Imdsv2::CannotBeSet'"],
    ['Imdsv2:ReplacesFolower', "got 'Imdsv2:ReplacesFolower': did you mean 'Imdsv2::ReplacesFollower'"],
    ['ReplaceResource', "got 'ReplaceResource': did you mean 'Imdsv2::ReplacesResource'"],
    ['Imdsv2::OptionsUnreadable ', "got 'Imdsv2::OptionsUnreadable ': did you mean 'Imdsv2::OptionsUnreadable'"],
    ['Imdsv2::StageNotEnforce', "got 'Imdsv2::StageNotEnforce': did you mean 'Imdsv2::StageNotEnforced'"],
    ['Foo', "got 'Foo', such as 'Imdsv2::TokensRequired'"],
    ['Imdsv2::Foo', "got 'Imdsv2::Foo', such as 'Imdsv2::TokensRequired'"],
    ['toString', "got 'toString', such as 'Imdsv2::TokensRequired'"],
    ['', "got '', such as 'Imdsv2::TokensRequired'"],
    ['x'.repeat(100000), "xxx...', such as 'Imdsv2::TokensRequired'"],
    [undefined, "got undefined, such as 'Imdsv2::TokensRequired'"],
    [null, "got null, such as 'Imdsv2::TokensRequired'"],
    [7, "got 7, such as 'Imdsv2::TokensRequired'"],
    [[RULE], 'got ["Imdsv2::TokensRequired"], such as \'Imdsv2::TokensRequired\''],
    [TOKEN, `got '${TOKEN}', such as 'Imdsv2::TokensRequired'`],
  ])('for a rule that is %p', (rule, message) => {
    expect(adding({ rule })).toThrow('rule must be the id of a rule, ');
    expect(adding({ rule })).toThrow(message);
  });

  test.each([
    ['Imdsv2::StageNotEnforced', 'enforcement did not visit the stage, so it is unknown what it would have changed'],
    ['Imdsv2::ChangedAfterEnforcement', "it means that enforcement was undone: to allow IMDSv1 on a resource, exempt it from 'Imdsv2::TokensRequired'"],
    ['Imdsv2::ExemptionExpired', 'it goes away when the exemption is removed or gets a later expires date'],
    ['Imdsv2::ExemptionExpiring', 'it goes away when the exemption is removed or gets a later expires date'],
  ])('for the rule %s, which cannot be exempted', (rule, why) => {
    expect(adding({ rule })).toThrow(`rule must be one that can be exempted, got '${rule}': ${why}`);
  });

  describe.each(['reason', 'owner', 'ticket'])('for a text: %s', name => {
    test.each<[unknown, string]>([
      ['', "''"], ['  ', "'  '"], ['\n\t', "'\\n\\t'"], [null, 'null'], [7, '7'], [true, 'true'], [['a'], '["a"]'], [{}, '{}'],
    ])('that is %p', (value, got) => {
      expect(adding({ [name]: value })).toThrow(`${name} must be a string that is not blank, got ${got}`);
    });

    test.each<[string, unknown]>([
      ['a token', TOKEN],
      ['a text with a token in it', `see ${TOKEN}`],
      ['a resolvable', Token.asAny({ Ref: 'Reason' })],
    ])('that is %s', (_, value) => {
      expect(adding({ [name]: value })).toThrow(`${name} must be known at synthesis, got `);
    });
  });

  test('without a reason', () => {
    expect(adding({ reason: undefined })).toThrow('reason must be a string that is not blank, got undefined');
  });

  test.each<[unknown, string]>([
    ['2026-02-30', "'2026-02-30'"],
    ['2026-02-29', "'2026-02-29'"],
    ['2100-02-29', "'2100-02-29'"],
    ['2026-04-31', "'2026-04-31'"],
    ['2026-13-01', "'2026-13-01'"],
    ['2026-00-10', "'2026-00-10'"],
    ['2026-01-00', "'2026-01-00'"],
    ['2026-01-32', "'2026-01-32'"],
    ['2026-1-5', "'2026-1-5'"],
    ['26-01-05', "'26-01-05'"],
    ['+02026-01-05', "'+02026-01-05'"],
    ['2026/01/05', "'2026/01/05'"],
    ['05.01.2026', "'05.01.2026'"],
    ['2026-01-05T00:00:00Z', "'2026-01-05T00:00:00Z'"],
    ['2026-01-05\n', "'2026-01-05\\n'"],
    [' 2026-01-05', "' 2026-01-05'"],
    ['', "''"],
    ['never', "'never'"],
    [null, 'null'],
    [20260105, '20260105'],
    [new Date('2026-01-05'), '"2026-01-05T00:00:00.000Z"'],
    [TOKEN, `'${TOKEN}'`],
  ])('for expires %p', (expires, got) => {
    expect(adding({ expires })).toThrow(`expires must be a day of the calendar as YYYY-MM-DD, got ${got}`);
  });

  test('and nothing of it is stored', () => {
    const stack = new Stack();
    expect(() => ImdsExemption.of(stack).add(EXEMPTION).add({ ...EXEMPTION, expires: 'soon' })).toThrow('expires');
    expect(exemptionsOn(stack)).toEqual([EXEMPTION]);
  });
});

describe('an exemption is accepted', () => {
  test.each(Object.keys(RULES).filter(id => !NEVER_EXEMPT.includes(id)))('for the rule %s', rule => {
    expect(adding({ rule })).not.toThrow();
  });

  test.each(['2026-01-05', '2024-02-29', '2000-02-29', '2026-12-31', '1999-01-01', '9999-12-31'])('until %s, in the past or in the future', expires => {
    expect(adding({ expires })).not.toThrow();
  });

  test('with all properties', () => {
    const stack = new Stack();
    const exemption = { ...EXEMPTION, owner: 'team-x', ticket: 'SEC-1', expires: '2026-01-01' };
    ImdsExemption.of(stack).add(exemption);
    expect(exemptionsOn(stack)).toEqual([exemption]);
  });

  test('with repeated calls, in their order, also through another of()', () => {
    const stack = new Stack();
    ImdsExemption.of(stack).add({ ...EXEMPTION, reason: 'first' }).add({ ...EXEMPTION, reason: 'second' });
    ImdsExemption.of(stack).add({ ...EXEMPTION, reason: 'third' });
    expect(exemptionsOn(stack).map(({ reason }) => reason)).toEqual(['first', 'second', 'third']);
  });

  test('with its values at the time of the call', () => {
    const stack = new Stack();
    const exemption = { ...EXEMPTION };
    ImdsExemption.of(stack).add(exemption);
    exemption.reason = 'another one';
    expect(exemptionsOn(stack)).toEqual([EXEMPTION]);
  });
});

describe('the stored exemption', () => {
  test('is on this construct only', () => {
    const stack = new Stack();
    const construct = new Construct(stack, 'Construct');
    ImdsExemption.of(construct).add(EXEMPTION);
    expect([stack, new Construct(construct, 'Child')].map(exemptionsOn)).toEqual([[], []]);
  });

  test('is neither a visible property nor metadata', () => {
    const construct = new Construct(new Stack(), 'Construct');
    const before = { ...construct };
    ImdsExemption.of(construct).add(EXEMPTION);
    expect(Reflect.ownKeys({ ...construct })).toEqual(Reflect.ownKeys(before));
    expect(construct.node.metadata).toEqual([]);
  });

  test('is not in the template', () => {
    const templates = [false, true].map(exempted => {
      const stack = scratchStack();
      const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
      if (exempted) { [topic, stack, stack.node.root].forEach(scope => ImdsExemption.of(scope).add(EXEMPTION)); }
      return synthesize(stack);
    });
    expect(templates[1]).toEqual(templates[0]);
  });
});
