import type { Environment } from 'aws-cdk-lib';
import { App, Aspects, Aws, CfnParameter, CfnResource, Fn, Lazy, RemovalPolicy, Stack, Stage, Tags, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import type { ImdsServiceControlPolicyProps } from '../../../src/org/policies/imds-service-control-policy';
import { ImdsServiceControlPolicy } from '../../../src/org/policies/imds-service-control-policy';
import { scratchApp, scratchStack } from '../../harness/scratch-app';

const [ROOT, UNIT, ACCOUNT] = ['r-ab12', 'ou-ab12-11111111', '111122223333'];
const POLICY = 'AWS::Organizations::Policy';

/** Statements that each need their own document. */
function manyStatements(count: number): iam.PolicyStatement[] {
  return Array.from({ length: count }, (_, index) => denial(`S${index + 1}`, `s:${'x'.repeat(6_000)}`));
}

function denial(sid: string, action = 'ec2:RunInstances', resource = '*'): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions: [action], resources: [resource] });
}

function policyIn(stack: Stack, props: Partial<ImdsServiceControlPolicyProps> = {}, id = 'Guardrail'): ImdsServiceControlPolicy {
  return new ImdsServiceControlPolicy(stack, id, { statements: [denial('Deny')], targetIds: [UNIT], ...props });
}

/** The policies of a stack, by logical id. */
function rendered(stack: Stack): { readonly [id: string]: { readonly [key: string]: any } } {
  return Template.fromStack(stack).findResources(POLICY);
}

/** The properties of the only policy. */
function propertiesOf(props: Partial<ImdsServiceControlPolicyProps>): { readonly [name: string]: any } {
  const stack = scratchStack();
  policyIn(stack, props);
  const [{ Properties }] = Object.values(rendered(stack));
  return Properties;
}

describe('one policy', () => {
  test('has the statements and its targets', () => {
    expect(propertiesOf({ targetIds: [ROOT, UNIT, ACCOUNT], policyName: 'Imds', description: 'IMDSv2 only' })).toEqual({
      Type: 'SERVICE_CONTROL_POLICY',
      Name: 'Imds',
      Description: 'IMDSv2 only',
      TargetIds: [ROOT, UNIT, ACCOUNT],
      Content: { Version: '2012-10-17', Statement: [{ Sid: 'Deny', Effect: 'Deny', Action: 'ec2:RunInstances', Resource: '*' }] },
    });
  });

  test('shows its contents without white space for review', () => {
    const stack = scratchStack();
    const { documents } = policyIn(stack);
    expect(documents).toEqual(['{"Version":"2012-10-17","Statement":[{"Sid":"Deny","Effect":"Deny","Action":"ec2:RunInstances","Resource":"*"}]}']);
    expect(documents).toEqual(Object.values(rendered(stack)).map(({ Properties }) => JSON.stringify(Properties.Content)));
  });

  test('keeps a token in its contents', () => {
    const { Statement: [statement] } = propertiesOf({ statements: [denial('Deny', 's:a', `arn:${Aws.PARTITION}:x`)] }).Content;
    expect(statement.Resource).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':x']] });
  });

  test('is not attached without targets', () => {
    expect(propertiesOf({ targetIds: [] })).not.toHaveProperty('TargetIds');
  });

  test('is named after the path of its construct, in 128 characters', () => {
    expect(propertiesOf({}).Name).toMatch(/^Stack-Guardrail-[0-9A-F]{8}$/);
    const stack = scratchStack();
    policyIn(stack, {}, 'x'.repeat(200));
    expect(Object.values(rendered(stack))[0].Properties.Name.length).toBeLessThanOrEqual(124);
  });

  test('is deleted with its stack, unless it is retained', () => {
    const stack = scratchStack();
    policyIn(stack, {}, 'Goes');
    policyIn(stack, { removalPolicy: RemovalPolicy.RETAIN }, 'Stays');
    expect(Object.values(rendered(stack)).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([undefined, 'Retain']);
  });

  test('accepts tags', () => {
    const stack = scratchStack();
    Tags.of(policyIn(stack)).add('team', 'platform');
    expect(Object.values(rendered(stack))[0].Properties.Tags).toEqual([{ Key: 'team', Value: 'platform' }]);
  });

  test('its id can be referenced', () => {
    const stack = scratchStack();
    const { policyIds } = policyIn(stack);
    expect(stack.resolve(policyIds)).toEqual([{ 'Fn::GetAtt': [Object.keys(rendered(stack))[0], 'Id'] }]);
  });
});

