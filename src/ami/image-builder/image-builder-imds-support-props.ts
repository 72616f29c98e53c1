import type { IDestination, Runtime } from 'aws-cdk-lib/aws-lambda';

/** Whose images are changed, and how far they can be reached. */
export interface ImageBuilderImdsSupportProps {
  /**
   * The ARNs of the pipelines whose images are changed, in the account and Region of the stack.
   *
   * @default - every image that Image Builder makes in the account and Region, by a pipeline or without
   */
  readonly pipelineArns?: string[];

  /**
   * The name of the role that the function takes in the other accounts that images are distributed to. It has to trust the account of the stack, or the
   * role of the function, and to allow `ec2:DescribeImages` and `ec2:ModifyImageAttribute`: the role that Image Builder needs there does.
   *
   * @default 'EC2ImageBuilderDistributionCrossAccountRole'
   */
  readonly crossAccountRoleName?: string;

  /**
   * The ids of the other accounts that images are distributed to. The function can take the role in these alone; an empty list is for none.
   *
   * @default - every account in which a role of that name trusts this account, or the function
   */
  readonly crossAccountIds?: string[];

  /**
   * Where it goes which images could not be changed, and why, after three attempts: a topic, a queue, an event bus or a function.
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
