import { type Image, Imagebuilder } from '@aws-sdk/client-imagebuilder';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';

/** The states of an image that is still made. */
const ON_THE_WAY = ['PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING'];

/**
 * What Image Builder made, or nothing where it is not meant. A distribution that failed has AMIs all the same, where it got to.
 *
 * @throws Error where Image Builder does not say it, or names no AMI though it should
 */
export async function builtImage(
  imageBuildVersionArn: string, isMeant: (pipelineArn?: string) => boolean, context: Context,
): Promise<Image | undefined> {
  const builder = new Imagebuilder({ maxAttempts: 5 });
  return eventually(async () => {
    const { image } = await builder.getImage({ imageBuildVersionArn }, inTime(context));
    if (image && !isMeant(image.sourcePipelineArn)) { return undefined; }
    const status = image?.state?.status;
    if (!image || !status || ON_THE_WAY.includes(status)) { throw new Error(`${imageBuildVersionArn} is ${status}`); }
    if (status === 'AVAILABLE' && image.type !== 'DOCKER' && !image.outputResources?.amis?.length) { throw new Error(`${imageBuildVersionArn} has no AMIs`); }
    return image;
  }, context);
}
