import type { Answer, Call } from '../harness/aws-server';
import { AwsServer, failed, succeeded, unknownAction } from '../harness/aws-server';
import { ACCOUNT, STACK_ID } from '../harness/cloudformation';
import { ec2Xml, element } from '../harness/xml';
import { type ImageTraits, TRAITS, traitsOf, traitsXml } from './image-traits';

/** An image, in one Region of one account. */
export interface Image extends ImageTraits {
  readonly name: string;
  readonly region: string;
  readonly owner: string;
  state: string;
  reason?: string;
  imdsSupport?: string;
  readonly uefiData?: string;

  /** The accounts that can launch it. */
  readonly sharedWith?: readonly string[];

  /** How often it is described before its state changes. */
  polls: number;
  readonly becomes: string;
}

/** The states of images that are registered from now on. */
export interface Fate {
  readonly becomes: string;
  readonly reason?: string;
  readonly polls: number;

  /** Whether EC2 does not set the attribute. */
  readonly ignoresImdsSupport?: boolean;
}

/** The data of a resource and its stack in CloudFormation. */
export interface StackState {
  readonly resourceType: string;
  readonly resourceStatus: string;
  readonly physicalId: string;
  readonly stackStatus: string;
}

const REGION = 'eu-west-1';

/** The access key of the function itself. */
const OWN_KEY = 'AKIDEXAMPLE';

/** The images of EC2 in all Regions and accounts, as far as the handlers use them. */
export class FakeEc2 extends AwsServer {
  public readonly images = new Map<string, Image>();

  /** The existing snapshots. All by default. */
  public snapshots: Set<string> | undefined;
  /** The sizes of snapshots, in GiB. The default is 8. */
  public readonly snapshotSizes = new Map<string, number>();
  public fate: Fate = { becomes: 'available', polls: 0 };

  /** How often EC2 finds no image with a filter, although it exists. */
  public unlisted = 0;

  /** How often EC2 registers an image, but returns an error. */
  public forgets = 0;

  /** The data in CloudFormation. At first, it is creating the resource. */
  public stack: StackState = {
    resourceType: 'Custom::ImdsRegisteredImage', resourceStatus: 'CREATE_IN_PROGRESS', physicalId: 'none', stackStatus: 'CREATE_IN_PROGRESS',
  };

  /** The statuses of the parent stacks, from the inside out. */
  public enclosing: readonly string[] = [];

  /** The results for each snapshot that is to be deleted. */
  public snapshotResults: readonly string[] = ['success', 'skipped'];

  /** After how many descriptions of an image a changed attribute is visible. */
  public lag = 0;
  private counter = 0;
  private hidden: string | undefined;

  /** Adds an image, by default available and without the attribute. */
  public add(id: string, image: Partial<Image> = {}): Image {
    const added = { name: id, region: REGION, owner: ACCOUNT, state: 'available', becomes: 'available', polls: 0, ...image };
    this.images.set(id, added);
    return added;
  }

  /** The names of the existing images. */
  public get names(): string[] {
    return [...this.images.values()].map(({ name }) => name);
  }

  protected answer(call: Call): Answer {
    if (call.accessKeyId !== OWN_KEY && !call.sessionToken) { return failed('AuthFailure', 'a temporary access key takes a session token'); }
    switch (call.action) {
      case 'DescribeImages': return this.describe(call);
      case 'DescribeImageAttribute': return this.describeAttribute(call);
      case 'DescribeSnapshots': return this.describeSnapshots(call);
      case 'RegisterImage': return this.register(call);
      case 'DeregisterImage': return this.deregister(call);
      case 'ModifyImageAttribute': return this.modify(call);
      case 'DescribeStackResource': return succeeded(cloudFormationXml(call.action, resourceXml(this.stack)));
      case 'DescribeStacks': return this.describeStack(call);
      default: return unknownAction(call);
    }
  }

  private describeStack({ action, parameters: { StackName } }: Call): Answer {
    const ids = [STACK_ID, ...this.enclosing.map((_, index) => enclosingId(index))];
    const index = ids.indexOf(StackName);
    if (index < 0) { return failed('ValidationError', `Stack with id ${StackName} does not exist`); }
    const status = [this.stack.stackStatus, ...this.enclosing][index];
    const around = index < ids.length - 1 ? element('ParentId', ids[index + 1]) + element('RootId', ids.at(-1)!) : '';
    return succeeded(cloudFormationXml(action, `<Stacks><member>${element('StackStatus', status)}${around}</member></Stacks>`));
  }

  private describe({ action, region, accessKeyId, parameters }: Call): Answer {
    const { 'ImageId.1': id, 'Owner.1': owner, 'Filter.1.Name': filter, 'Filter.1.Value.1': value, IncludeDisabled } = parameters;
    if (id && this.images.get(id)?.region !== region) { return notFound(id); }
    if (filter && this.unlisted-- > 0) { return succeeded(ec2Xml(action, '<imagesSet/>')); }
    const found = [...this.images].filter(([name, image]) => (!id || name === id) && image.region === region
      && (owner !== 'self' || image.owner === accountOf(accessKeyId))
      && (filter === 'name' ? image.name === value : filter === 'image-id' ? name === value : !filter));
    const items = found.map(([name, image]) => this.item(name, image)).filter((_, index) => IncludeDisabled === 'true' || found[index][1].state !== 'disabled');
    return succeeded(ec2Xml(action, `<imagesSet>${items.join('')}</imagesSet>`));
  }

