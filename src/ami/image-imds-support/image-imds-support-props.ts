import type { Runtime } from 'aws-cdk-lib/aws-lambda';

/** The image to change. The change cannot be undone. Set either `imageId` or `parameterName`. */
export interface ImageImdsSupportProps {
  /**
   * Confirms that you know that the change cannot be undone: an image with `ImdsSupport` v2.0 keeps it. Software in it that supports only IMDSv1
   * stops working on new instances.
   *
   * @default false, which throws
   */
  readonly acknowledgeIrreversible?: boolean;

  /**
   * The id of an image that the account owns, in the Region of the stack.
   *
   * @default - `parameterName` is used
   */
  readonly imageId?: string;

  /**
   * The name of a Systems Manager parameter with the id of an image that the account owns. Each deployment reads it. If it then contains another
   * image, that image is changed, too. If the same deployment creates the parameter, it cannot be read: pass its value as `imageId`.
   *
   * @default - `imageId` is used
   */
  readonly parameterName?: string;

  /**
   * The runtime of the function that changes the image: Node.js 22 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
}
