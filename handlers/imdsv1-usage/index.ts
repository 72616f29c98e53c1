/**
 * The function behind `Imdsv1UsageMonitor`: a schedule starts it, and it finds out who used IMDSv1 since it ran last.
 *
 * Environment: `REGIONS` (a comma list, or `*` for all that are enabled), `QUIET_DAYS`, `BUCKET`, `EVENT_BUS` (a name or an ARN; the default bus if unset).
 *
 * What it asks of AWS: `ec2:DescribeRegions`, `ec2:DescribeInstances`, `cloudwatch:ListMetrics`, `cloudwatch:GetMetricData`, `cloudtrail:LookupEvents`,
 * `cloudformation:DescribeStackResources`, `cloudformation:ListStackResources`. What it writes: objects of its bucket under `usage/<account>/` and `state/<account>/` (`s3:GetObject`,
 * `s3:PutObject`, and `s3:ListBucket`, by which an object that is not there yet is missing instead of refused), and `events:PutEvents` to its bus.
 * `src/transition/collector-actions.ts` has them as data. Metrics go to the log.
 *
 * It has to fit into a template as inline code once it is bundled: `npm run handlers`.
 */
import { AWS } from './aws';
import { collect } from './collect';
import { settings } from './settings';

/** As much of what Lambda says as is used here. */
interface Context {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

export async function handler(_event: unknown, context: Context): Promise<void> {
  const [, , , home, account] = context.invokedFunctionArn.split(':');
  await collect({ aws: AWS, account, home, now: Date.now(), timeLeft: () => context.getRemainingTimeInMillis() }, settings(process.env));
}
