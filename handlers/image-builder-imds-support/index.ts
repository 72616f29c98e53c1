/**
 * The function of `ImageBuilderImdsSupport`. It sets `ImdsSupport` on the images that Image Builder created, in each Region and account of their
 * distribution. EventBridge invokes it when an image becomes available or fails.
 *
 * The bundled code must fit into a template as inline code: `npm run handlers`.
 */
import type { Context } from '../custom-resource/event';
import { builtImage } from './built-image';
import { Distribution } from './distribution';
import { isMeant } from './settings';

/**
 * The used part of the event: the ARN of an image in Image Builder, with its version and build. The function reads the AMIs and accounts from Image
 * Builder, because anybody who can invoke the function can send an event.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-eventbridge.html
 */
interface Event {
  readonly resources: readonly [imageBuildVersionArn: string];
}

/**
 * Sets `ImdsSupport` wherever it is not set and the function has access.
 *
 * @throws Error with each failed image: Lambda retries twice, and then sends the event to the destination for failures
 */
export async function handler({ resources: [arn] }: Event, context: Context): Promise<void> {
  // The role can only read images of its own account.
  const [, partition, , , account] = arn.split(':');
  const { outputResources: { amis = [] } = {} } = await builtImage(arn, isMeant, context) ?? {};
  const failures = await new Distribution(account, partition, context).requireTokens(amis);
  if (failures.length) { throw new Error(`${failures.length} of ${amis.length} images of ${arn} are without ImdsSupport. ${failures.join('; ')}`); }
}