  private describeAttribute({ action, region, parameters: { ImageId: id, Attribute } }: Call): Answer {
    const image = this.images.get(id);
    if (image?.region !== region) { return notFound(id); }
    if (image.state === 'pending') { return failed('InvalidAMIID.Unavailable', `The image id '[${id}]' is not available`); }
    const { uefiData, sharedWith = [] } = image;
    const permissions = sharedWith.map(account => `<item>${account === 'all' ? element('group', account) : element('userId', account)}</item>`);
    const value = Attribute === 'uefiData' ? `<uefiData>${uefiData ? element('value', uefiData) : ''}</uefiData>` : `<launchPermission>${permissions.join('')}</launchPermission>`;
    return succeeded(ec2Xml(action, element('imageId', id) + value));
  }

  private describeSnapshots({ action, parameters }: Call): Answer {
    const ids = Object.entries(parameters).filter(([name]) => name.startsWith('SnapshotId.')).map(([, id]) => id);
    const items = ids.map(id => `<item>${element('snapshotId', id)}${element('volumeSize', String(this.snapshotSizes.get(id) ?? 8))}</item>`);
    return succeeded(ec2Xml(action, `<snapshotSet>${items.join('')}</snapshotSet>`));
  }

  private item(id: string, image: Image): string {
    if (['pending', 'transient'].includes(image.state) && image.polls-- <= 0) { image.state = image.becomes; }
    const isSeen = this.hidden !== id || this.lag-- <= 0;
    return `<item>${element('imageId', id)}${element('name', image.name)}${element('imageOwnerId', image.owner)}${element('imageState', image.state)}`
      + (image.reason && image.state !== 'available' ? `<stateReason>${element('message', image.reason)}</stateReason>` : '')
      + traitsXml(traitsIn(image)) + `${image.imdsSupport && isSeen ? element('imdsSupport', image.imdsSupport) : ''}</item>`;
  }

  private register({ action, region, accessKeyId, parameters }: Call): Answer {
    const owner = accountOf(accessKeyId);
    const { Name: name, ImdsSupport } = parameters;
    const twin = [...this.images].find(([, image]) => image.name === name && image.owner === owner && image.region === region && image.state !== 'deregistered');
    if (twin) { return failed('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${twin[0]}`); }
    const missing = snapshotsIn(parameters).find(snapshot => this.snapshots && !this.snapshots.has(snapshot));
    if (missing) { return failed('InvalidSnapshot.NotFound', `The snapshot '${missing}' does not exist.`); }

    const id = `ami-${String(++this.counter).padStart(17, '0')}`;
    const { ignoresImdsSupport, ...fate } = this.fate;
    this.add(id, { ...traitsOf(parameters), uefiData: parameters.UefiData, name, region, owner, ...fate, state: 'pending', imdsSupport: ignoresImdsSupport ? undefined : ImdsSupport });
    return this.forgets-- > 0 ? failed('InternalError', 'An internal error has occurred') : succeeded(ec2Xml(action, element('imageId', id)));
  }

  private deregister({ action, region, parameters: { ImageId: id, DeleteAssociatedSnapshots } }: Call): Answer {
    if (this.images.get(id)?.region !== region) { return notFound(id); }
    if (this.images.get(id)!.state === 'deregistered') { return failed('InvalidAMIID.Unavailable', `The image id '[${id}]' is no longer available`); }
    this.images.delete(id);
    const results = DeleteAssociatedSnapshots === 'true' ? this.snapshotResults : [];
    const items = results.map((code, index) => `<item>${element('snapshotId', `snap-${index}`)}${element('returnCode', code)}</item>`);
    return succeeded(ec2Xml(action, `<return>true</return><deleteSnapshotResultSet>${items.join('')}</deleteSnapshotResultSet>`));
  }

  private modify({ action, region, accessKeyId, parameters: { ImageId: id, ...attribute } }: Call): Answer {
    const image = this.images.get(id);
    if (image?.region !== region) { return notFound(id); }
    if (image.owner !== accountOf(accessKeyId)) { return failed('AuthFailure', `Not authorized for image:${id}`); }
    if (image.state !== 'available') { return failed('InvalidAMIID.Unavailable', `The image id '[${id}]' is not available`); }
    if (JSON.stringify(attribute) !== '{"ImdsSupport.Value":"v2.0"}') { return failed('InvalidParameterValue', `not an attribute: ${JSON.stringify(attribute)}`); }
    if (!this.fate.ignoresImdsSupport) { image.imdsSupport = 'v2.0'; }
    this.hidden = id;
    return succeeded(ec2Xml(action, '<return>true</return>'));
  }
}

/** The id of a parent stack. */
export function enclosingId(index: number): string {
  return STACK_ID.replace('/Account/', `/Around${index}/`);
}

/** The account of the credentials of a call. */
export function accountOf(accessKeyId: string): string {
  return /^AKID(\d{12})$/.exec(accessKeyId)?.[1] ?? ACCOUNT;
}

function snapshotsIn(parameters: Call['parameters']): string[] {
  return Object.entries(parameters).filter(([name]) => name.endsWith('.SnapshotId')).map(([, value]) => value);
}

function notFound(id: string): Answer {
  return failed('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
}

function traitsIn(image: Image): ImageTraits {
  return Object.fromEntries(TRAITS.filter(name => image[name] !== undefined).map(name => [name, image[name]]));
}

function resourceXml({ resourceType, resourceStatus, physicalId }: StackState): string {
  const detail = { ResourceType: resourceType, ResourceStatus: resourceStatus, PhysicalResourceId: physicalId };
  return `<StackResourceDetail>${Object.entries(detail).map(([name, text]) => element(name, text)).join('')}</StackResourceDetail>`;
}

function cloudFormationXml(action: string, result: string): string {
  return `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`;
}
