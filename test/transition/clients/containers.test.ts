import { App, Aspects, CfnResource, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import { CfnJobDefinition } from 'aws-cdk-lib/aws-batch';
import { LinuxBuildImage, Project, BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { CfnTaskDefinition, ContainerImage, Ec2TaskDefinition, FargateTaskDefinition, Secret } from 'aws-cdk-lib/aws-ecs';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret as StoredSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ImdsClientSettingsProps } from '../../../src';
import { ImdsClientSettings } from '../../../src';
import { reportedIds, synthesize } from '../../harness/synthesized';

const OURS = { Name: 'AWS_EC2_METADATA_V1_DISABLED', Value: 'true' };
const OFF = { Name: 'AWS_EC2_METADATA_DISABLED', Value: 'true' };

function synthesized(build: (stack: Stack) => void, props: ImdsClientSettingsProps = {}) {
  const stack = new Stack(new App(), 'Stack');
  build(stack);
  Aspects.of(stack).add(new ImdsClientSettings(props));
  const { template, reports } = synthesize(stack);
  const of = (type: string): any => Object.values(template.Resources).find(each => each.Type === type)?.Properties;
  return { of, reports, template };
}

/** The environment of a container of a generic ECS task definition, and the warnings. */
function container(definition: object, props?: ImdsClientSettingsProps) {
  const { of, reports } = synthesized(stack => new CfnResource(stack, 'Task', {
    type: 'AWS::ECS::TaskDefinition', properties: { ContainerDefinitions: [definition] },
  }), props);
  return { definition: of('AWS::ECS::TaskDefinition').ContainerDefinitions[0], warnings: reports.filter(({ level }) => level === 'warning').map(({ text }) => text) };
}

const MODE = 'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE';
const ENDPOINT = 'AWS_EC2_METADATA_SERVICE_ENDPOINT';

test.each<[string, object, ImdsClientSettingsProps, string]>([
  ['a mode', { Environment: [OURS, { Name: MODE, Value: 'IPv6' }] }, { endpoint: 'http://169.254.169.254' }, MODE],
  ['a mode that is a secret', { Environment: [OURS], Secrets: [{ Name: MODE, ValueFrom: 'arn' }] }, { endpoint: 'http://169.254.169.254' }, MODE],
  ['an endpoint', { Environment: [OURS, { Name: ENDPOINT, Value: 'http://[fd00:ec2::254]' }] }, { endpointMode: 'IPv4' }, ENDPOINT],
])('the opposite of %s is not written if the user set that', (_, definition, props, name) => {
  const { definition: after, warnings } = container(definition, props);
  expect(after).toEqual(definition);
  expect(warnings).toEqual([expect.stringContaining(`${name} is set, and clients use only one of the two`)]);
});

test('containers of a task definition get the variable in addition to their own', () => {
  const { of, reports } = synthesized(stack => {
    const task = new Ec2TaskDefinition(stack, 'Task');
    task.addContainer('web', { image: ContainerImage.fromRegistry('web'), memoryLimitMiB: 64, environment: { COLOR: 'blue' } });
    task.addContainer('plain', { image: ContainerImage.fromRegistry('plain'), memoryLimitMiB: 64 });
  });
  const [web, plain] = of('AWS::ECS::TaskDefinition').ContainerDefinitions;
  expect(web.Environment).toEqual([{ Name: 'COLOR', Value: 'blue' }, OURS]);
  expect(plain.Environment).toEqual([OURS]);
  expect(reports).toEqual([expect.objectContaining({ level: 'info', text: expect.stringMatching(/new revision/) })]);
});

test.each<[string, object, string[]]>([
  ['the same value', { Environment: [OURS] }, []],
  ['another value', { Environment: [{ ...OURS, Value: 'false' }] }, ["it is already set to 'false'"]],
  ['a parameter', { Environment: [{ ...OURS, Value: { Ref: 'Flag' } }] }, ['it is already set to {"Ref":"Flag"}']],
  ['an element under a condition', { Environment: [{ 'Fn::If': ['C', OURS, { Ref: 'AWS::NoValue' }] }] }, ["it is already set to 'true'"]],
  ['a name that is a parameter', { Environment: [{ Name: { Ref: 'Name' }, Value: 'x' }] }, ['some names in it are only known at deployment']],
  ['a list that is a parameter', { Environment: { Ref: 'List' } }, ['it is only known at deployment']],
  ['a transform', { Environment: [{ 'Fn::Transform': { Name: 'X' } }] }, ['some names in it are only known at deployment']],
  ['a secret of that name', { Secrets: [{ Name: OURS.Name, ValueFrom: 'arn' }] }, ['a secret sets it']],
  ['secrets that are a parameter', { Secrets: { Ref: 'List' } }, ['the names in Secrets are not known']],
  ['files of variables', { EnvironmentFiles: [{ Type: 's3', Value: 'arn' }] }, ['a file in EnvironmentFiles may set them']],
])('%s stays', (_, definition, reasons) => {
  const { definition: after, warnings } = container(definition);
  expect(after).toEqual(definition);
  expect(warnings).toEqual(reasons.map(reason => expect.stringContaining(reason)));
});

test('a variable without a value is reported', () => {
  expect(container({ Environment: [{ Name: OURS.Name }] }).warnings).toEqual([expect.stringContaining('because it is already set without a value;')]);
});

describe('in Windows containers, which ignore the case of variable names,', () => {
  const lower = { Name: 'aws_ec2_metadata_v1_disabled', Value: 'false' };
  const task = (platform: unknown, definition: object) => {
    const { of, reports } = synthesized(stack => new CfnResource(stack, 'Task', {
      type: 'AWS::ECS::TaskDefinition', properties: { RuntimePlatform: { OperatingSystemFamily: platform }, ContainerDefinitions: [definition] },
    }));
    return { definition: of('AWS::ECS::TaskDefinition').ContainerDefinitions[0], ids: reportedIds(reports) };
  };

  test.each<[string, unknown, object]>([
    ['a variable', 'WINDOWS_SERVER_2022_CORE', { Environment: [lower] }],
    ['a secret', 'WINDOWS_SERVER_2019_FULL', { Secrets: [{ Name: lower.Name, ValueFrom: 'arn' }] }],
    ['a variable, if a parameter has the operating system,', { Ref: 'System' }, { Environment: [lower] }],
  ])('%s stays', (_, platform, definition) => {
    const after = task(platform, definition);
    expect(after.definition).toEqual(definition);
    expect(after.ids).toEqual(['Imdsv2::ClientSettingsLeft']);
  });

  test('in Linux containers, case matters', () => {
    expect(task('LINUX', { Environment: [lower] }).definition.Environment).toEqual([lower, OURS]);
  });
});

test('each branch of a condition gets the missing variables', () => {
  const { definition } = container({ Environment: { 'Fn::If': ['C', [{ Name: 'A', Value: '1' }], { Ref: 'AWS::NoValue' }] } });
  expect(definition.Environment).toEqual({ 'Fn::If': ['C', [{ Name: 'A', Value: '1' }, OURS], [OURS]] });
});

test('overrides are written if they hide the property, and their values stay', () => {
  const { of } = synthesized(stack => {
    const task = new CfnTaskDefinition(stack, 'Task', { containerDefinitions: [{ name: 'a', image: 'a' }, { name: 'b', image: 'b' }] });
    task.addPropertyOverride('ContainerDefinitions.0.Environment', [{ Name: 'X', Value: '1' }]);
    task.addPropertyOverride('ContainerDefinitions.1.Environment', [{ ...OURS, Value: 'false' }]);
  });
  expect(of('AWS::ECS::TaskDefinition').ContainerDefinitions.map((each: any) => each.Environment)).toEqual([
    [{ Name: 'X', Value: '1' }, OURS], [{ ...OURS, Value: 'false' }],
  ]);
});

test('a secret of an L2 stays', () => {
  const { of } = synthesized(stack => {
    const secret = new StoredSecret(stack, 'Secret', { secretStringValue: SecretValue.unsafePlainText('x') });
    new Ec2TaskDefinition(stack, 'Task').addContainer('web', {
      image: ContainerImage.fromRegistry('web'), memoryLimitMiB: 64, secrets: { [OURS.Name]: Secret.fromSecretsManager(secret) },
    });
  });
  expect(of('AWS::ECS::TaskDefinition').ContainerDefinitions[0].Environment).toBeUndefined();
});

test('a Lazy is written when it is resolved', () => {
  const variables = [{ name: 'A', value: '1' }];
  const { of } = synthesized(stack => {
    new CfnTaskDefinition(stack, 'Task', { containerDefinitions: [{ name: 'a', image: 'a', environment: Lazy.any({ produce: () => variables }) }] });
    new ImdsClientSettings().applyTo(stack);
    variables.push({ name: 'B', value: '2' });
  });
  expect(of('AWS::ECS::TaskDefinition').ContainerDefinitions[0].Environment).toEqual([{ Name: 'A', Value: '1' }, { Name: 'B', Value: '2' }, OURS]);
});

test('options of Java are added to existing ones, and do not change them', () => {
  const java = (value: unknown) => container({ Environment: [OURS, { Name: 'JAVA_TOOL_OPTIONS', Value: value }] }, { java: true });
  expect(java('-Xmx1g').definition.Environment[1].Value).toBe('-Xmx1g -Daws.disableEc2MetadataV1=true -Dcom.amazonaws.sdk.disableEc2MetadataV1=true');
  expect(java('-Daws.disableEc2MetadataV1=false').definition.Environment[1].Value)
    .toBe('-Daws.disableEc2MetadataV1=false -Dcom.amazonaws.sdk.disableEc2MetadataV1=true');
  const unknown = java({ Ref: 'Options' });
  expect(unknown.definition.Environment[1].Value).toEqual({ Ref: 'Options' });
  expect(unknown.warnings).toEqual([expect.stringContaining('JAVA_TOOL_OPTIONS')]);
});

test.each<[string, object, ImdsClientSettingsProps]>([
  ['a fallback that is allowed', { Environment: [{ ...OURS, Value: 'false' }] }, { java: true }],
  ['a mode beside an endpoint', { Environment: [OURS, { Name: MODE, Value: 'IPv6' }] }, { java: true, v1Fallback: true, endpoint: 'http://169.254.169.254' }],
  ['a secret', { Secrets: [{ Name: OURS.Name, ValueFrom: 'arn' }] }, { java: true }],
])('no option of Java contradicts %s', (_, definition, props) => {
  expect(container(definition, props).definition).toEqual(definition);
});

test('options of Java for unset settings are written in addition to existing ones', () => {
  const { definition } = container({ Environment: [{ ...OURS, Value: 'false' }] }, { java: true, disabled: true });
  expect(definition.Environment.slice(1)).toEqual([OFF, { Name: 'JAVA_TOOL_OPTIONS', Value: '-Daws.disableEc2Metadata=true -Dcom.amazonaws.sdk.disableEc2Metadata=true' }]);
});

test('options of Java that hide those of an image are reported', () => {
  const { definition, warnings } = container({ Name: 'web' }, { java: true });
  expect(definition.Environment[1].Name).toBe('JAVA_TOOL_OPTIONS');
  expect(warnings).toEqual([expect.stringMatching(/JAVA_TOOL_OPTIONS, which replaces the JAVA_TOOL_OPTIONS of the image/)]);
  expect(container({ Environment: [{ Name: 'JAVA_TOOL_OPTIONS', Value: '-Xmx1g' }] }, { java: true }).warnings).toEqual([]);
});

test('Batch: containers of each kind', () => {
  const { of } = synthesized(stack => {
    const one = { image: 'a', vcpus: 1, memory: 64 };
    new CfnJobDefinition(stack, 'Job', {
      type: 'container',
      containerProperties: one,
      ecsProperties: { taskProperties: [{ containers: [{ image: 'a' }] }] },
      eksProperties: { podProperties: { containers: [{ image: 'a', env: [{ name: 'A' }] }], initContainers: [{ image: 'i' }] } },
      nodeProperties: {
        mainNode: 0,
        numNodes: 2,
        nodeRangeProperties: [{ targetNodes: '0:', container: one, ecsProperties: { taskProperties: [{ containers: [{ image: 'a' }] }] } }],
      },
    });
  });
  const job = of('AWS::Batch::JobDefinition');
  expect([
    job.ContainerProperties.Environment,
    job.EcsProperties.TaskProperties[0].Containers[0].Environment,
    job.EksProperties.PodProperties.InitContainers[0].Env,
    job.NodeProperties.NodeRangeProperties[0].Container.Environment,
    job.NodeProperties.NodeRangeProperties[0].EcsProperties.TaskProperties[0].Containers[0].Environment,
  ]).toEqual(new Array(5).fill([OURS]));
  expect(job.EksProperties.PodProperties.Containers[0].Env).toEqual([{ Name: 'A' }, OURS]);
});

test.each<[string, object, RegExp]>([
  ['is deregistered', {}, /registers a new revision, and deregisters the old one: jobs that are submitted by its revision number fail/],
  ['is kept', { ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } }, /registers a new revision, and jobs that are submitted by name use it/],
])('Batch: the revision before %s is reported once', (_, policy, text) => {
  const { reports } = synthesized(stack => new CfnResource(stack, 'Job', {
    type: 'AWS::Batch::JobDefinition', properties: { ...policy, ContainerProperties: {}, EksProperties: { PodProperties: { Containers: [{}] } } },
  }));
  expect(reports).toEqual([expect.objectContaining({ level: 'info', text: expect.stringMatching(text) as unknown })]);
});

