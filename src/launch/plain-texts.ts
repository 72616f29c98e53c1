import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { JsonObject } from '../model/intrinsics';
import { isAbsent } from '../model/intrinsics';
import { mayHoldUnresolved } from '../resources/literals';
import { isNothing } from '../resources/path';
import type { PlainL1 } from '../resources/plain-l1';
import { isPropertyObject, mayHaveMetadata } from '../resources/plain-l1';
import { NOT_PLAIN } from '../resources/rendered-places';
import { markOf } from './container-mark';
import { showsContainersByImage } from './container-signs';
import type { LiveStack } from './live-stack';
import { TextsWithoutContainers } from './texts-without-containers';
import { plainTextOf } from './without-containers';

/** The texts of a resource without signs of containers. If it has both, it gets none from a launch template. */
export type OwnTexts = 'user data and image' | 'not both';

/**
 * Recognizes plain resources whose texts, user data and image, certainly show no containers. These texts are called silent. Most resources have such texts.
 *
 * It reads the properties of L1s directly.
 */
export class PlainTexts {
  private readonly texts = new TextsWithoutContainers();

  /**
   * @param stackOf finds a stack in the launch graph
   * @param isSilentScript another condition for silent user data
   */
  public constructor(
    private readonly stackOf: (stack: Stack) => LiveStack, private readonly isSilentScript: (userData: string) => boolean = () => true,
  ) {}

  /** The texts of a resource without a `ContainerHost` declaration, if they are silent; `undefined` if they may not be. */
  public silent(resource: CfnResource, { holder, texts }: PlainL1): OwnTexts | undefined {
    if (!texts || markOf(resource) || mayHaveMetadata(resource)) { return undefined; }
    try {
      const properties = holder === undefined ? resource as unknown as JsonObject : (resource as unknown as JsonObject)[holder];
      if (isNothing(properties)) { return 'not both'; }
      if (holder !== undefined && !isPropertyObject(properties)) { return undefined; }
      return this.silentIn(properties as JsonObject, texts, this.stackOf(resource.stack));
    } catch {
      return undefined; // an object of the user throws an error when it is read
    }
  }

  private silentIn(properties: JsonObject, texts: NonNullable<PlainL1['texts']>, stack: LiveStack): OwnTexts | undefined {
    let hasUserData = false;
    for (let index = 0; index < texts.userData.length; index++) {
      const text = rendered(properties[texts.userData[index]], stack);
      if (isAbsent(text)) { continue; }
      if (!this.isSilentUserData(plainTextOf(text), stack)) { return undefined; }
      hasUserData = true;
    }
    let hasImage = false;
    for (let index = 0; index < texts.images.length; index++) {
      const image = rendered(properties[texts.images[index]], stack);
      if (isAbsent(image)) { continue; }
      if (!this.isSilentImage(image, stack)) { return undefined; }
      hasImage = true;
    }
    return hasUserData && hasImage ? 'user data and image' : 'not both';
  }

  private isSilentUserData(text: ReturnType<typeof plainTextOf>, stack: LiveStack): boolean {
    return text !== NOT_PLAIN && text !== undefined && this.isSilentScript(text) && this.texts.isUserData(text, stack);
  }

  private isSilentImage(image: unknown, stack: LiveStack): boolean {
    return typeof image === 'string' ? this.texts.isImage(image, stack) : !showsContainersByImage(image, stack);
  }
}

function rendered(value: unknown, stack: LiveStack): unknown {
  return isNothing(value) || (typeof value === 'string' && !mayHoldUnresolved(value)) ? value : stack.layers.typed.resolve(value);
}
