import { Aws, Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { checkRuntime } from '../../functions/checked-options';
import { InlineFunction } from '../../functions/inline-function';
import { LATER, checkPlace, instance } from '../../model/kinds';
import { checked } from '../../model/props';
import type { Shape } from '../../model/props';
import { describeValue } from '../../model/setting';
import { imdsSupportRight } from '../imds-support-right';
import { checkText, isKnown } from '../known';
import { IMAGE_BUILDER_HANDLER } from './handler-code.generated';
import type { ImageBuilderImdsSupportProps } from './image-builder-imds-support-props';

/**
 * Sets `ImdsSupport` v2.0 on the AMIs that EC2 Image Builder creates. Instances that are launched from them require IMDSv2, with a hop limit of
 * 2, unless the launch, its launch template or an account default sets something else.
 *
 * Image Builder cannot set this attribute itself. An EventBridge rule starts a function when an image becomes available or fails. The function sets
 * the attribute in every Region and account that the AMIs were distributed to. For other accounts, it assumes a role there. If it cannot change an
 * AMI, its log, its metric `Errors` and the message to `onFailure` show this. An AMI gets the attribute only after it is built, tested and
 * distributed. The attribute cannot be removed. For existing AMIs, use `ImageImdsSupport`.
 *
 * For the build and test instances of Image Builder, use `Imdsv2.enforce()`: it requires IMDSv2 in their infrastructure configurations.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-eventbridge.html
 *
 * @example
 * import { Stack } from 'aws-cdk-lib';
 * import { CfnImagePipeline } from 'aws-cdk-lib/aws-imagebuilder';
 * import { ImageBuilderImdsSupport } from 'cdk-imdsv2';
 *
 * declare const stack: Stack;
 * declare const pipeline: CfnImagePipeline;
 *
 * new ImageBuilderImdsSupport(stack, 'RequireImdsv2', { pipelineArns: [pipeline.attrArn] });
 */
export class ImageBuilderImdsSupport extends Construct {
  /** The function that changes the images. For an alarm about images that could not be changed, use its `metricErrors()`. */
  public readonly handler: IFunction;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props whose images, and how far
   * @throws Error if a name is not that of a pipeline or a role
   */
  public constructor(scope: Construct, id: string, props: ImageBuilderImdsSupportProps = {}) {
    super(checkPlace(scope, id), id);
    checked(props, PIPELINES);
    const { pipelineArns, crossAccountRoleName = CROSS_ACCOUNT_ROLE, crossAccountIds, onFailure, runtime } = props;
    checkPipelines(Stack.of(this), pipelineArns);
    checkText('crossAccountRoleName', crossAccountRoleName, ROLE_NAME, 'the name of a role, with its path before it if it has one, such as \'images/Receiver\'');
    checkAccounts(crossAccountIds, crossAccountRoleName);
    checkRuntime(runtime);
    const setter = new InlineFunction(this, 'Setter', {
      description: 'Has launches from the AMIs of Image Builder require IMDSv2',
      code: IMAGE_BUILDER_HANDLER,
      statements: rightsWith(crossAccountRoleName, crossAccountIds),
      timeout: Duration.minutes(15),
      environment: { CROSS_ACCOUNT_ROLE: crossAccountRoleName, ...pipelineArns ? { PIPELINE_ARNS: Fn.join(',', pipelineArns) } : {} },
      onFailure,
      runtime,
    });
    new Rule(this, 'Available', {
      description: 'Images of Image Builder that are through',
      eventPattern: {
        source: ['aws.imagebuilder'],
        detailType: ['EC2 Image Builder Image State Change'],
        detail: { state: { status: ['AVAILABLE', 'FAILED'] } }, // a failed build can have created AMIs in some Regions
      },
      targets: [new LambdaFunction(setter.function)],
    });
    this.handler = setter.function;
  }
}

/** The role that Image Builder assumes in accounts to which it distributes. */
const CROSS_ACCOUNT_ROLE = 'EC2ImageBuilderDistributionCrossAccountRole';

/** The permissions in the account and in others. They cover all Regions, because a distribution can change its Regions at any time. */
function rightsWith(roleName: string, accountIds: readonly string[] = ['*']): PolicyStatement[] {
  const inPartition = `arn:${Aws.PARTITION}`;
  const roles = accountIds.map(account => `${inPartition}:iam::${account}:role/${roleName}`);
  return [
    new PolicyStatement({ actions: ['imagebuilder:GetImage'], resources: [`${inPartition}:imagebuilder:${Aws.REGION}:${Aws.ACCOUNT_ID}:image/*/*/*`] }),
    new PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
    imdsSupportRight(`${inPartition}:ec2:*::image/*`, { CreatedBy: 'EC2 Image Builder' }), // Image Builder sets this tag on all its AMIs
    ...roles.length ? [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: roles })] : [],
  ];
}

