import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * The permission to set only `ImdsSupport` v2.0 of images: no launch permission, no description.
 *
 * A request for another attribute does not have the key, and EC2 accepts one attribute in a request.
 *
 * @param images the ARNs of the images
 * @param tags the tags that they must have
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html#attribute-key
 */
export function imdsSupportRight(images: string, tags: { readonly [key: string]: string } = {}): PolicyStatement {
  const tagged = Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return new PolicyStatement({
    actions: ['ec2:ModifyImageAttribute'],
    resources: [images],
    conditions: { StringEquals: { 'ec2:Attribute/ImdsSupport': 'v2.0', ...Object.fromEntries(tagged) } },
  });
}