describe('several policies', () => {
  test('each have a part of the statements, and are numbered', () => {
    const stack = scratchStack();
    const { documents, policies, policyIds } = policyIn(stack, { statements: manyStatements(3), policyName: 'Imds', description: 'why' });
    expect(documents.map(document => JSON.parse(document).Statement.map(({ Sid }: { Sid: string }) => Sid))).toEqual([['S1'], ['S2'], ['S3']]);
    expect(Object.values(rendered(stack)).map(({ Properties }) => [Properties.Name, Properties.Description, Properties.TargetIds]))
      .toEqual(['Imds', 'Imds-2', 'Imds-3'].map(name => [name, 'why', [UNIT]]));
    expect([policies.length, policyIds.length]).toEqual([3, 3]);
  });

  test('are created one after the other, also those of other constructs in the stack', () => {
    const stack = scratchStack();
    policyIn(stack, { statements: manyStatements(2) }, 'One');
    policyIn(new Construct(stack, 'Elsewhere') as Stack, {}, 'Two');
    const policies = Object.entries(rendered(stack));
    expect(policies).toHaveLength(3);
    expect(policies.map(([, { DependsOn }]) => DependsOn)).toEqual([undefined, [policies[0][0]], [policies[1][0]]]);
  });

  /** The statements of the policies of a stack in the order of their creation. Empty if there is no such order. */
  function orderIn(stack: Stack): string[] {
    const waiting = new Map(Object.entries(Template.fromStack(stack).toJSON().Resources as { readonly [id: string]: any }));
    const made: string[] = [];
    for (let next; next = [...waiting].filter(([, { DependsOn = [] }]) => !DependsOn.some((id: string) => waiting.has(id))), next.length > 0;) {
      expect(next.filter(([, { Type }]) => Type === POLICY).length).toBeLessThan(2);
      next.forEach(([id, { Type, Properties }]) => {
        waiting.delete(id);
        if (Type === POLICY) { made.push(Properties.Content.Statement[0].Sid); }
      });
    }
    expect([...waiting.keys()]).toEqual([]);
    return made;
  }

  /** A dependency with the method of all versions of CDK. Newer versions warn about it. */
  function dependsOn(resource: CfnResource, other: CfnResource): void {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    resource.addDependency(other);
    warn.mockRestore();
  }

  /** A stack with three policies, `A`, `B` and `C`, created in this order. */
  function threePolicies() {
    const stack = scratchStack();
    const [a, b, c] = ['A', 'B', 'C'].map(id => policyIn(stack, { statements: [denial(id)] }, id));
    return { stack, a, b, c };
  }

  test('are created one after the other, in the order of the constructs', () => {
    expect(orderIn(threePolicies().stack)).toEqual(['A', 'B', 'C']);
  });

  test('are created in the remaining order if one was removed', () => {
    const { stack } = threePolicies();
    stack.node.tryRemoveChild('B');
    expect(orderIn(stack)).toEqual(['A', 'C']);
  });

  test('are created in another order if a dependency requires this', () => {
    const { stack, a, b, c } = threePolicies();
    a.node.addDependency(c);
    expect(orderIn(stack)).toEqual(['C', 'A', 'B']);
    b.node.addDependency(c);
    expect(orderIn(stack)).toEqual(['C', 'A', 'B']);
  });

  test('are created in another order if a dependency of single policies, or one through a resource between them, requires this', () => {
    const { stack, a, b, c } = threePolicies();
    const between = new CfnResource(stack, 'Between', { type: 'Custom::Between' });
    dependsOn(b.policies[0], c.policies[0]);
    a.node.addDependency(between);
    between.node.addDependency(b);
    expect(orderIn(stack)).toEqual(['C', 'B', 'A']);
  });

  test('are created in another order if an aspect requires this', () => {
    const { stack, a, b } = threePolicies();
    Aspects.of(stack).add({ visit: node => { if (node === a) { a.node.addDependency(b); } } });
    expect(orderIn(stack)).toEqual(['B', 'A', 'C']);
  });

  test('do not depend on policies of other stacks', () => {
    const app = scratchApp();
    policyIn(scratchStack(app, 'One'));
    const other = scratchStack(app, 'Other');
    policyIn(other);
    expect(other.dependencies).toEqual([]);
  });

  test('are as many as their size requires', () => {
    const statements = () => manyStatements(2);
    expect(policyIn(scratchStack(), { statements: statements(), maxDocumentSize: 20_000 }).documents).toHaveLength(1);
    expect(() => policyIn(scratchStack(), { statements: statements(), maxDocumentSize: 5_120 }))
      .toThrow(/^statement 'S1' must fit into a service control policy of 5120 characters, got 60\d\d$/);
  });
});

