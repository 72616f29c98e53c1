/**
 * How instances boot from an image. Its operating system has to be made for that.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-boot.html
 */
export enum ImageBootMode {
  /** By legacy BIOS. */
  LEGACY_BIOS = 'legacy-bios',
  /** By UEFI. */
  UEFI = 'uefi',
  /** By UEFI on instance types that can, and else by legacy BIOS. */
  UEFI_PREFERRED = 'uefi-preferred',
}
