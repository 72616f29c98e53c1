/** The type of the custom resource that registers an AMI with `ImdsSupport` v2.0. Its id is that of the AMI. */
export const REGISTERED_IMAGE = 'Custom::ImdsRegisteredImage';

/** The type of the custom resource that sets `ImdsSupport` v2.0 on an AMI. Its id is that of the AMI. */
export const IMAGE_IMDS_SUPPORT = 'Custom::ImageImdsSupport';

/** Whether the id of such a resource is that of an AMI with `ImdsSupport` v2.0. Launches from it require tokens if no other setting decides. */
export function isImageWithImdsSupport(type: string): boolean {
  return type === REGISTERED_IMAGE || type === IMAGE_IMDS_SUPPORT;
}
