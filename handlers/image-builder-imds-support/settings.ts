/** Whether images of a pipeline are meant: those of every pipeline, and of none, are where no pipeline is named. */
export function isMeant(pipelineArn = ''): boolean {
  const { PIPELINE_ARNS } = process.env;
  return !PIPELINE_ARNS || PIPELINE_ARNS.split(',').includes(pipelineArn);
}

/** The role that the function takes in another account. */
export function roleIn(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:role/${process.env.CROSS_ACCOUNT_ROLE}`;
}
