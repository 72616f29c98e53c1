import { type Image, Imagebuilder } from '@aws-sdk/client-imagebuilder';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';

/** The states of an image that is not finished. */
const ON_THE_WAY = ['PENDING', 'CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING'];

/**
 * The image that Image Builder created. `undefined` if its pipeline is not selected. A failed distribution can have created AMIs in some Regions.
 *
 * @throws Error if Image Builder does not answer, or names no AMI although it should
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
