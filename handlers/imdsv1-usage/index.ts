/**
 * The function of `Imdsv1UsageMonitor`. It runs on a schedule, and collects the usage of IMDSv1 since its last run.
 *
 * Environment: `REGIONS` (a comma-separated list, or `*` for all enabled Regions), `QUIET_DAYS`, `BUCKET`, `EVENT_BUS` (a name or an ARN; default:
 * the default bus).
 *
 * Permissions to read: `ec2:DescribeRegions`, `ec2:DescribeInstances`, `cloudwatch:ListMetrics`, `cloudwatch:GetMetricData`,
 * `cloudtrail:LookupEvents`, `cloudformation:DescribeStackResources`, `cloudformation:ListStackResources`. Permissions to write: objects of its
 * bucket below `usage/<account>/` and `state/<account>/` (`s3:GetObject`, `s3:PutObject`, and `s3:ListBucket`, without which S3 reports a missing
 * object as denied), and `events:PutEvents` on its bus. `src/transition/collector-actions.ts` has them as data. Metrics are written to the log.
 *
 * The bundled code must fit into a template as inline code: `npm run handlers`.
 */
import { AWS } from './aws';
import { collect } from './collect';
import { settings } from './settings';

/** The used part of Lambda's context. */
interface Context {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

export async function handler(_event: unknown, context: Context): Promise<void> {
  const [, , , home, account] = context.invokedFunctionArn.split(':');
  await collect({ aws: AWS, account, home, now: Date.now(), timeLeft: () => context.getRemainingTimeInMillis() }, settings(process.env));
}
