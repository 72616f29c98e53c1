/** What the function that collects the usage of IMDSv1 asks of AWS besides its bucket and its event bus, which are resources of their own. */
export const COLLECTOR_ACTIONS: readonly string[] = [
  'ec2:DescribeRegions',
  'ec2:DescribeInstances',
  'cloudwatch:ListMetrics',
  'cloudwatch:GetMetricData',
  'cloudtrail:LookupEvents',
  'cloudformation:DescribeStackResources',
  'cloudformation:ListStackResources',
];

/** What it does with the objects of its bucket. */
export const COLLECTOR_OBJECT_ACTIONS: readonly string[] = ['s3:GetObject', 's3:PutObject'];

/** What it does with the bucket itself: without it, an object that is not there yet is refused instead of missing. */
export const COLLECTOR_BUCKET_ACTIONS: readonly string[] = ['s3:ListBucket'];

/** What it does with its event bus. */
export const COLLECTOR_BUS_ACTIONS: readonly string[] = ['events:PutEvents'];
