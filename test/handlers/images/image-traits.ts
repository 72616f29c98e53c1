import type { Parameters } from '../harness/aws-server';
import { element } from '../harness/xml';

/** A device of an image: a volume, or an instance store device. */
export interface Device {
  readonly deviceName: string;
  readonly virtualName?: string;

  /** EC2's names of volume properties, which start in lower case, and their values. */
  readonly ebs?: { readonly [name: string]: string };
}

/** The properties of an image, without its name, its state and its owner. */
export interface ImageTraits {
  readonly architecture?: string;
  readonly virtualizationType?: string;
  readonly rootDeviceName?: string;
  readonly bootMode?: string;
  readonly tpmSupport?: string;
  readonly sriovNetSupport?: string;
  readonly enaSupport?: string;
  readonly kernelId?: string;
  readonly ramdiskId?: string;
  readonly devices?: readonly Device[];
  readonly tags?: { readonly [key: string]: string };
}

/** The names of the properties. */
export const TRAITS = [
  'architecture', 'virtualizationType', 'rootDeviceName', 'bootMode', 'tpmSupport', 'sriovNetSupport', 'enaSupport', 'kernelId', 'ramdiskId', 'devices', 'tags',
] as const;

const NAMES = ['Architecture', 'VirtualizationType', 'RootDeviceName', 'BootMode', 'TpmSupport', 'SriovNetSupport', 'EnaSupport'];

/** The default properties of every volume. */
const FILLED_IN = { volumeSize: '8', volumeType: 'standard', deleteOnTermination: 'true', encrypted: 'false' };

/** The properties of an image that was registered with these parameters. EC2 lists devices in any order. */
export function traitsOf(parameters: Parameters): ImageTraits {
  const traits = NAMES.filter(name => name in parameters).map(name => [lowerFirst(name), parameters[name]]);
  return { ...Object.fromEntries(traits), devices: devicesIn(parameters).reverse(), tags: tagsIn(parameters) };
}

export function traitsXml({ devices = [], tags = {}, ...traits }: ImageTraits): string {
  const items = devices.map(({ deviceName, virtualName, ebs }) => '<item>' + element('deviceName', deviceName)
    + (virtualName ? element('virtualName', virtualName) : '') + (ebs ? `<ebs>${elements(ebs)}</ebs>` : '') + '</item>');
  const tagItems = Object.entries(tags).map(([key, value]) => `<item>${elements({ key, value })}</item>`);
  return `${elements(traits as { [name: string]: string })}<blockDeviceMapping>${items.join('')}</blockDeviceMapping><tagSet>${tagItems.join('')}</tagSet>`;
}

function devicesIn(parameters: Parameters): Device[] {
  return numbered(parameters, 'BlockDeviceMapping').map(({ DeviceName, VirtualName, ...ebs }) => {
    if (VirtualName) { return { deviceName: DeviceName, virtualName: VirtualName }; }
    const options = Object.entries(ebs).map(([name, value]) => [lowerFirst(name.replace('Ebs.', '')), value]);
    return { deviceName: DeviceName, ebs: { ...FILLED_IN, ...Object.fromEntries(options) as object } };
  });
}

function tagsIn(parameters: Parameters): ImageTraits['tags'] {
  return Object.fromEntries(numbered(parameters, 'TagSpecification.1.Tag').map(({ Key, Value }) => [Key, Value]));
}

/** The items of a list in the query protocol, each with its parameters. */
function numbered(parameters: Parameters, list: string): Parameters[] {
  const items: { [name: string]: string }[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const [, index, rest] = new RegExp(`^${list}\\.(\\d+)\\.(.+)$`).exec(name) ?? [];
    if (index) { items[Number(index) - 1] = { ...items[Number(index) - 1], [rest]: value }; }
  }
  return items;
}

function elements(texts: { readonly [name: string]: string }): string {
  return Object.entries(texts).map(([name, text]) => element(name, text)).join('');
}

function lowerFirst(name: string): string {
  return name[0].toLowerCase() + name.slice(1);
}
