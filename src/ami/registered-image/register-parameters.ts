import { Token } from 'aws-cdk-lib';
import { checkOneOf } from '../../model/one-of';
import { describeValue } from '../../model/setting';
import type { BlockDeviceMapping } from './block-device-mappings';
import { mappingsOf } from './block-device-mappings';
import { ImageArchitecture } from './image-architecture';
import { ImageBootMode } from './image-boot-mode';
import { ImageVirtualizationType } from './image-virtualization-type';
import type { RegisteredImageProps } from './registered-image-props';
import type { TagSpecification } from './tag-specification';

/** The parameters of `RegisterImage` that a user has a say in; `ImdsSupport` is none of them. */
export interface RegisterParameters {
  readonly Name: string;
  readonly Description?: string;
  readonly Architecture: string;
  readonly RootDeviceName: string;
  readonly BlockDeviceMappings: readonly BlockDeviceMapping[];
  readonly BootMode?: string;
  readonly TpmSupport?: string;
  readonly UefiData?: string;
  readonly EnaSupport: boolean;
  readonly SriovNetSupport?: string;
  readonly VirtualizationType: string;
  readonly TagSpecifications: readonly TagSpecification[];
}

/**
 * The properties of an image in the words of EC2.
 *
 * @param props the properties
 * @param name what its name begins with
 * @param tags its tags
 * @throws Error where EC2 would refuse one, instances would not be reachable, or two contradict each other
 */
export function registerParameters(props: RegisteredImageProps, name: string, tags: TagSpecification): RegisterParameters {
  const { architecture, blockDevices, description, bootMode, tpmSupport, uefiData, virtualizationType = ImageVirtualizationType.HVM } = props;
  checkText('imageName', name, NAME, "1 to 117 letters, digits, spaces, and ( ) [ ] . / - ' @ _");
  checkText('description', description, DESCRIPTION, 'a text of 1 to 255 characters');
  checkSwitches(props);
  checkKnown('architecture', architecture, Object.values(ImageArchitecture));
  if (bootMode !== undefined) { checkKnown('bootMode', bootMode, Object.values(ImageBootMode)); }
  checkKnown('virtualizationType', virtualizationType, Object.values(ImageVirtualizationType));
  const isHvm = virtualizationType !== ImageVirtualizationType.PARAVIRTUAL;
  const { enaSupport = isHvm } = props;
  if (!isHvm) { checkParavirtual(props); }
  checkFirmware(props);
  const mappings = mappingsOf(blockDevices);
  return {
    Name: name,
    Description: description,
    Architecture: architecture,
    RootDeviceName: rootDeviceOf(props, mappings),
    BlockDeviceMappings: mappings,
    BootMode: bootMode,
    TpmSupport: tpmSupport ? 'v2.0' : undefined,
    UefiData: uefiData,
    EnaSupport: enaSupport,
    SriovNetSupport: props.sriovNetSupport ? 'simple' : undefined,
    VirtualizationType: virtualizationType,
    TagSpecifications: [tags],
  };
}

const NAME = /^[\w()[\] ./\-'@]{1,117}$/;
const DESCRIPTION = /^[^]{1,255}$/;
const UEFI_DATA = /^(?=.{4,64000}$)[A-Za-z0-9+/]+={0,2}$/;

function checkText(name: string, value: string | undefined, pattern: RegExp, what: string): void {
  if (value !== undefined && !Token.isUnresolved(value) && !(typeof value === 'string' && pattern.test(value))) {
    throw new Error(`${name} must be ${what}, got ${describeValue(value)}`);
  }
}

function checkKnown(name: string, value: unknown, known: readonly unknown[]): void {
  if (!Token.isUnresolved(value)) { checkOneOf(name, value, known); }
}

function checkSwitches({ tpmSupport, enaSupport, sriovNetSupport, deleteSnapshots }: RegisteredImageProps): void {
  for (const [name, value] of Object.entries<unknown>({ tpmSupport, enaSupport, sriovNetSupport, deleteSnapshots })) {
    if (value !== undefined && typeof value !== 'boolean') { throw new Error(`${name} must be true or false, got ${describeValue(value)}`); }
  }
}

/** The root device is what an instance boots from: one of the devices, and not empty. */
function rootDeviceOf({ rootDeviceName, blockDevices }: RegisteredImageProps, mappings: readonly BlockDeviceMapping[]): string {
  const root = rootDeviceName === undefined ? mappings[0] : mappings.find(({ DeviceName }) => DeviceName === rootDeviceName);
  if (!root && Token.isUnresolved([rootDeviceName, ...blockDevices.map(({ deviceName }) => deviceName)])) { return rootDeviceName!; }
  if (!root) {
    throw new Error(`rootDeviceName must be one of ${mappings.map(({ DeviceName }) => describeValue(DeviceName)).join(', ')}, got ${describeValue(rootDeviceName)}`);
  }
  if (root.Ebs?.SnapshotId === undefined) {
    throw new Error(`the root device ${describeValue(root.DeviceName)} must be made of a snapshot, as by BlockDeviceVolume.ebsFromSnapshot()`);
  }
  return root.DeviceName;
}

/** What makes instances of a paravirtual image unreachable, or does not go with it. */
function checkParavirtual({ enaSupport, sriovNetSupport, bootMode }: RegisteredImageProps): void {
  for (const [name, value] of Object.entries({ enaSupport, sriovNetSupport })) {
    if (value) { throw new Error(`${name} must not be true for a paravirtual image, whose instances may then be unreachable, got ${describeValue(value)}`); }
  }
  if (bootMode !== undefined && !Token.isUnresolved(bootMode) && bootMode !== ImageBootMode.LEGACY_BIOS) {
    throw new Error(`bootMode must be 'legacy-bios' or not be given for a paravirtual image, got ${describeValue(bootMode)}`);
  }
}

function checkFirmware({ bootMode, tpmSupport, uefiData }: RegisteredImageProps): void {
  checkText('uefiData', uefiData, UEFI_DATA, 'a text in base64 of 64,000 characters at most');
  if (Token.isUnresolved(bootMode)) { return; }
  if (tpmSupport && (bootMode === undefined || bootMode === ImageBootMode.LEGACY_BIOS)) {
    throw new Error(`tpmSupport needs bootMode 'uefi', got ${bootMode === undefined ? 'none' : describeValue(bootMode)}`);
  }
  if (uefiData !== undefined && bootMode === ImageBootMode.LEGACY_BIOS) { throw new Error("uefiData must not be given with bootMode 'legacy-bios'"); }
}
