/**
 * The function behind `ImageBuilderImdsSupport`: has launches from the images that Image Builder made require tokens, in every Region and account
 * that it distributed them to. EventBridge invokes it when an image of Image Builder becomes available.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
 */
import type { Context } from '../custom-resource/event';
import { builtImage } from './built-image';
import { Distribution } from './distribution';
import { isMeant } from './settings';

/**
 * What EventBridge sends, as far as it is used: the ARN of an image in Image Builder, with its version and build. What it made, and for whom, is asked
 * of Image Builder itself, since whoever may invoke the function can write an event.
 *
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-eventbridge.html
 */
interface Event {
  readonly resources: readonly [imageBuildVersionArn: string];
}

/**
 * Sets what is not set, wherever that can be reached.
 *
 * @throws Error that names each image for which it failed: Lambda tries again twice, and then hands it to the destination for failures
 */
export async function handler({ resources: [arn] }: Event, context: Context): Promise<void> {
  // The role may read images of its own account alone.
  const [, partition, , , account] = arn.split(':');
  const { outputResources: { amis = [] } = {} } = await builtImage(arn, isMeant, context) ?? {};
  const failures = await new Distribution(account, partition, context).requireTokens(amis);
  if (failures.length) { throw new Error(`${failures.length} of ${amis.length} images of ${arn} are without ImdsSupport. ${failures.join('; ')}`); }
}
