import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { parse } from 'yaml';
import { ImdsConfigRule } from '../../../src/transition/config/imds-config-rule';
import { ImdsConfigRules } from '../../../src/transition/config/imds-config-rules';
import type { ImdsConfigRulesProps } from '../../../src/transition/config/imds-config-rules';
import { ImdsConformancePack } from '../../../src/transition/config/imds-conformance-pack';
import { ImdsOrganizationConformancePack } from '../../../src/transition/config/imds-organization-conformance-pack';
import { ImdsRemediation } from '../../../src/transition/config/imds-remediation';
import { ImdsRemediationRole } from '../../../src/transition/config/imds-remediation-role';
import { ImdsRepair } from '../../../src/transition/repair/imds-repair';
import { RepairSelection } from '../../../src/transition/repair/repair-selection';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { scratchApp, scratchStack } from '../../harness/scratch-app';
import { evaluate } from '../../iam/evaluator/evaluator';
import type { RequestKeys } from '../../iam/evaluator/request';
import { complaintsAboutRole, deployed } from '../deployed';

const REMEDIATION = 'AWS::Config::RemediationConfiguration';
const ENV = { account: '111122223333', region: 'eu-west-1' };

function stackWith(remediation: ImdsRemediation | ((stack: Stack) => ImdsRemediation), props: ImdsConfigRulesProps = {}): Stack {
  const stack = scratchStack(scratchApp(), 'Stack', { env: ENV });
  new ImdsConfigRules(stack, 'Rules', { rules: [ImdsConfigRule.EC2_IMDSV2_CHECK], ...props, remediation: typeof remediation === 'function' ? remediation(stack) : remediation });
  return stack;
}

const propertiesOf = (stack: Stack) => resourceOf(stack, REMEDIATION).Properties;

function statementsOf(stack: Stack): readonly Json[] {
  const [{ PolicyDocument }] = resourceOf(stack, 'AWS::IAM::Role').Properties.Policies as { PolicyDocument: { Statement: Json[] } }[];
  return PolicyDocument.Statement;
}

const RUNBOOKS: readonly (readonly [string, () => ImdsRemediation])[] = [
  ['AWSSupport-ConfigureEC2Metadata', () => ImdsRemediation.bySupportRunbook()],
  ['AWSConfigRemediation-EnforceEC2InstanceIMDSv2', () => ImdsRemediation.byConfigRunbook()],
];

test.each(RUNBOOKS)('%s is started for the found instance, on request', (documentName, remediation) => {
  const stack = stackWith(remediation());
  expect(propertiesOf(stack)).toMatchObject({
    ConfigRuleName: { Ref: resourceOf(stack, 'AWS::Config::ConfigRule').logicalId },
    ResourceType: 'AWS::EC2::Instance',
    TargetType: 'SSM_DOCUMENT',
    TargetId: documentName,
    Automatic: false,
    ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: 10, ErrorPercentage: 10 } },
    Parameters: {
      InstanceId: { ResourceValue: { Value: 'RESOURCE_ID' } },
      AutomationAssumeRole: { StaticValue: { Values: [{ 'Fn::GetAtt': [expect.stringContaining('RemediationRole'), 'Arn'] }] } },
    },
  });
  expect(propertiesOf(stack)).not.toHaveProperty('MaximumAutomaticAttempts');
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
});

test('the runbook of AWS Support always requires tokens, and keeps hop limits', () => {
  const values = (value: string) => ({ StaticValue: { Values: [value] } });
  expect(propertiesOf(stackWith(ImdsRemediation.bySupportRunbook())).Parameters).toMatchObject({
    EnforceIMDSv2: values('required'), HttpPutResponseHopLimit: values('0'), MetadataAccess: values('enabled'),
  });
  expect(propertiesOf(stackWith(ImdsRemediation.bySupportRunbook({ httpPutResponseHopLimit: 2 }))).Parameters).toMatchObject({
    EnforceIMDSv2: values('required'), HttpPutResponseHopLimit: values('2'),
  });
});

test('the runbook of AWS Config gets only the instance and the role', () => {
  expect(Object.keys(propertiesOf(stackWith(ImdsRemediation.byConfigRunbook())).Parameters as Json).sort()).toEqual(['AutomationAssumeRole', 'InstanceId']);
});

