/** Whether images of a pipeline, or of none, are meant: all are where there is no list, and none by an empty one. */
export function isMeant(pipelineArn?: string): boolean {
  const { PIPELINE_ARNS } = process.env;
  return PIPELINE_ARNS === undefined || (pipelineArn !== undefined && PIPELINE_ARNS.split(',').includes(pipelineArn));
}

/** The role that the function takes in another account. */
export function roleIn(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:role/${process.env.CROSS_ACCOUNT_ROLE}`;
}
