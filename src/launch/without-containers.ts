import type { JsonObject } from '../model/intrinsics';
import type { ResourceRecord } from '../resources/record';
import { NOT_PLAIN, argumentOf, renderedAt } from '../resources/rendered-places';
import { showsContainersByImage } from './container-signs';
import type { TemplateStack } from './template-stack';
import { TextsWithoutContainers } from './texts-without-containers';
import { initIn } from './world';

/** Recognizes resources of templates that certainly show no containers, by reading a few properties. Most resources are of this kind. */
export class WithoutContainers {
  private readonly texts = new TextsWithoutContainers();
  /** Whether parameters with images show no containers, by stack and name. */
  private readonly imageParameters = new Map<string, boolean>();

  /** Whether a resource certainly is no sign of containers, neither on its own instances nor on others. */
  public has({ Properties: properties, Metadata: metadata }: JsonObject, record: ResourceRecord | undefined, stack: TemplateStack): boolean {
    if (stack.isMarked || record?.containers || (stack.mayHaveInit && initIn(metadata) !== undefined)) { return false; }
    if (!record || properties === undefined) { return true; }
    const { userData, images } = record.instances;
    for (let index = 0; index < userData.length; index++) {
      if (!this.isWithoutContainersUserData(plainTextOf(renderedAt(properties, userData[index])), stack)) { return false; }
    }
    for (let index = 0; index < images.length; index++) {
      if (!this.isWithoutContainersImage(renderedAt(properties, images[index]), stack)) { return false; }
    }
    return true;
  }

  private isWithoutContainersUserData(text: unknown, stack: TemplateStack): boolean {
    return typeof text === 'string' ? this.texts.isUserData(text, stack) : text === undefined;
  }

  private isWithoutContainersImage(image: unknown, stack: TemplateStack): boolean {
    if (image === undefined) { return true; }
    if (typeof image === 'string') { return this.texts.isImage(image, stack); }
    const parameter = argumentOf(image, 'Ref');
    if (typeof parameter !== 'string') { return false; }
    const key = `${stack.id} ${parameter}`;
    let isWithoutContainers = this.imageParameters.get(key);
    if (isWithoutContainers === undefined) {
      isWithoutContainers = !showsContainersByImage(image, stack);
      this.imageParameters.set(key, isWithoutContainers);
    }
    return isWithoutContainers;
  }
}

/** The text of user data, if it is only a text, with or without `Fn::Base64`; `undefined` if there is none. */
export function plainTextOf(userData: unknown): string | typeof NOT_PLAIN | undefined {
  if (userData === undefined || typeof userData === 'string') { return userData; }
  const text = argumentOf(userData, 'Fn::Base64');
  return typeof text === 'string' ? text : NOT_PLAIN;
}