test.each(RUNBOOKS)('an automatic %s has a number of tries, and a warning about software that stops working', (name, _) => {
  const percentages = { concurrentExecutionRatePercentage: 1, errorPercentage: 100 };
  const options = { automatic: true, maximumAutomaticAttempts: 3, retryAttemptPeriod: Duration.minutes(10), ...percentages };
  const stack = stackWith(name.startsWith('AWSSupport') ? ImdsRemediation.bySupportRunbook(options) : ImdsRemediation.byConfigRunbook(options));
  expect(propertiesOf(stack)).toMatchObject({
    Automatic: true,
    MaximumAutomaticAttempts: 3,
    RetryAttemptSeconds: 600,
    ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: 1, ErrorPercentage: 100 } },
  });
  expect(Annotations.fromStack(stack).findWarning('/Stack/Rules', Match.stringLikeRegexp('Imdsv2::CutsOffImdsv1'))).toHaveLength(1);
});

test('the values that AWS Config needs for an automatic remediation have defaults', () => {
  const stack = stackWith(ImdsRemediation.byConfigRunbook({ automatic: true }));
  expect(propertiesOf(stack)).toMatchObject({ MaximumAutomaticAttempts: 5, RetryAttemptSeconds: 300 });
});

test.each([
  ['rules', (stack: Stack, remediation: ImdsRemediation) => new ImdsConfigRules(stack, 'Rules', { remediation })],
  ['a pack', (stack: Stack, remediation: ImdsRemediation) => new ImdsConformancePack(stack, 'Pack', { remediation })],
] as const)('a role of another account is rejected by %s', (_, add) => {
  const stack = scratchStack(scratchApp(), 'Stack', { env: ENV });
  const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::999999999999:role/x');
  expect(() => add(stack, ImdsRemediation.bySupportRunbook({ role })))
    .toThrow("role must be in account 111122223333, where AWS Config starts the automation, got 'arn:aws:iam::999999999999:role/x': omit it to create a role there");
});

test.each([[{ ...ENV, region: 'us-east-1' }, 'the region us-east-1, got one in eu-west-1'], [{ ...ENV, account: '999999999999' }, 'the account 999999999999, got one in 111122223333']])(
  'a repair of another account or region is rejected in %j', (env, message) => {
    const app = scratchApp();
    const repair = new ImdsRepair(scratchStack(app, 'Repair', { env: ENV }), 'Repair', { selection: RepairSelection.all() });
    expect(() => new ImdsConfigRules(scratchStack(app, 'Rules', { env }), 'Rules', { remediation: ImdsRemediation.byRepair(repair) }))
      .toThrow(`remediation must use an ImdsRepair in ${message}`);
  },
);

test.each<[string, () => unknown, string]>([
  ['a repair', () => ImdsRemediation.byRepair({ asRemediation: 1 } as never), 'repair must be an ImdsRepair, got {'],
  ['a role', () => ImdsRemediation.bySupportRunbook({ role: { roleArn: 'x' } as never }), 'options.role must be an IRole, got {'],
  ['a name of a role', () => new ImdsRemediationRole(scratchStack(), 'Role', { remediation: ImdsRemediation.byConfigRunbook(), roleName: '' }), "roleName must be letters, digits and any of _+=,.@-, 64 characters at most, got ''"],
  ['a name of a role with a path', () => new ImdsRemediationRole(scratchStack(), 'Role', { remediation: ImdsRemediation.byConfigRunbook(), roleName: 'a/b' }), "got 'a/b'"],
])('an invalid %s is rejected', (_, make, message) => {
  expect(make).toThrow(message);
});

test.each<[string, string | undefined, string]>([
  ['of the account', '111122223333', 'arn:aws:iam::111122223333:role/x'],
  ['in a stack that does not know its account', undefined, 'arn:aws:iam::999999999999:role/x'],
])('a role %s gets the permissions', (_, account, arn) => {
  const stack = scratchStack(scratchApp(), 'Stack', { env: { account, region: 'eu-west-1' } });
  new ImdsConfigRules(stack, 'Rules', { remediation: ImdsRemediation.bySupportRunbook({ role: Role.fromRoleArn(stack, 'Role', arn) }) });
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
});