test('are measured with every character, also spaces between quotes', () => {
  const withSpace = (space: string) => ({ statements: [denial('Deny', 's:a', `*${space}`)], maxDocumentSize: 100 });
  expect(policyIn(scratchStack(), withSpace('')).documents[0]).toHaveLength(99);
  expect(() => policyIn(scratchStack(), withSpace(' '))).not.toThrow();
  expect(() => policyIn(scratchStack(), withSpace('  '))).toThrow('must fit into a service control policy of 100 characters, got 101');
});

describe('attachments', () => {
  const statements = (count: number) => manyStatements(count);

  test('nine policies fit in addition to FullAWSAccess, a tenth does not', () => {
    expect(() => policyIn(scratchStack(), { statements: statements(9) })).not.toThrow();
    expect(() => policyIn(scratchStack(), { statements: statements(10) }))
      .toThrow('statements must fit into 9 service control policies besides FullAWSAccess, got 10');
  });

  test('the number can be set', () => {
    expect(() => policyIn(scratchStack(), { statements: statements(5), maxAttachments: 5 })).toThrow('must fit into 4 service control policies besides FullAWSAccess, got 5');
    expect(() => policyIn(scratchStack(), { statements: statements(10), maxAttachments: 11 })).not.toThrow();
  });

  test('without a target any number is fine', () => {
    expect(policyIn(scratchStack(), { statements: statements(12), targetIds: [] }).policies).toHaveLength(12);
  });

  /** The error of the synthesis of an app with two constructs in separate stacks, and a handwritten policy. */
  function synthesisOf(targets: [string[], string[], string[]], maxAttachments = 4): () => void {
    const app = scratchApp();
    const [one, two] = [scratchStack(app, 'One'), scratchStack(app, 'Two')];
    policyIn(one, { targetIds: targets[0], statements: statements(2), maxAttachments });
    policyIn(two, { targetIds: targets[1], maxAttachments });
    new CfnPolicy(two, 'ByHand', { type: 'SERVICE_CONTROL_POLICY', name: 'ByHand', content: {}, targetIds: targets[2] });
    new CfnPolicy(two, 'OfOtherType', { type: 'TAG_POLICY', name: 'Tags', content: {}, targetIds: targets[2] });
    return () => app.synth();
  }

  test('too many policies on a target, from all stacks and handwritten ones, fail the synthesis with their names', () => {
    expect(synthesisOf([[ROOT, UNIT], [UNIT], [UNIT]])).toThrow(
      '\'ou-ab12-11111111\' takes 3 service control policies besides FullAWSAccess, '
      + 'got 4: One/Guardrail/Policy, One/Guardrail/Policy2, Two/Guardrail/Policy, Two/ByHand',
    );
  });

  test('too many policies are reported once, whatever constructs they belong to', () => {
    const message = messageOf(synthesisOf([[ROOT, UNIT], [UNIT], [UNIT]]));
    expect(message.match(/takes 3 service control policies/g)).toHaveLength(1);
  });

  test('targets that are added later count, too', () => {
    const stack = scratchStack();
    const targetIds = Lazy.list({ produce: () => [UNIT] });
    new CfnPolicy(stack, 'ByHand', { type: 'SERVICE_CONTROL_POLICY', name: 'ByHand', content: {}, targetIds });
    policyIn(stack, { maxAttachments: 2 });
    expect(messageOf(() => Template.fromStack(stack))).toContain('got 2: Stack/ByHand, Stack/Guardrail/Policy');
  });

  test('too many policies for a construct with fewer places are reported by that construct', () => {
    const stack = scratchStack();
    policyIn(stack, { maxAttachments: 5 }, 'Five');
    policyIn(stack, { maxAttachments: 2 }, 'Two');
    expect(messageOf(() => Template.fromStack(stack))).toContain("[Stack/Two] 'ou-ab12-11111111' takes 1 service control policies");
  });

  test('the maximum number of policies is accepted', () => {
    expect(synthesisOf([[UNIT], [UNIT], [ROOT]])).not.toThrow();
    expect(synthesisOf([[UNIT], [UNIT], [UNIT]], 5)).not.toThrow();
  });
});