test('Batch gets no properties that did not exist', () => {
  const { of } = synthesized(stack => new CfnJobDefinition(stack, 'Job', { type: 'container', containerProperties: { image: 'a', vcpus: 1, memory: 64 } }));
  expect(Object.keys(of('AWS::Batch::JobDefinition')).sort()).toEqual(['ContainerProperties', 'Type']);
});

describe('without an instance role', () => {
  const build = (stack: Stack) => {
    new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') });
    new Project(stack, 'Project', { buildSpec: BuildSpec.fromObject({ version: '0.2' }), environment: { buildImage: LinuxBuildImage.STANDARD_7_0 } });
    new FargateTaskDefinition(stack, 'Task').addContainer('web', { image: ContainerImage.fromRegistry('web') });
  };

  test('nothing is disabled by default', () => {
    const { of } = synthesized(build);
    expect(of('AWS::Lambda::Function').Environment).toBeUndefined();
    expect(of('AWS::CodeBuild::Project').Environment.EnvironmentVariables).toBeUndefined();
    expect(of('AWS::ECS::TaskDefinition').ContainerDefinitions[0].Environment).toEqual([OURS]);
  });

  test('the metadata service is disabled in functions, projects and tasks on Fargate', () => {
    const { of } = synthesized(build, { disableWhereNoInstanceRole: true });
    expect(of('AWS::Lambda::Function').Environment).toEqual({ Variables: { [OFF.Name]: 'true' } });
    expect(of('AWS::CodeBuild::Project').Environment.EnvironmentVariables).toEqual([OFF]);
    expect(of('AWS::ECS::TaskDefinition').ContainerDefinitions[0].Environment).toEqual([OURS, OFF]);
  });

  test('tasks that can run on instances keep it', () => {
    const { definition } = container({}, { disableWhereNoInstanceRole: true });
    expect(definition.Environment).toEqual([OURS]);
  });

  test('if a parameter determines whether a task runs on Fargate, this is reported', () => {
    const { of, reports } = synthesized(stack => new CfnResource(stack, 'Task', {
      type: 'AWS::ECS::TaskDefinition', properties: { ContainerDefinitions: [{}], RequiresCompatibilities: [{ Ref: 'Platform' }] },
    }), { disableWhereNoInstanceRole: true });
    expect(of('AWS::ECS::TaskDefinition').ContainerDefinitions[0].Environment).toEqual([OURS]);
    expect(reports.filter(({ level }) => level === 'warning').map(({ text }) => text))
      .toEqual([expect.stringMatching(/^the resource does not get AWS_EC2_METADATA_DISABLED, because RequiresCompatibilities is only known at deployment/)]);
  });

  test('the settings of a function stay', () => {
    const { of, reports } = synthesized(stack => {
      new LambdaFunction(stack, 'Function', {
        runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), environment: { [OFF.Name]: 'false', A: '1' },
      });
    }, { disableWhereNoInstanceRole: true });
    expect(of('AWS::Lambda::Function').Environment.Variables).toEqual({ [OFF.Name]: 'false', A: '1' });
    expect(reportedIds(reports)).toEqual(['Imdsv2::ClientSettingsLeft']);
  });

  test('functions of Lambda@Edge get no variables', () => {
    const { of, reports } = synthesized(stack => {
      const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      role.assumeRolePolicy!.addStatements(new PolicyStatement({ effect: Effect.ALLOW, actions: ['sts:AssumeRole'], principals: [new ServicePrincipal('edgelambda.amazonaws.com')] }));
      new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), role });
    }, { disableWhereNoInstanceRole: true });
    expect(of('AWS::Lambda::Function').Environment).toBeUndefined();
    expect(reports.map(({ text }) => text)).toEqual([expect.stringContaining('Lambda@Edge functions cannot have variables')]);
  });

  test('builds on instances are not changed', () => {
    const { of, reports } = synthesized(stack => new CfnResource(stack, 'Project', {
      type: 'AWS::CodeBuild::Project', properties: { Environment: { Type: 'LINUX_EC2' } },
    }), { disableWhereNoInstanceRole: true });
    expect(of('AWS::CodeBuild::Project').Environment).toEqual({ Type: 'LINUX_EC2' });
    expect(reportedIds(reports)).toEqual(['Imdsv2::ClientSettingsLeft']);
  });
});
