import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { S3 } from '@aws-sdk/client-s3';

/** The part of AWS that the collector calls. */
export interface Aws {
  cloudFormation(region: string): Pick<CloudFormation, 'describeStackResources' | 'listStackResources'>;
  cloudTrail(region: string): Pick<CloudTrail, 'lookupEvents'>;
  cloudWatch(region: string): Pick<CloudWatch, 'listMetrics' | 'getMetricData'>;
  ec2(region?: string): Pick<EC2, 'describeInstances' | 'describeRegions'>;
  eventBridge(): Pick<EventBridge, 'putEvents'>;
  s3(): Pick<S3, 'getObject' | 'putObject'>;
}

/** The SDK slows down by itself when AWS throttles. */
const PATIENT = { retryMode: 'adaptive', maxAttempts: 8 };

/** The clients of the SDK. The bucket can be in another Region, for example if many accounts share it. */
export const AWS: Aws = {
  cloudFormation: region => new CloudFormation({ region, ...PATIENT }),
  cloudTrail: region => new CloudTrail({ region, ...PATIENT }),
  cloudWatch: region => new CloudWatch({ region, ...PATIENT }),
  ec2: region => new EC2({ region, ...PATIENT }),
  eventBridge: () => new EventBridge({ ...PATIENT }),
  s3: () => new S3({ followRegionRedirects: true, ...PATIENT }),
};
