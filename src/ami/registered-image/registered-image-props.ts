import type { RemovalPolicy } from 'aws-cdk-lib';
import type { BlockDevice, UserData } from 'aws-cdk-lib/aws-ec2';
import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import { BOOLEAN, LATER, TEXT, instance, required } from '../../model/kinds';
import type { Shape } from '../../model/props';
import type { ImageArchitecture } from './image-architecture';
import type { ImageBootMode } from './image-boot-mode';
import type { ImageVirtualizationType } from './image-virtualization-type';

/** The properties of an image. Every change registers a new image. */
export interface RegisteredImageProps {
  /** The processor architecture of the image. EC2 does not check the snapshot, so this must match its content. */
  readonly architecture: ImageArchitecture;

  /**
   * The volumes of an instance: the root device, which is made of a snapshot, and others, each of a snapshot, empty, or of the instance store.
   *
   * A volume from a snapshot is encrypted if the snapshot is, if the account encrypts by default, or if the launch requests it. Keys and initialization rates are set at launch.
   */
  readonly blockDevices: BlockDevice[];

  /**
   * The device name of the root device.
   *
   * @default - that of the first of the block devices
   */
  readonly rootDeviceName?: string;

  /**
   * The beginning of the name of the image: 1 to 117 letters, digits, spaces, and `( ) [ ] . / - ' @ _`.
   *
   * A dash and ten characters follow. They differ for each image, because EC2 names are unique in an account and Region, and the old and the new
   * image both exist during an update. The attribute `imageName` has the full name. If another image has this name, the deployment fails and shows
   * the differences: deregister that image, or set another `imageName`.
   *
   * @default - a name that is generated from the path of the construct
   */
  readonly imageName?: string;

  /**
   * A description of the image, 255 characters at most.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * How instances boot from the image.
   *
   * @default - the default of the instance type: UEFI with Graviton processors, otherwise legacy BIOS
   */
  readonly bootMode?: ImageBootMode;

  /**
   * Whether instances have a NitroTPM, version 2.0. It needs a boot mode with UEFI.
   *
   * @default false
   */
  readonly tpmSupport?: boolean;

  /**
   * The non-volatile UEFI variable store in base64, 64,000 characters at most, as for UEFI Secure Boot. It does not go with legacy BIOS.
   *
   * @default - the variable store is empty
   */
  readonly uefiData?: string;

  /**
   * Whether instances use enhanced networking by the Elastic Network Adapter, for which the operating system needs a driver. Instances on the
   * Nitro system do not start without.
   *
   * @default - true for HVM, false for paravirtual images
   */
  readonly enaSupport?: boolean;

  /**
   * Whether instances use enhanced networking by the Intel 82599 Virtual Function interface, as some instance types of previous generations do.
   *
   * @default false
   */
  readonly sriovNetSupport?: boolean;

  /**
   * How instances are virtualized.
   *
   * @default ImageVirtualizationType.HVM
   */
  readonly virtualizationType?: ImageVirtualizationType;

  /**
   * Tags of the image, 49 at most. Snapshots and instances do not get them.
   *
   * `Tags.of()` does not reach the image: a tag that is another one with each deployment would register another image with each, and replace
   * the instances.
   *
   * @default - only `cdk-imdsv2:stack-id`, which identifies the images of this construct
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * The user data of instances that are launched from the image by the constructs of `aws-ec2` and `aws-autoscaling`.
   *
   * @default - empty user data for Linux
   */
  readonly userData?: UserData;

  /**
   * What happens to an image when it is replaced, or removed from the stack.
   *
   * `DESTROY` deregisters it after the update; its instances keep running. `RETAIN` keeps it with its snapshots, and you can deregister it yourself.
   * `RETAIN_ON_UPDATE_OR_DELETE` keeps it unless the creation fails.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether the snapshots are deleted with an image that is deregistered: those that `blockDevices` names, 40 at most, and no others. Those that another
   * image uses stay. So do those of an image that failed; a rollback, though, deregisters an image that was through, and deletes its snapshots.
   *
   * The function gets the right to delete them by a managed policy.
   *
   * @default false, since the snapshots were there before the image
   */
  readonly deleteSnapshots?: boolean;

  /**
   * The runtime of the function that registers the image: Node.js 22 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
}

/** The accepted values of the properties. */
export const REGISTERED_IMAGE_PROPS: Shape<RegisteredImageProps> = {
  architecture: required(LATER),
  blockDevices: LATER,
  rootDeviceName: TEXT,
  imageName: LATER,
  description: LATER,
  bootMode: LATER,
  tpmSupport: BOOLEAN,
  uefiData: LATER,
  enaSupport: BOOLEAN,
  sriovNetSupport: BOOLEAN,
  virtualizationType: LATER,
  tags: LATER,
  userData: instance('a UserData', value => 'render' in value),
  removalPolicy: LATER,
  deleteSnapshots: BOOLEAN,
  runtime: LATER,
};
