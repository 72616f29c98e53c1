/** The AWS actions of the collector function, without those for its bucket and its event bus, which are separate resources. */
export const COLLECTOR_ACTIONS: readonly string[] = [
  'ec2:DescribeRegions',
  'ec2:DescribeInstances',
  'cloudwatch:ListMetrics',
  'cloudwatch:GetMetricData',
  'cloudtrail:LookupEvents',
  'cloudformation:DescribeStackResources',
  'cloudformation:ListStackResources',
];

/** Its actions on the objects of its bucket. */
export const COLLECTOR_OBJECT_ACTIONS: readonly string[] = ['s3:GetObject', 's3:PutObject'];

/** Its actions on the bucket. Without them, S3 reports a missing object as denied. */
export const COLLECTOR_BUCKET_ACTIONS: readonly string[] = ['s3:ListBucket'];

/** Its actions on its event bus. */
export const COLLECTOR_BUS_ACTIONS: readonly string[] = ['events:PutEvents'];
