import { Template } from 'aws-cdk-lib/assertions';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Imdsv1CredentialRuleProps } from '../../../src/transition/credentials/imdsv1-credential-rule';
import { Imdsv1CredentialRule } from '../../../src/transition/credentials/imdsv1-credential-rule';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchStack } from '../../harness/scratch-app';
import { matches } from './event-patterns';
import { RECORDS, eventOf } from './records';

const RULE = 'AWS::Events::Rule';

function ruleWith(props?: Imdsv1CredentialRuleProps) {
  const stack = scratchStack();
  const rule = new Imdsv1CredentialRule(stack, 'Rule', props);
  return { stack, rule };
}

function patternOf({ stack }: ReturnType<typeof ruleWith>): Json {
  return resourceOf(stack, RULE).Properties.EventPattern as Json;
}

test.each(RECORDS)('the pattern matches $title ($byImdsv1)', ({ record, byImdsv1 }) => {
  expect(matches(patternOf(ruleWith()), eventOf(record))).toBe(byImdsv1);
});

test.each([
  ['an event that somebody sends in the name of CloudTrail', { source: 'my.app' }],
  ['an event of another kind', { 'detail-type': 'EC2 Instance State-change Notification' }],
])('the pattern does not match %s', (_, more) => {
  const [{ record }] = RECORDS;
  expect(matches(patternOf(ruleWith()), eventOf(record))).toBe(true);
  expect(matches(patternOf(ruleWith()), eventOf(record, more))).toBe(false);
});

test('read-only calls are included, unless they are turned off', () => {
  const stateOf = (props?: Imdsv1CredentialRuleProps) => resourceOf(ruleWith(props).stack, RULE).Properties.State;
  expect(stateOf()).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
  expect(stateOf({ writeOnly: false })).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
  expect(stateOf({ writeOnly: true })).toBe('ENABLED');
});

test('it has targets and a name if they are given, and accepts more targets', () => {
  const stack = scratchStack();
  const topics = ['One', 'Other'].map(id => new Topic(stack, id));
  new Imdsv1CredentialRule(stack, 'Rule', { targets: [new SnsTopic(topics[0])], ruleName: 'imdsv1-calls' }).addTarget(new SnsTopic(topics[1]));
  const { Name, Targets } = resourceOf(stack, RULE).Properties;
  expect(Name).toBe('imdsv1-calls');
  expect(Targets).toEqual(topics.map(topic => expect.objectContaining({ Arn: stack.resolve(topic.topicArn) })));
});

test('its pattern can be narrowed', () => {
  const made = ruleWith();
  made.rule.addEventPattern({ detail: { eventSource: ['s3.amazonaws.com'] } });
  const pattern = patternOf(made);
  const found = RECORDS.filter(({ record }) => matches(pattern, eventOf(record)));
  expect(found.map(({ title }) => title)).toEqual(RECORDS.filter(({ record, byImdsv1 }) => byImdsv1 && record.eventSource === 's3.amazonaws.com').map(({ title }) => title));
  expect(found).not.toEqual([]);
});

test('the pattern can be used in other rules', () => {
  const stack = scratchStack();
  new Rule(stack, 'Own', { eventPattern: Imdsv1CredentialRule.eventPattern() });
  expect(Template.fromStack(stack).findResources(RULE)).toEqual({
    [resourceOf(stack, RULE).logicalId]: expect.objectContaining({ Properties: expect.objectContaining({ EventPattern: patternOf(ruleWith()) }) }),
  });
});

test.each([
  [{ targets: 'queue' }, "targets must be a list, got 'queue'"],
  [{ targets: ['queue'] }, "targets must be an IRuleTarget, got 'queue'"],
  [{ writeOnly: 'yes' }, "writeOnly must be true or false, got 'yes'"],
  [{ readOnly: true }, "props must not have 'readOnly', got true: did you mean 'writeOnly'"],
])('%j, which JavaScript can pass, is rejected', (props, message) => {
  expect(() => ruleWith(props as unknown as Imdsv1CredentialRuleProps)).toThrow(message);
});