/** The error of the synthesis, or `undefined`. */
function messageOf(synthesis: () => unknown): string {
  try {
    synthesis();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a name of two policies', () => {
  /** The error of the synthesis of two policies with the same name in separate stacks. */
  function messageOfTwo(one: Environment | undefined, other: Environment | undefined, inStages = false): string {
    const app = scratchApp();
    [one, other].forEach((env, index) => {
      const scope = inStages ? new Stage(app, `Stage${index + 1}`) : app;
      policyIn(scratchStack(scope, `Stack${index + 1}`, { env }), { policyName: 'Imds' });
    });
    return messageOf(() => app.synth());
  }

  const said = "[Stack1/Guardrail/Policy] has the name 'Imds', and so has 'Stack2/Guardrail/Policy': in an organization, policies of one type must have different names";

  test('is an error that is reported once', () => {
    const message = messageOfTwo(undefined, undefined);
    expect(message).toContain(said);
    expect(message.match(/has the name/g)).toHaveLength(1);
  });

  test('is an error in two Regions of an account, because organizations have no Regions', () => {
    expect(messageOfTwo({ account: ACCOUNT, region: 'us-east-1' }, { account: ACCOUNT, region: 'eu-west-1' })).toContain(said);
  });

  test.each<[string, Environment | undefined, Environment | undefined, boolean]>([
    ['two accounts', { account: ACCOUNT }, { account: '444455556666' }, false],
    ['an account and one that is not known', { account: ACCOUNT }, undefined, false],
    ['two stages whose accounts are not known', undefined, undefined, true],
  ])('is accepted in %s, which can belong to two organizations', (_, one, other, inStages) => {
    expect(messageOfTwo(one, other, inStages)).toBe('');
  });

  test('is an error if the other one is numbered, or handwritten', () => {
    const stack = scratchStack();
    new CfnPolicy(stack, 'ByHand', { type: 'SERVICE_CONTROL_POLICY', name: 'Imds-2', content: {} });
    policyIn(stack, { statements: manyStatements(2), policyName: 'Imds' });
    expect(messageOf(() => Template.fromStack(stack))).toContain("[Stack/Guardrail/Policy2] has the name 'Imds-2', and so has 'Stack/ByHand'");
  });

  test('is accepted for another type of policy, and if it is unresolved', () => {
    const stack = scratchStack();
    new CfnPolicy(stack, 'ByHand', { type: 'TAG_POLICY', name: 'Imds', content: {} });
    policyIn(stack, { policyName: 'Imds' });
    for (const id of ['One', 'Two']) { policyIn(stack, { policyName: Fn.importValue('Name') }, id); }
    expect(messageOf(() => Template.fromStack(stack))).toBe('');
  });
});

