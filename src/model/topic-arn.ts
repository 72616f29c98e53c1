import { Token } from 'aws-cdk-lib';
import { describeValue } from './setting';

/**
 * Checks the ARN of a topic that a user passes as `alarmTopicArn`.
 *
 * @param region the Region of the alarms, which cannot notify a topic in another Region
 * @throws Error if it is not an ARN of an SNS topic, or in another Region
 */
export function checkTopicArn(arn: string | undefined, region?: string): void {
  if (arn === undefined || Token.isUnresolved(arn)) { return; }
  const [, ofTopic] = (typeof arn === 'string' && /^arn:[^:]+:sns:([^:]+):\d{12}:.+$/.exec(arn)) || [];
  if (ofTopic === undefined) {
    throw new Error(`alarmTopicArn must be the ARN of an SNS topic such as 'arn:aws:sns:eu-west-1:111122223333:imds', got ${describeValue(arn)}`);
  }
  if (region === undefined || [region, ofTopic].some(each => Token.isUnresolved(each)) || region === ofTopic) { return; }
  throw new Error(`alarmTopicArn must be in the Region of the stack, ${describeValue(region)}, got ${describeValue(arn)}`);
}
