import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * The right to set `ImdsSupport` v2.0 of images, and nothing else: no launch permission, no description.
 *
 * A request that sets another attribute does not have the key, and EC2 takes one attribute in a request.
 *
 * @param images the ARNs of the images
 * @param tags what tags they have to have
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