const PIPELINE_ARN = /^arn:[^:]+:imagebuilder:([^:]+):([^:]+):image-pipeline\/[a-z0-9-_]+$/;
const ROLE_NAME = /^(?=.{1,512}$)[\w+=,.@-]+(?:\/[\w+=,.@-]+)*$/;

/** The maximum number of characters of the list in the environment of a function, which can have 4 KB in total. */
const MOST_CHARACTERS = 3_000;

/** The most characters of all role ARNs in the policies of the function's role. All its policies together can have 10,240 characters. */
const MOST_CHARACTERS_OF_ROLES = 8_000;
const ACCOUNT_ID = /^\d{12}$/;

function checkAccounts(ids: readonly string[] | undefined, roleName: string): void {
  if (ids === undefined) { return; }
  if (Token.isUnresolved(ids) || !Array.isArray(ids)) {
    const got = Token.isUnresolved(ids) ? 'an unresolved value' : describeValue(ids);
    throw new Error(`crossAccountIds must be a list that is known at synthesis, got ${got}: leave it out for every account`);
  }
  if (ids.some(id => (id as unknown) === undefined)) { throw new Error('crossAccountIds must be ids of accounts, got undefined'); }
  ids.forEach(id => checkText('crossAccountIds', id, ACCOUNT_ID, "ids of accounts, like '111122223333'"));
  const most = Math.floor(MOST_CHARACTERS_OF_ROLES / `"arn:aws-us-gov:iam::111122223333:role/${roleName}",`.length);
  if (ids.length > most) { throw new Error(`crossAccountIds must be ${most} at most with this role, got ${ids.length}: leave them out for every account`); }
}

function checkPipelines({ account, region }: Stack, arns: readonly string[] | undefined): void {
  if (arns === undefined || Token.isUnresolved(arns)) { return; }
  if (!Array.isArray(arns) || arns.length === 0) {
    throw new Error(`pipelineArns must have at least one ARN, got ${describeValue(arns)}: leave it out for the images of every pipeline`);
  }
  arns.forEach(arn => checkPipeline(arn, account, region));
  const { length } = arns.filter(isKnown).join();
  if (length > MOST_CHARACTERS) {
    throw new Error(`pipelineArns must have ${MOST_CHARACTERS} characters at most together, got ${length}: make a construct for some of them, or leave them out for all`);
  }
}

function checkPipeline(arn: unknown, account: string, region: string): void {
  if (arn === undefined) { throw new Error('pipelineArns must be ARNs, got undefined'); }
  checkText('pipelineArns', arn, PIPELINE_ARN, "like 'arn:aws:imagebuilder:eu-west-1:111122223333:image-pipeline/golden'");
  const [, ...parts] = isKnown(arn) ? PIPELINE_ARN.exec(arn as string)! : [];
  const other = parts.find((part, index) => isKnown(part) && isKnown([region, account][index]) && part !== [region, account][index]);
  if (other !== undefined) {
    throw new Error(`pipelineArns must be in the account and Region of the stack, where their events are, got ${describeValue(arn)} in ${account}, ${region}`);
  }
}

const PIPELINES: Shape<ImageBuilderImdsSupportProps> = {
  pipelineArns: LATER,
  crossAccountRoleName: LATER,
  crossAccountIds: LATER,
  runtime: LATER,
  onFailure: instance('an IDestination', value => 'bind' in value),
};
