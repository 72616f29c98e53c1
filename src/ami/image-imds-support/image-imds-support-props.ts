import type { Runtime } from 'aws-cdk-lib/aws-lambda';

/** Which image is changed for good. One of `imageId` and `parameterName` names it. */
export interface ImageImdsSupportProps {
  /**
   * That you know that it cannot be taken back: an image that has `ImdsSupport` v2.0 keeps it. Software in it that speaks IMDSv1 alone stops working on
   * instances that are launched from then on.
   *
   * @default false, which is refused
   */
  readonly acknowledgeIrreversible?: boolean;

  /**
   * The id of an image that the account owns, in the Region of the stack.
   *
   * @default - `parameterName` names it
   */
  readonly imageId?: string;

  /**
   * The name of a parameter of Systems Manager that has the id of an image that the account owns. It is looked up with each deployment: where it names
   * another image by then, that one is changed too. A parameter that is made in the same deployment cannot be looked up: hand its value over as
   * `imageId`.
   *
   * @default - `imageId` names it
   */
  readonly parameterName?: string;

  /**
   * The runtime of the function that changes the image: Node.js 22 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
}