describe('a rejected property', () => {
  test.each(['r-ab1', 'R-AB12', 'ou-ab12', 'ou-ab12-1111111', 'ou-ab12-1111111Z', '11112222333', '1111222233334', 'x r-ab12', 'r-ab12\n', '', 'root'])(
    '%j is rejected as a target', id => {
      expect(() => policyIn(scratchStack(), { targetIds: [ROOT, id] })).toThrow('targetIds must be ids such as \'r-ab12\'');
    });

  test.each([undefined, null, UNIT])('%j is no list of targets', targetIds => {
    expect(() => policyIn(scratchStack(), { targetIds: targetIds as unknown as string[] })).toThrow('targetIds must be a list of ids, got');
  });

  test('a repeated target', () => {
    expect(() => policyIn(scratchStack(), { targetIds: [UNIT, ROOT, UNIT] })).toThrow('targetIds must name each target once, got \'ou-ab12-11111111\' twice');
  });

  test.each<[string, Partial<ImdsServiceControlPolicyProps>, string]>([
    ['no statements', { statements: [] }, 'statements must hold at least one statement, got none'],
    ['statements that JavaScript leaves out', { statements: null as never }, 'statements must be a list of PolicyStatement, got null'],
    ['statements that are none', { statements: [null as never] }, 'statements must be instances of PolicyStatement, got null'],
    ['statements as JSON', { statements: [{ Sid: 'A' } as never] }, 'statements must be instances of PolicyStatement, got {"Sid":"A"}'],
    ['principals', { statements: [new iam.PolicyStatement({ sid: 'A', actions: ['s:a'], resources: ['*'], principals: [new iam.AnyPrincipal()] })] },
      'statement \'A\' must not name principals: it is for a service control policy'],
    ['a long name', { policyName: 'x'.repeat(129) }, 'policyName must have 1 to 128 characters, got 129'],
    ['an empty name', { policyName: '' }, 'policyName must have 1 to 128 characters, got 0'],
    ['a name that is too long with its number', { policyName: 'x'.repeat(127), statements: manyStatements(2) },
      'policyName must have 1 to 128 characters with its number, got 129'],
    ['a long description', { description: 'x'.repeat(513) }, 'description must have at most 512 characters, got 513'],
    ['a size of nothing', { maxDocumentSize: 0 }, 'maxDocumentSize must be a whole number from 1, got 0'],
    ['half a character', { maxDocumentSize: 100.5 }, 'maxDocumentSize must be a whole number from 1, got 100.5'],
    ['no place besides FullAWSAccess', { maxAttachments: 1 }, 'maxAttachments must be a whole number from 2, got 1'],
    ['half an attachment', { maxAttachments: 2.5 }, 'maxAttachments must be a whole number from 2, got 2.5'],
  ])('%s', (_title, props, message) => {
    expect(() => policyIn(scratchStack(), props)).toThrow(message);
  });

  test('invalid properties', () => {
    expect(() => new ImdsServiceControlPolicy(scratchStack(), 'Guardrail', null as never)).toThrow('props must be an object with properties, got null');
  });

  test('the longest texts are accepted', () => {
    expect(() => policyIn(scratchStack(), { policyName: 'x'.repeat(128), description: 'x'.repeat(512) })).not.toThrow();
  });
});

describe('tokens', () => {
  test('are accepted as targets, one by one and as a list', () => {
    const stack = new Stack(new App({ builtinCloudFormationValidation: false, analyticsReporting: false }), 'Stack');
    const unit = new CfnParameter(stack, 'Unit');
    policyIn(stack, { targetIds: [unit.valueAsString, ROOT] }, 'One');
    policyIn(stack, { targetIds: Token.asList(Fn.split(',', unit.valueAsString)) }, 'List');
    expect(Object.values(rendered(stack)).map(({ Properties }) => Properties.TargetIds))
      .toEqual([[{ Ref: 'Unit' }, ROOT], { 'Fn::Split': [',', { Ref: 'Unit' }] }]);
  });

  test('are accepted as name and description', () => {
    const name = Fn.importValue('Name');
    expect(propertiesOf({ policyName: name, description: name })).toMatchObject({ Name: { 'Fn::ImportValue': 'Name' }, Description: { 'Fn::ImportValue': 'Name' } });
  });
});
