import { showsContainersByImage, showsContainersByUserData } from './container-signs';
import type { LaunchStack } from './world';

/** Which texts show no containers. Many resources have the same user data and the same image, so the results are cached by text. */
export class TextsWithoutContainers {
  private readonly userData = new Map<string, boolean>();
  private readonly images = new Map<string, boolean>();

  /** Whether a text shows no containers as user data. */
  public isUserData(text: string, stack: LaunchStack): boolean {
    let isWithoutContainers = this.userData.get(text);
    if (isWithoutContainers === undefined) {
      isWithoutContainers = !showsContainersByUserData(text, stack);
      this.userData.set(text, isWithoutContainers);
    }
    return isWithoutContainers;
  }

  /** Whether a text shows no containers as an image. */
  public isImage(text: string, stack: LaunchStack): boolean {
    let isWithoutContainers = this.images.get(text);
    if (isWithoutContainers === undefined) {
      isWithoutContainers = !showsContainersByImage(text, stack);
      this.images.set(text, isWithoutContainers);
    }
    return isWithoutContainers;
  }
}
