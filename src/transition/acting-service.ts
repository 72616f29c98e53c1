import type { Stack } from 'aws-cdk-lib';
import { Aws } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';

/**
 * A service principal, only if it acts for the account of a stack, so that others cannot use it.
 *
 * @param sourceArn the resource for which it acts, with `*` for unknown parts
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function actingService(service: string, stack: Stack, sourceArn: string): ServicePrincipal {
  return new ServicePrincipal(service, {
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': sourceArn } },
  });
}

/** Systems Manager, for automations of the account in any Region. */
export function automations(stack: Stack): ServicePrincipal {
  return actingService('ssm.amazonaws.com', stack, `arn:${Aws.PARTITION}:ssm:*:${stack.account}:automation-execution/*`);
}
