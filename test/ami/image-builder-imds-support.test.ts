import type { Environment } from 'aws-cdk-lib';
import { CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnImagePipeline } from 'aws-cdk-lib/aws-imagebuilder';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { ImageBuilderImdsSupportProps } from '../../src';
import { ImageBuilderImdsSupport } from '../../src';
import { IMAGE_BUILDER_HANDLER } from '../../src/ami/image-builder/handler-code.generated';
import { resourceOf } from '../harness/resources';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { complaintsAbout } from '../iam/authorization-data';
import { rendered, rightsIn } from './rendered';

const LAMBDA = 'AWS::Lambda::Function';
const GOLDEN = 'arn:aws:imagebuilder:eu-west-1:111122223333:image-pipeline/golden';
const DISTRIBUTION_ROLE = 'EC2ImageBuilderDistributionCrossAccountRole';

function stackWith(props?: ImageBuilderImdsSupportProps): Stack {
  const stack = scratchStack();
  new ImageBuilderImdsSupport(stack, 'Images', props);
  return stack;
}

test('a rule invokes the function when an image is finished', () => {
  const stack = stackWith();
  const rule = resourceOf(stack, 'AWS::Events::Rule');
  const { logicalId } = resourceOf(stack, LAMBDA);
  expect(rule.Properties).toMatchObject({
    EventPattern: {
      'source': ['aws.imagebuilder'],
      'detail-type': ['EC2 Image Builder Image State Change'],
      'detail': { state: { status: ['AVAILABLE', 'FAILED'] } },
    },
    State: 'ENABLED',
    Targets: [{ Arn: { 'Fn::GetAtt': [logicalId, 'Arn'] } }],
  });
  expect(resourceOf(stack, 'AWS::Lambda::Permission').Properties).toMatchObject({
    Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': [rule.logicalId, 'Arn'] },
  });
});

const variablesWith = (props?: ImageBuilderImdsSupportProps) =>
  (resourceOf(stackWith(props), LAMBDA).Properties.Environment as { Variables: object }).Variables;

describe('the images', () => {
  test('are those of every pipeline by default', () => {
    expect(variablesWith()).toEqual({ CROSS_ACCOUNT_ROLE: DISTRIBUTION_ROLE });
  });

  test('are those of the named pipelines', () => {
    expect(variablesWith({ pipelineArns: [GOLDEN, `${GOLDEN}-2`] })).toMatchObject({ PIPELINE_ARNS: `${GOLDEN},${GOLDEN}-2` });
  });

  test('are those of a pipeline in the stack', () => {
    const stack = scratchStack();
    const pipeline = new CfnImagePipeline(stack, 'Pipeline', { name: 'golden', infrastructureConfigurationArn: 'arn' });
    new ImageBuilderImdsSupport(stack, 'Images', { pipelineArns: [pipeline.attrArn] });
    expect(resourceOf(stack, LAMBDA).Properties.Environment).toMatchObject({ Variables: { PIPELINE_ARNS: { 'Fn::GetAtt': ['Pipeline', 'Arn'] } } });
  });

  test('are those of unresolved pipelines', () => {
    expect(variablesWith({ pipelineArns: Token.asList({ Ref: 'Pipelines' }) })).toMatchObject({ PIPELINE_ARNS: { 'Fn::Join': [',', { Ref: 'Pipelines' }] } });
  });
});

describe('a property is rejected, with its value:', () => {
  const PIPELINES = "pipelineArns must be like 'arn:aws:imagebuilder:eu-west-1:111122223333:image-pipeline/golden', got";

  test.each<[ImageBuilderImdsSupportProps, string]>([
    [{ pipelineArns: [] }, 'pipelineArns must have at least one ARN, got []: leave it out for the images of every pipeline'],
    [{ pipelineArns: ['golden'] }, `${PIPELINES} 'golden'`],
    [{ pipelineArns: [GOLDEN, GOLDEN.replace('pipeline', 'recipe')] }, `${PIPELINES} '${GOLDEN.replace('pipeline', 'recipe')}'`],
    [{ pipelineArns: [undefined as never] }, 'pipelineArns must be ARNs, got undefined'],
    [{ pipelineArns: [null as never] }, `${PIPELINES} null`],
    [{ pipelineArns: GOLDEN as never }, `pipelineArns must have at least one ARN, got '${GOLDEN}': leave it out for the images of every pipeline`],
    [{ pipelineArns: Array.from({ length: 50 }, (_, index) => `${GOLDEN}-${index}`) },
      'pipelineArns must have 3000 characters at most together, got 3439: make a construct for some of them, or leave them out for all'],
    ...['', 'arn:aws:iam::111122223333:role/x', '*', '/images/Receiver', 'images/', null].map((crossAccountRoleName): [ImageBuilderImdsSupportProps, string] => [
      { crossAccountRoleName: crossAccountRoleName as string },
      "crossAccountRoleName must be the name of a role, with its path before it if it has one, such as 'images/Receiver', got "
      + (crossAccountRoleName === null ? 'null' : `'${crossAccountRoleName}'`),
    ]),
    [{ crossAccountIds: ['1'] }, "crossAccountIds must be ids of accounts, like '111122223333', got '1'"],
    [{ crossAccountIds: ['*'] }, "crossAccountIds must be ids of accounts, like '111122223333', got '*'"],
    [{ crossAccountIds: [undefined as never] }, 'crossAccountIds must be ids of accounts, got undefined'],
    [{ crossAccountIds: '111122223333' as never }, "crossAccountIds must be a list that is known at synthesis, got '111122223333': leave it out for every account"],
    [{ crossAccountIds: Token.asList({ Ref: 'Accounts' }) }, 'crossAccountIds must be a list that is known at synthesis, got an unresolved value: leave it out for every account'],
    [{ runtime: Runtime.PYTHON_3_13 }, "runtime must be Node.js 22 or later, got 'python3.13'"],
  ])('%j', (props, message) => {
    expect(() => stackWith(props)).toThrow(new Error(message));
  });
});

