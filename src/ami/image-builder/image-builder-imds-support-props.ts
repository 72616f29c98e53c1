import type { IDestination, Runtime } from 'aws-cdk-lib/aws-lambda';

/** Which images are changed, and in which accounts. */
export interface ImageBuilderImdsSupportProps {
  /**
   * The ARNs of the pipelines whose images are changed, in the account and Region of the stack.
   *
   * @default - every image that Image Builder creates in the account and Region, with or without a pipeline
   */
  readonly pipelineArns?: string[];

  /**
   * The name of the role that the function assumes in the other accounts that images are distributed to. The role must trust the account of the
   * stack, or the role of the function, and allow `ec2:DescribeImages` and `ec2:ModifyImageAttribute`. The role that Image Builder uses there
   * does this.
   *
   * @default 'EC2ImageBuilderDistributionCrossAccountRole'
   */
  readonly crossAccountRoleName?: string;

  /**
   * The ids of other accounts to which images are distributed. The function can assume the role only in these accounts. With an empty list, it
   * assumes no role.
   *
   * @default - every account with a role of that name that trusts this account, or the function
   */
  readonly crossAccountIds?: string[];

  /**
   * Where to send the list of images that could not be changed, and why, after three attempts: a topic, a queue, an event bus or a function.
   *
   * @default - to the log and the metric `Errors` of the function
   */
  readonly onFailure?: IDestination;

  /**
   * The runtime of the function that changes the images: Node.js 22 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
}
