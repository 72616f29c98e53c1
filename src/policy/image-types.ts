/** The type of the custom resource whose id is that of an AMI that was registered with `ImdsSupport` v2.0. */
export const REGISTERED_IMAGE = 'Custom::ImdsRegisteredImage';

/** The type of the custom resource whose id is that of an AMI on which `ImdsSupport` v2.0 was set. */
export const IMAGE_IMDS_SUPPORT = 'Custom::ImageImdsSupport';

/** Whether the id of a resource of this type is that of an AMI from which launches require tokens where nothing else decides. */
export function isImageWithImdsSupport(type: string): boolean {
  return type === REGISTERED_IMAGE || type === IMAGE_IMDS_SUPPORT;
}