describe('a pipeline', () => {
  const stackIn = (env: Environment) => scratchStack(scratchApp(), 'Stack', { env });

  test.each<Environment>([{ region: 'us-east-1' }, { account: '999988887777' }, { account: '111122223333', region: 'us-east-1' }])('is rejected in a stack of %j', env => {
    expect(() => new ImageBuilderImdsSupport(stackIn(env), 'Images', { pipelineArns: [GOLDEN] }))
      .toThrow(`pipelineArns must be in the account and Region of the stack, where their events are, got '${GOLDEN}' in `);
  });

  test.each<Environment>([{}, { region: 'eu-west-1' }, { account: '111122223333', region: 'eu-west-1' }])('is accepted in a stack of %j', env => {
    expect(() => new ImageBuilderImdsSupport(stackIn(env), 'Images', { pipelineArns: [GOLDEN] })).not.toThrow();
  });

  test('can be a placeholder of a lookup of CDK', () => {
    const stack = stackIn({ account: '111122223333', region: 'eu-west-1' });
    const pipelineArns = [StringParameter.valueFromLookup(stack, '/pipelines/golden')];
    expect(() => new ImageBuilderImdsSupport(stack, 'Images', { pipelineArns })).not.toThrow();
  });
});

describe('the function', () => {
  test('has its code in the template', () => {
    expect(resourceOf(stackWith(), LAMBDA).Properties).toMatchObject({ Code: { ZipFile: IMAGE_BUILDER_HANDLER }, Runtime: 'nodejs24.x', Timeout: 900 });
  });

  const rights = (role: string) => [
    { Effect: 'Allow', Action: 'imagebuilder:GetImage', Resource: 'arn:aws:imagebuilder:eu-west-1:111122223333:image/*/*/*' },
    { Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'ec2:ModifyImageAttribute',
      Resource: 'arn:aws:ec2:*::image/*',
      Condition: { StringEquals: { 'ec2:Attribute/ImdsSupport': 'v2.0', 'aws:ResourceTag/CreatedBy': 'EC2 Image Builder' } },
    },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::*:role/${role}` },
  ];

  test('can assume the distribution role in other accounts', () => {
    expect(rightsIn(stackWith())).toEqual(rights(DISTRIBUTION_ROLE));
  });

  test('can assume another role if one is named', () => {
    const props = { crossAccountRoleName: 'images/Receiver' };
    expect(rightsIn(stackWith(props))).toEqual(rights('images/Receiver'));
    expect(variablesWith(props)).toEqual({ CROSS_ACCOUNT_ROLE: 'images/Receiver' });
  });

  describe('can assume the role', () => {
    const rolesWith = (props: ImageBuilderImdsSupportProps) => rightsIn(stackWith(props)).filter(({ Action }) => Action === 'sts:AssumeRole').map(({ Resource }) => Resource);

    test('only in the named accounts', () => {
      expect(rolesWith({ crossAccountIds: ['222233334444'] })).toEqual([`arn:aws:iam::222233334444:role/${DISTRIBUTION_ROLE}`]);
      expect(rolesWith({ crossAccountIds: ['222233334444', '333344445555'], crossAccountRoleName: 'images/Receiver' }))
        .toEqual([['arn:aws:iam::222233334444:role/images/Receiver', 'arn:aws:iam::333344445555:role/images/Receiver']]);
    });

    test('in no account if the list is empty', () => {
      expect(rolesWith({ crossAccountIds: [] })).toEqual([]);
    });

    test('in an unresolved account', () => {
      const stack = scratchStack();
      new ImageBuilderImdsSupport(stack, 'Images', { crossAccountIds: [new CfnParameter(stack, 'Account').valueAsString] });
      expect(rightsIn(stack)).toContainEqual({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::{Account}:role/${DISTRIBUTION_ROLE}` });
    });

    test('in as many accounts as its policies have space for', () => {
      const ids = (length: number) => Array.from({ length }, (_, index) => String(100_000_000_000 + index));
      const [role] = Object.values(Template.fromStack(stackWith({ crossAccountIds: ids(95) })).findResources('AWS::IAM::Role'));
      expect(JSON.stringify(rendered((role as { Properties: { Policies: object } }).Properties.Policies)).length).toBeLessThanOrEqual(10_240);
      expect(() => stackWith({ crossAccountIds: ids(96) })).toThrow('crossAccountIds must be 95 at most with this role, got 96: leave them out for every account');
    });
  });

  test('has permissions that match the Service Authorization Reference', async () => {
    expect((await Promise.all(rightsIn(stackWith()).map(complaintsAbout))).flat()).toEqual([]);
  });

  test('sends failed events to a destination', () => {
    const stack = scratchStack();
    const queue = new Queue(stack, 'Failures');
    new ImageBuilderImdsSupport(stack, 'Images', { onFailure: new SqsDestination(queue) });
    expect(resourceOf(stack, 'AWS::Lambda::EventInvokeConfig').Properties)
      .toMatchObject({ DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [resourceOf(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } } } });
  });

  test('has a metric for an alarm', () => {
    const stack = scratchStack();
    const { handler } = new ImageBuilderImdsSupport(stack, 'Images');
    handler.metricErrors().createAlarm(stack, 'Unreached', { threshold: 1, evaluationPeriods: 1 });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Errors' });
  });
});
