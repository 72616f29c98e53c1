import { Aws, Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ParameterValueType, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { checkRuntime } from '../../functions/checked-options';
import { FunctionResource } from '../../functions/function-resource';
import { InlineFunction } from '../../functions/inline-function';
import { LATER, checkPlace } from '../../model/kinds';
import { checked } from '../../model/props';
import type { Shape } from '../../model/props';
import { describeValue } from '../../model/setting';
import { IMAGE_IMDS_SUPPORT } from '../../policy/image-types';
import { imdsSupportRight } from '../imds-support-right';
import { checkText } from '../known';
import { IMAGE_IMDS_SUPPORT_HANDLER } from './handler-code.generated';
import type { ImageImdsSupportProps } from './image-imds-support-props';

/**
 * Sets `ImdsSupport` v2.0 on an image of the account, with a custom resource. Instances that are launched from it require IMDSv2, with a hop
 * limit of 2, unless the launch, its launch template or an account default sets something else. Running instances do not change.
 *
 * EC2 cannot remove the attribute, and you must acknowledge this. The only way back is to register a new image from the same snapshots. So neither a
 * deletion nor a rollback changes the image again: the resource is retained, and the events of the stack show this. An image that already has the
 * attribute is not changed. The deployment fails if the image does not exist, or belongs to another account, because only its owner can set the
 * attribute.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImageImdsSupport } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Images');
 * new ImageImdsSupport(stack, 'Golden', { parameterName: '/images/golden', acknowledgeIrreversible: true });
 */
export class ImageImdsSupport extends Construct {
  /** The id of the image. Resources that use this value are created after the attribute is set. */
  public readonly imageId: string;

  /** The role that changes the image. */
  public readonly role: IRole;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the image
   * @throws Error if the change is not acknowledged as irreversible, no image is named, or the image does not belong to the account
   */
  public constructor(scope: Construct, id: string, props: ImageImdsSupportProps) {
    super(checkPlace(scope, id), id);
    checkProps(checked(props, IMAGE_PROPS));
    const imageId = props.imageId ?? StringParameter.valueForTypedStringParameterV2(this, props.parameterName!, ParameterValueType.AWS_EC2_IMAGE_ID);
    const setter = new InlineFunction(this, 'Setter', {
      description: 'Has launches from an AMI require IMDSv2',
      code: IMAGE_IMDS_SUPPORT_HANDLER,
      statements: [
        new PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
        new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
        imdsSupportRight(`arn:${Aws.PARTITION}:ec2:${Aws.REGION}::image/${imageId}`),
      ],
      timeout: TIMEOUT,
      runtime: props.runtime,
    });
    const resource = new FunctionResource(this, 'Resource', {
      resourceType: IMAGE_IMDS_SUPPORT,
      carriedOutBy: setter,
      timeout: TIMEOUT,
      removalPolicy: RemovalPolicy.RETAIN, // shown in the events of the stack; a deletion could not change the image
      properties: { ImageId: imageId },
    });
    this.node.defaultChild = resource.node.defaultChild;
    this.imageId = resource.ref;
    this.role = setter.role;
  }
}

/** The timeout of the function: a pending image needs minutes. */
const TIMEOUT = Duration.minutes(15);

const PAGE = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html';
const IMAGE_ID = /^ami-[0-9a-f]{8}(?:[0-9a-f]{9})?$/;
const PARAMETER = /^[\w.\-/]{1,1011}(?::\d+)?$/;

function checkProps({ acknowledgeIrreversible, imageId, parameterName, runtime }: ImageImdsSupportProps): void {
  if (acknowledgeIrreversible !== true) {
    throw new Error(`acknowledgeIrreversible must be true, got ${describeValue(acknowledgeIrreversible)}: ImdsSupport v2.0 cannot be removed from an image, `
      + `and software in it that supports only IMDSv1 stops working on new instances. Try it on a copy of the image first (${PAGE})`);
  }
  if ((imageId === undefined) === (parameterName === undefined)) {
    throw new Error(`one of imageId and parameterName must be given, got ${imageId === undefined ? 'neither' : 'both'}`);
  }
  checkText('imageId', imageId, IMAGE_ID, "like 'ami-1234567890abcdef0'");
  if (parameterName !== undefined) { checkParameter(parameterName); }
  checkRuntime(runtime);
}

function checkParameter(name: string): void {
  if (Token.isUnresolved(name)) { throw new Error('parameterName must be known at synthesis, got an unresolved value: give the value of the parameter as imageId'); }
  checkText('parameterName', name, PARAMETER, "the name of a parameter, such as '/images/golden'");
  if (/^\/?aws\//.test(name)) {
    throw new Error(`parameterName must name an image of the account, got ${describeValue(name)}: images of the public parameters belong to AWS, and only the owner can set ImdsSupport (${PAGE})`);
  }
}

const IMAGE_PROPS: Shape<ImageImdsSupportProps> = { acknowledgeIrreversible: LATER, imageId: LATER, parameterName: LATER, runtime: LATER };
