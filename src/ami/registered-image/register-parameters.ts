import { checkValue, oneOf, required } from '../../model/kinds';
import { describeValue } from '../../model/setting';
import { checkText, isKnown } from '../known';
import type { BlockDeviceMapping } from './block-device-mappings';
import { mappingsOf } from './block-device-mappings';
import { ImageArchitecture } from './image-architecture';
import { ImageBootMode } from './image-boot-mode';
import { ImageVirtualizationType } from './image-virtualization-type';
import type { RegisteredImageProps } from './registered-image-props';
import type { TagSpecification } from './tag-specification';

/** The parameters of `RegisterImage` that a user can set; `ImdsSupport` is not one of them. */
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
 * The properties of an image as parameters of EC2's API.
 *
 * @param props the properties
 * @param name the start of its name
 * @param tags its tags
 * @throws Error if EC2 does not accept one, instances would not be reachable, or two contradict each other
 */
export function registerParameters(props: RegisteredImageProps, name: string, tags: TagSpecification): RegisterParameters {
  const { architecture, blockDevices, description, bootMode, tpmSupport, uefiData, virtualizationType = ImageVirtualizationType.HVM } = props;
  checkText('imageName', name, NAME, "1 to 117 letters, digits, spaces, and ( ) [ ] . / - ' @ _");
  checkText('description', description, DESCRIPTION, 'a string of 1 to 255 characters');
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

function checkKnown(name: string, value: unknown, known: readonly unknown[]): void {
  if (isKnown(value)) { checkValue(name, value, required(oneOf(known))); }
}

/** The root device, from which an instance boots. It must be one of the devices, and must not be empty. */
function rootDeviceOf({ rootDeviceName }: RegisteredImageProps, mappings: readonly BlockDeviceMapping[]): string {
  const names = mappings.map(({ DeviceName }) => DeviceName);
  const root = rootDeviceName === undefined ? mappings[0] : mappings.find(({ DeviceName }) => DeviceName === rootDeviceName);
  if (!root && [rootDeviceName, ...names].every(isKnown)) {
    throw new Error(`rootDeviceName must be one of ${names.map(describeValue).join(', ')}, got ${describeValue(rootDeviceName)}`);
  }
  if (!(root ? [root] : mappings).some(({ Ebs }) => Ebs?.SnapshotId !== undefined)) {
    const name = root?.DeviceName ?? rootDeviceName;
    throw new Error(`the root device ${describeValue(name)} must be made of a snapshot, as by BlockDeviceVolume.ebsFromSnapshot()`);
  }
  return root?.DeviceName ?? rootDeviceName!;
}

/** Options that make instances of a paravirtual image unreachable, or are not supported with it. */
function checkParavirtual({ architecture, enaSupport, sriovNetSupport, bootMode, uefiData }: RegisteredImageProps): void {
  for (const [name, value] of Object.entries({ enaSupport, sriovNetSupport })) {
    if (value) { throw new Error(`${name} must not be true for a paravirtual image, whose instances may then be unreachable, got ${describeValue(value)}`); }
  }
  if (isForArm(architecture)) { throw new Error(`virtualizationType must be 'hvm' for the architecture ${describeValue(architecture)}, got 'paravirtual'`); }
  if (bootMode !== undefined && isKnown(bootMode) && bootMode !== ImageBootMode.LEGACY_BIOS) {
    throw new Error(`bootMode must be 'legacy-bios' or not be given for a paravirtual image, got ${describeValue(bootMode)}`);
  }
  if (uefiData !== undefined) { throw new Error('uefiData must not be given for a paravirtual image, which does not boot by UEFI'); }
}

/** Options that need UEFI, which is the default only for Arm processors. */
function checkFirmware({ architecture, bootMode, tpmSupport, uefiData }: RegisteredImageProps): void {
  checkText('uefiData', uefiData, UEFI_DATA, 'a string in base64 of 64,000 characters at most');
  if (!isKnown(bootMode)) { return; }
  const got = bootMode === undefined ? 'none' : describeValue(bootMode);
  if (isForArm(architecture) && bootMode === ImageBootMode.LEGACY_BIOS) {
    throw new Error(`bootMode must be 'uefi' for the architecture ${describeValue(architecture)}, got ${got}`);
  }
  if (bootMode === ImageBootMode.UEFI || bootMode === ImageBootMode.UEFI_PREFERRED) { return; }
  if (tpmSupport) { throw new Error(`tpmSupport needs bootMode 'uefi', got ${got}`); }
  if (uefiData !== undefined && !isForArm(architecture)) { throw new Error(`uefiData needs bootMode 'uefi', got ${got}`); }
}

function isForArm(architecture: ImageArchitecture): boolean {
  return architecture === ImageArchitecture.ARM_64 || architecture === ImageArchitecture.ARM_64_MAC;
}
