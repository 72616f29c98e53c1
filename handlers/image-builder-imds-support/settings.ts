/** Whether images of a pipeline, or without a pipeline, are selected. Without a list, all are. With an empty list, none is. */
export function isMeant(pipelineArn?: string): boolean {
  const { PIPELINE_ARNS } = process.env;
  return PIPELINE_ARNS === undefined || (pipelineArn !== undefined && PIPELINE_ARNS.split(',').includes(pipelineArn));
}

/** The role to assume in another account. */
export function roleIn(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:role/${process.env.CROSS_ACCOUNT_ROLE}`;
}
