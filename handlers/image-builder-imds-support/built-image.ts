import { type Image, Imagebuilder } from '@aws-sdk/client-imagebuilder';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';

/**
 * What Image Builder made.
 *
 * @throws Error where it does not say it, or names no AMI though it should
 */
export async function builtImage(imageBuildVersionArn: string, context: Context): Promise<Image> {
  const builder = new Imagebuilder({ maxAttempts: 5 });
  return eventually(async () => {
    const { image } = await builder.getImage({ imageBuildVersionArn }, inTime(context));
    if (image?.state?.status !== 'AVAILABLE') { throw new Error(`${imageBuildVersionArn} is ${image?.state?.status}, not AVAILABLE`); }
    if (image.type !== 'DOCKER' && !image.outputResources?.amis?.length) { throw new Error(`${imageBuildVersionArn} has no AMIs`); }
    return image;
  }, context);
}
