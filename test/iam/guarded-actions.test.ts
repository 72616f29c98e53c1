import { ImdsStatements } from '../../src/iam/imds-statements';
import { resourceArn, writeActionsOn } from './authorization-data';
import { evaluate } from './evaluator/evaluator';
import type { IamRequest } from './evaluator/request';

/** Why an action is not denied. */
interface Left {
  readonly [action: string]: string;
}

/** One kind of protected resource, and the actions that are allowed on it. */
interface Guarded {
  readonly service: string;
  /** Its types in the Service Authorization Reference. The first one is the main type. */
  readonly types: readonly string[];
  /** The condition key that names it if an action does not support it as a resource. */
  readonly key?: string;
  readonly statements: readonly { toStatementJson(): object }[];
  readonly names: Readonly<Record<string, string>>;
  readonly left: Left;
}

const TAGS = 'no statement and no trust policy of ours looks at tags of it';

const GUARDED: Readonly<Record<string, Guarded>> = {
  'a guardrail function': {
    service: 'lambda',
    types: ['function', 'function alias', 'function version'],
    key: 'lambda:FunctionArn',
    statements: ImdsStatements.denyUndoingGuardrails({ functionArns: ['arn:*:lambda:*:*:function:cdk-imdsv2-*'] }),
    names: { FunctionName: 'cdk-imdsv2-a1b2c3d4' },
    left: {
      'lambda:DeleteEventSourceMapping': 'the function has no event source, because adding one is denied',
      'lambda:DisableReplication': 'it takes a function away from CloudFront, where it never gets',
      'lambda:TagResource': TAGS,
      'lambda:UntagResource': TAGS,
    },
  },
  'a guardrail role': {
    service: 'iam',
    types: ['role'],
    statements: ImdsStatements.denyUndoingGuardrails({ roleArns: ['arn:*:iam::*:role/cdk-imdsv2/*'] }),
    names: { RoleNameWithPath: 'cdk-imdsv2/Defaults' },
    left: {},
  },
  'a guardrail rule': {
    service: 'events',
    types: ['rule-on-default-event-bus'],
    statements: ImdsStatements.denyUndoingGuardrails({ ruleArns: ['arn:*:events:*:*:rule/cdk-imdsv2-*'] }),
    names: { RuleName: 'cdk-imdsv2-a1b2c3d4' },
    left: { 'events:EnableRule': 'it starts what the rule is for', 'events:TagResource': TAGS, 'events:UntagResource': TAGS },
  },
  'a guardrail stack': {
    service: 'cloudformation',
    types: ['stack'],
    statements: ImdsStatements.denyUndoingGuardrails({ stackNames: ['StackSet-imds-*'] }),
    names: { StackName: 'StackSet-imds-0123' },
    left: {
      'cloudformation:CreateStack': 'a new stack undoes nothing: what it makes is guarded by itself',
      'cloudformation:DeleteChangeSet': 'it reverts a change that was not made',
      'cloudformation:RecordHandlerProgress': 'it is for the handlers of extensions, and needs a token that CloudFormation gives to them',
      'cloudformation:SignalResource': 'no resource in these stacks waits for a signal',
      'cloudformation:TagResource': TAGS,
      'cloudformation:UntagResource': TAGS,
    },
  },
  'a guardrail stack set': {
    service: 'cloudformation',
    types: ['stackset'],
    statements: ImdsStatements.denyUndoingGuardrails({ stackSetNames: ['imds-*'] }),
    names: { StackSetName: 'imds-defaults' },
    left: { 'cloudformation:TagResource': TAGS, 'cloudformation:UntagResource': TAGS },
  },
  'an exempt role': {
    service: 'iam',
    types: ['role'],
    statements: ImdsStatements.denyTakingExemptPrincipals(['arn:*:iam::*:role/platform/*']),
    names: { RoleNameWithPath: 'platform/ImageFactory' },
    left: {},
  },
  'an exempt user': {
    service: 'iam',
    types: ['user'],
    statements: ImdsStatements.denyTakingExemptPrincipals(['arn:*:iam::*:user/platform/*']),
    names: { UserNameWithPath: 'platform/ci' },
    left: { 'iam:ChangePassword': 'only the user itself can do this, and it is exempt' },
  },
};

/** A request for the action on the resource, with the type or the condition key that the action supports. */
async function requestFor(action: string, { types, key, names }: Guarded): Promise<IamRequest> {
  const variables = { Partition: 'aws', Region: 'eu-west-1', Account: '111122223333', ...names };
  const keys = { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/alice', 'aws:PrincipalAccount': '111122223333', 'aws:RequestedRegion': 'eu-west-1' };
  const arns = await Promise.all(types.map(async type => resourceArn(action, type, variables).then(arn => [arn], () => [])));
  const [arn] = arns.flat();
  if (arn !== undefined) { return { action, resources: [{ arn }], keys }; }
  const named = await resourceArn('lambda:GetFunction', types[0], variables);
  return { action, resources: [{ arn: '*' }], keys: { ...keys, [key!]: named } };
}

describe.each(Object.entries(GUARDED))('%s', (_, guarded) => {
  const { service, types, key, statements, left } = guarded;

  test('is protected against every action that changes it, except the intended ones', async () => {
    const actions = await writeActionsOn(service, types, key === undefined ? [] : [key]);
    const json = statements.map(statement => statement.toStatementJson());
    const decisions = await Promise.all(actions.map(async action => [action, evaluate(json, await requestFor(action, guarded)).decision] as const));
    expect(actions.length).toBeGreaterThan(5);
    expect(decisions.filter(([, decision]) => decision !== 'denied').map(([action]) => action).sort()).toEqual(Object.keys(left).sort());
  });

  test('has a reason for each allowed action', () => {
    expect(Object.values(left).filter(reason => reason.length < 20)).toEqual([]);
  });
});