describe('the role', () => {
  const INSTANCE = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc';

  /** Whether the role can change an instance, by the current options and the requested ones. */
  function may(statements: readonly unknown[], asked: RequestKeys, has: RequestKeys = {}, arn = INSTANCE): boolean {
    const keys = { 'ec2:MetadataHttpEndpoint': 'enabled', 'ec2:MetadataHttpPutResponseHopLimit': 2, 'ec2:MetadataHttpTokens': 'optional', ...has };
    return evaluate(statements, { action: 'ec2:ModifyInstanceMetadataOptions', resources: [{ arn, keys: { ...keys, ...asked } }] }).decision === 'allowed';
  }

  const required = { 'ec2:Attribute/HttpTokens': 'required' };
  const hops = (limit: number) => ({ 'ec2:Attribute/HttpPutResponseHopLimit': limit });

  const rights = (remediation: ImdsRemediation) => statementsOf(stackWith(remediation)).map(statement => deployed(statement) as Json);

  describe.each(RUNBOOKS)('for %s', (_, remediation) => {
    let statements: readonly Json[];
    beforeAll(() => { statements = rights(remediation()); });

    test('can require tokens, with or without the endpoint', () => {
      expect(may(statements, required)).toBe(true);
      expect(may(statements, { ...required, 'ec2:Attribute/HttpEndpoint': 'enabled' })).toBe(true);
    });

    test.each<[string, { readonly asked?: RequestKeys; readonly has?: RequestKeys; readonly arn?: string }]>([
      ['make tokens optional', { asked: { 'ec2:Attribute/HttpTokens': 'optional' } }],
      ['change something else without requiring them', { asked: hops(2) }],
      ['turn the endpoint off', { asked: { ...required, 'ec2:Attribute/HttpEndpoint': 'disabled' } }],
      ['turn it on', { asked: { ...required, 'ec2:Attribute/HttpEndpoint': 'enabled' }, has: { 'ec2:MetadataHttpEndpoint': 'disabled' } }],
      ['set a hop limit that containers cannot do with', { asked: { ...required, ...hops(1) } }],
      ['change instances of other Regions', { arn: INSTANCE.replace('eu-west-1', 'us-east-1') }],
      ['change instances of other accounts', { arn: INSTANCE.replace('111122223333', '444455556666') }],
    ])('cannot %s', (__, { asked = required, has, arn }) => {
      expect(may(statements, asked, has, arn)).toBe(false);
    });

    test('has permissions with existing actions and condition keys', async () => {
      expect(await complaintsAboutRole(statements)).toEqual([]);
    });

    test('has exactly the permissions on the page of the runbook', () => {
      expect(statements.map(({ Action }) => Action).sort()).toEqual([
        'ec2:DescribeInstances', 'ec2:ModifyInstanceMetadataOptions', 'ssm:GetAutomationExecution', 'ssm:StartAutomationExecution',
      ]);
    });
  });

  test.each([2, 3, 64])('raises a hop limit to %i, and lowers none', limit => {
    const statements = rights(ImdsRemediation.bySupportRunbook({ httpPutResponseHopLimit: limit }));
    const asked = { ...required, ...hops(limit), 'ec2:Attribute/HttpEndpoint': 'enabled' };
    expect([1, limit, limit + 1].map(now => may(statements, asked, { 'ec2:MetadataHttpPutResponseHopLimit': now }))).toEqual([true, true, false]);
  });

  test('can start its runbook', () => {
    const start = statementsOf(stackWith(ImdsRemediation.byConfigRunbook())).find(({ Action }) => Action === 'ssm:StartAutomationExecution')!;
    expect(deployed(start.Resource)).toBe('arn:aws:ssm:eu-west-1:*:automation-definition/AWSConfigRemediation-EnforceEC2InstanceIMDSv2:*');
  });

  test('can only be assumed by automations of the account', () => {
    const { AssumeRolePolicyDocument } = resourceOf(stackWith(ImdsRemediation.byConfigRunbook()), 'AWS::IAM::Role').Properties;
    expect((AssumeRolePolicyDocument as { Statement: unknown[] }).Statement.map(deployed)).toEqual([{
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'ssm.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': 'arn:aws:ssm:*:111122223333:automation-execution/*' } },
    }]);
  });

  test('of a user gets the permissions before it is used', () => {
    const stack = stackWith(scope => ImdsRemediation.byConfigRunbook({ role: new Role(scope, 'Own', { assumedBy: new ServicePrincipal('ssm.amazonaws.com') }) }));
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
    const { logicalId } = resourceOf(stack, 'AWS::IAM::Policy');
    expect(resourceOf(stack, REMEDIATION).DependsOn).toContain(logicalId);
    expect(propertiesOf(stack)).toMatchObject({ Parameters: { AutomationAssumeRole: { StaticValue: { Values: [{ 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] }] } } } });
  });

  test('that is imported is referenced by its name', () => {
    const arn = 'arn:aws:iam::111122223333:role/automation';
    const stack = stackWith(scope => ImdsRemediation.byConfigRunbook({ role: Role.fromRoleArn(scope, 'Own', arn, { mutable: false }) }));
    expect(propertiesOf(stack)).toMatchObject({ Parameters: { AutomationAssumeRole: { StaticValue: { Values: [arn] } } } });
  });

  test.each([[false, 1], [true, 0]])('that is imported and can be changed: %s, causes a warning if it gets no permissions', (mutable, count) => {
    const stack = stackWith(scope => ImdsRemediation.byConfigRunbook({ role: Role.fromRoleName(scope, 'Own', 'automation', { mutable }) }));
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('permissions to the role of the remediation, .*Own: the role must allow .*ec2:ModifyInstanceMetadataOptions.*, and trust ssm.amazonaws.com'));
    expect(warnings).toHaveLength(count);
  });

  test('for other accounts has a name, and works in every Region', () => {
    const stack = scratchStack();
    new ImdsRemediationRole(stack, 'Role', { remediation: ImdsRemediation.bySupportRunbook(), roleName: 'ImdsRemediation' });
    expect(resourceOf(stack, 'AWS::IAM::Role').Properties).toMatchObject({ RoleName: 'ImdsRemediation' });
    expect(JSON.stringify(statementsOf(stack))).toContain(':ec2:*:');
  });
});

