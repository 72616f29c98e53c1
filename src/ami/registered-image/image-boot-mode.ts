/**
 * How instances boot from an image. The operating system must support it.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-boot.html
 */
export enum ImageBootMode {
  /** By legacy BIOS. */
  LEGACY_BIOS = 'legacy-bios',
  /** By UEFI. */
  UEFI = 'uefi',
  /** By UEFI on instance types that support it, otherwise by legacy BIOS. */
  UEFI_PREFERRED = 'uefi-preferred',
}
