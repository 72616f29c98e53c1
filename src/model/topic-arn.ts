import { Token } from 'aws-cdk-lib';
import { describeValue } from './setting';

/**
 * Checks the ARN of a topic that a user gives as `alarmTopicArn`.
 *
 * @throws Error where it is no ARN of an SNS topic
 */
export function checkTopicArn(arn: string | undefined): void {
  const isArn = typeof arn === 'string' && /^arn:[^:]+:sns:[^:]+:\d{12}:.+$/.test(arn);
  if (arn === undefined || Token.isUnresolved(arn) || isArn) { return; }
  throw new Error(`alarmTopicArn must be the ARN of an SNS topic such as 'arn:aws:sns:eu-west-1:111122223333:imds', got ${describeValue(arn)}`);
}