describe('by a repair', () => {
  const repairIn = (stack: Stack) => new ImdsRepair(stack, 'Repair', { selection: RepairSelection.all() });

  test('its document is started for the found instance, with its role, and no warning about software', () => {
    const stack = stackWith(scope => ImdsRemediation.byRepair(repairIn(scope), { automatic: true }));
    const { Properties, DependsOn } = resourceOf(stack, REMEDIATION);
    const document = resourceOf(stack, 'AWS::SSM::Document');
    expect(Properties).toMatchObject({
      TargetId: { Ref: document.logicalId },
      Automatic: true,
      Parameters: {
        InstanceId: { ResourceValue: { Value: 'RESOURCE_ID' } },
        AutomationAssumeRole: { StaticValue: { Values: [{ 'Fn::GetAtt': [expect.stringContaining('RepairRemediationRole'), 'Arn'] }] } },
      },
    });
    const taken = Object.keys((document.Properties.Content as { parameters: Json }).parameters);
    expect(Object.keys(Properties.Parameters as Json).sort()).toEqual(taken.sort());
    expect(DependsOn).toContainEqual(expect.stringContaining('RepairRemediationRole'));
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('it is added after the rules, if it uses their findings', () => {
    const stack = scratchStack();
    const rules = new ImdsConfigRules(stack, 'Rules');
    const { configRuleName } = rules.find(ImdsConfigRule.EC2_IMDSV2_CHECK)!;
    const repair = new ImdsRepair(stack, 'Repair', { selection: RepairSelection.configFindings(configRuleName) });
    expect(rules.remediationRole).toBeUndefined();
    rules.addRemediation(ImdsRemediation.byRepair(repair));
    expect(rules.remediationRole).toBe(repair.asRemediation().role);
    expect(resourceOf(stack, REMEDIATION).Properties).toMatchObject({ ConfigRuleName: stack.resolve(configRuleName) as unknown });
    expect(() => rules.addRemediation(ImdsRemediation.byRepair(repair))).toThrow('remediation must be added only once to Stack/Rules, got another one');
  });

  test('a pack of its account gets its document and its role', () => {
    const stack = scratchStack();
    const { documentName, role } = repairIn(stack).asRemediation();
    const remediation = ImdsRemediation.byRepair(stack.node.findChild('Repair') as ImdsRepair);
    new ImdsConformancePack(stack, 'Pack', { remediation });
    const { ConformancePackInputParameters, TemplateBody } = resourceOf(stack, 'AWS::Config::ConformancePack').Properties;
    expect(ConformancePackInputParameters).toEqual([
      { ParameterName: 'AutomationAssumeRole', ParameterValue: stack.resolve(role.roleArn) as unknown },
      { ParameterName: 'AutomationDocument', ParameterValue: stack.resolve(documentName) as unknown },
    ]);
    const { Parameters, Resources } = parse(TemplateBody as string) as { Parameters: Json; Resources: { Remediation: { Properties: Json } } };
    expect(Object.keys(Parameters)).toEqual(['AutomationAssumeRole', 'AutomationDocument']);
    expect(Resources.Remediation.Properties).toMatchObject({ TargetId: { Ref: 'AutomationDocument' } });
  });

  test('other accounts do not have its document, and need no role for it', () => {
    const stack = scratchStack();
    const remediation = ImdsRemediation.byRepair(repairIn(stack));
    const message = 'got one by an ImdsRepair';
    expect(() => ImdsConfigRules.conformancePack({ remediation })).toThrow(message);
    expect(() => new ImdsOrganizationConformancePack(stack, 'Pack', { remediation, remediationRoleName: 'ImdsRemediation' })).toThrow(message);
    expect(() => new ImdsRemediationRole(stack, 'Role', { remediation })).toThrow(message);
  });

  test.each<[string, unknown]>([['something else', {}], ['a name', 'Repair'], ['nothing', undefined]])('%s is rejected', (_, repair) => {
    expect(() => ImdsRemediation.byRepair(repair as ImdsRepair)).toThrow('repair must be an ImdsRepair, got ');
  });

  test('no other role can run its document', () => {
    expect(() => ImdsRemediation.byRepair(repairIn(scratchStack()), { role: undefined, errorPercentage: 0 } as object)).toThrow('errorPercentage must be');
    expect(() => ImdsRemediation.byRepair(repairIn(scratchStack()), { role: {} } as object)).toThrow("options must not have 'role'");
  });
});

test('without the rule that finds instances, a remediation is rejected', () => {
  const props = { rules: [ImdsConfigRule.EC2_TOKEN_HOP_LIMIT_CHECK], remediation: ImdsRemediation.byConfigRunbook() };
  expect(() => new ImdsConfigRules(scratchStack(), 'Rules', props)).toThrow('rules must include ImdsConfigRule.EC2_IMDSV2_CHECK if there is a remediation, got ');
});

test('two stacks of an app can share a remediation', () => {
  const remediation = ImdsRemediation.byConfigRunbook();
  const app = scratchApp();
  for (const id of ['One', 'Two']) { new ImdsConfigRules(scratchStack(app, id), 'Rules', { remediation }); }
  expect(() => app.synth()).not.toThrow();
});

test.each<[string, unknown, string]>([
  ['a hop limit that containers cannot do with', { httpPutResponseHopLimit: 1 }, 'httpPutResponseHopLimit must be a whole number from 2 to 64, got 1'],
  ['a hop limit of 0', { httpPutResponseHopLimit: 0 }, 'httpPutResponseHopLimit must be a whole number from 2 to 64, got 0'],
  ['a hop limit of 65', { httpPutResponseHopLimit: 65 }, 'httpPutResponseHopLimit must be a whole number from 2 to 64, got 65'],
  ['optional tokens', { enforceImdsv2: 'optional' }, "options must not have 'enforceImdsv2', got 'optional'"],
  ['attempts without automatic: true', { maximumAutomaticAttempts: 3 }, 'maximumAutomaticAttempts is for automatic: true, got automatic: undefined'],
  ['a period without automatic: true', { automatic: false, retryAttemptPeriod: Duration.minutes(1) }, 'retryAttemptPeriod is for automatic: true, got automatic: false'],
  ['26 attempts', { automatic: true, maximumAutomaticAttempts: 26 }, 'maximumAutomaticAttempts must be a whole number from 1 to 25, got 26'],
  ['half a second', { automatic: true, retryAttemptPeriod: Duration.millis(500) }, 'retryAttemptPeriod must be whole seconds from 1 to 2678000, got 0.5 seconds'],
  ['32 days', { automatic: true, retryAttemptPeriod: Duration.days(32) }, 'retryAttemptPeriod must be whole seconds from 1 to 2678000, got 2764800 seconds'],
  ['no percent', { errorPercentage: 0 }, 'errorPercentage must be a whole number from 1 to 100, got 0'],
  ['more than all', { concurrentExecutionRatePercentage: 101 }, 'concurrentExecutionRatePercentage must be a whole number from 1 to 100, got 101'],
  ['a role by its ARN', { role: 'arn:aws:iam::111122223333:role/automation' }, 'role must be an IRole, got '],
  ['a switch in quotes', { automatic: 'yes' }, "automatic must be true or false, got 'yes'"],
])('%s is rejected', (_, options, message) => {
  expect(() => ImdsRemediation.bySupportRunbook(options as object)).toThrow(message);
});
