import { Annotations, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IMachineImage, MachineImageConfig } from 'aws-cdk-lib/aws-ec2';
import { OperatingSystemType, UserData } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkRemovalPolicy, checkRuntime } from '../../functions/checked-options';
import { FunctionResource } from '../../functions/function-resource';
import { InlineFunction } from '../../functions/inline-function';
import { CONSTRUCT, checkPlace, checkValue } from '../../model/kinds';
import { outermostStack } from '../../model/outermost-stack';
import { checked } from '../../model/props';
import { describeValue } from '../../model/setting';
import { REGISTERED_IMAGE } from '../../policy/image-types';
import { isKnown } from '../known';
import { enclosingStackIds } from './enclosing-stacks';
import { REGISTERED_IMAGE_HANDLER } from './handler-code.generated';
import { registerParameters } from './register-parameters';
import { REGISTERED_IMAGE_PROPS } from './registered-image-props';
import type { RegisteredImageProps } from './registered-image-props';
import { MOST_SNAPSHOTS, registeringRights, SnapshotDeletion, snapshotsOf } from './rights';
import { tagSpecification } from './tag-specification';

/**
 * Registers an AMI from EBS snapshots with `ImdsSupport` v2.0, with a custom resource. Instances that are launched from it require IMDSv2, with a
 * hop limit of 2, unless the launch, its launch template or an account default sets something else.
 *
 * It is a machine image for `Instance`, `LaunchTemplate` and `AutoScalingGroup`. Every change registers a new image, which replaces instances that
 * use it and gives launch templates a new version. When the update has succeeded, the old image is deregistered. A deployment waits until the image
 * is available. If the image fails, it is deregistered, and the deployment fails with EC2's reason. Its function only registers images from these
 * snapshots, and confirms each request with CloudFormation. See `docs/amis.md` for what a principal can do that can invoke it.
 *
 * `ImdsSupport` cannot be removed from an image: to go back, register another image from the same snapshots with another tool. Windows images
 * cannot be registered from snapshots.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#configure-IMDS-new-instances-ami-configuration
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { BlockDeviceVolume, InstanceType, LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
 * import { ImageArchitecture, RegisteredImage } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Web');
 * const image = new RegisteredImage(stack, 'Image', {
 *   architecture: ImageArchitecture.ARM_64,
 *   blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot('snap-1234567890abcdef0') }],
 * });
 * new LaunchTemplate(stack, 'Template', { machineImage: image, instanceType: new InstanceType('m7g.large') });
 */
export class RegisteredImage extends Construct implements IMachineImage {
  /** The id of the image, such as `ami-1234567890abcdef0`. */
  public readonly imageId: string;

  /** The full name of the image, with the part that the function adds. */
  public readonly imageName: string;

  /** The role that registers the image. */
  public readonly role: IRole;

  private readonly userData: UserData | undefined;
  private readonly isRetained: boolean;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the snapshots and the settings of the image
   * @throws Error if EC2 does not accept a property, or two contradict each other
   */
  public constructor(scope: Construct, id: string, props: RegisteredImageProps) {
    super(checkPlace(scope, id), id);
    checked(props, REGISTERED_IMAGE_PROPS);
    const { imageName = defaultName(this), deleteSnapshots = false, removalPolicy, runtime } = props;
    const parameters = registerParameters(props, imageName, tagSpecification(props.tags));
    checkRemovalPolicy(removalPolicy);
    checkRuntime(runtime);
    const isRetained = removalPolicy !== undefined && removalPolicy !== RemovalPolicy.DESTROY;
    const snapshots = snapshotsOf(parameters.BlockDeviceMappings);
    if (deleteSnapshots) { checkDeletion(snapshots, isRetained ? removalPolicy : undefined); }
    const registrar = new InlineFunction(this, 'Registrar', {
      description: 'Registers an AMI that requires IMDSv2',
      code: REGISTERED_IMAGE_HANDLER,
      statements: registeringRights(snapshots, enclosingStackIds(this)),
      timeout: TIMEOUT,
      runtime,
    });
    const resource = new FunctionResource(this, 'Resource', {
      resourceType: REGISTERED_IMAGE,
      carriedOutBy: registrar,
      timeout: TIMEOUT,
      rights: deleteSnapshots ? [new SnapshotDeletion(this, 'SnapshotDeletion', registrar.role, snapshots)] : [],
      removalPolicy,
      properties: { Image: parameters, DeleteSnapshots: deleteSnapshots, Retain: isRetained || undefined },
    });
    this.node.defaultChild = resource.node.defaultChild;
    this.isRetained = isRetained;
    this.imageId = resource.ref;
    this.imageName = resource.getAttString('Name');
    this.role = registrar.role;
    this.userData = props.userData;
  }

  /**
   * The image, for the constructs of `aws-ec2` and `aws-autoscaling`.
   *
   * @param scope the construct that launches from it
   * @throws Error if it is in another Region than the image
   */
  public getImage(scope: Construct): MachineImageConfig {
    checkValue('scope', scope, CONSTRUCT);
    checkRegion(this, scope);
    if (outermostStack(this) !== outermostStack(scope) && !(this.isRetained && importsWeakly(scope))) { warnOfOtherStack(this, Stack.of(scope)); }
    return { imageId: this.imageId, osType: OperatingSystemType.LINUX, userData: this.userData ?? UserData.forLinux() };
  }
}

/** The timeout of the function: a pending image needs minutes. */
const TIMEOUT = Duration.minutes(15);

function checkDeletion({ length }: readonly string[], retaining: RemovalPolicy | undefined): void {
  if (retaining) { throw new Error(`deleteSnapshots must not be true with the removal policy '${retaining}', which leaves the image with its snapshots`); }
  if (length > MOST_SNAPSHOTS) { throw new Error(`deleteSnapshots must not be true with more than ${MOST_SNAPSHOTS} snapshots, got ${length}: delete them yourself`); }
}

function defaultName(image: RegisteredImage): string {
  return Names.uniqueResourceName(image, { maxLength: 100, separator: '-' });
}

function checkRegion(image: RegisteredImage, scope: Construct): void {
  const [{ region }, { region: other }] = [Stack.of(image), Stack.of(scope)];
  if (region !== other && isKnown(region) && isKnown(other)) {
    throw new Error(`an image of the Region ${describeValue(region)} cannot be launched in ${describeValue(other)}: register one in a stack there`);
  }
}

/** Whether a construct references other stacks through outputs, which can change, and not through exports, which cannot change while they are used. */
function importsWeakly(scope: Construct): boolean {
  return scope.node.tryGetContext('@aws-cdk/core:defaultCrossStackReferences') === 'weak';
}

function warnOfOtherStack(image: RegisteredImage, stack: Stack): void {
  Annotations.of(image).addWarningV2('Imdsv2::ImageInOtherStack', `a resource launches from the image in the stack '${stack.node.path}': `
    + 'an export cannot change while another stack imports it, so the image could never change; with a weak reference or a parameter, the old image '
    + 'is deregistered before that stack is deployed. Move the image to that stack, or pass its id by a weak reference or an AWS::SSM::Parameter, '
    + 'and set RemovalPolicy.RETAIN');
}
