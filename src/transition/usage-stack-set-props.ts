import { BOOLEAN, LATER, TEXT } from '../model/kinds';
import type { Shape } from '../model/props';
import { STACK_SET } from '../org/stack-sets/stack-set-options';
import type { ImdsStackSetOptions } from '../org/stack-sets/stack-set-options';
import { MONITOR_OPTIONS } from './usage-monitor-options';
import type { Imdsv1UsageMonitorOptions } from './usage-monitor-options';

/**
 * The accounts to monitor in an organization, and where their results go.
 *
 * Most settings must be known at synthesis. Ids, names and ARNs can be unresolved.
 */
export interface Imdsv1UsageMonitorStackSetProps extends Imdsv1UsageMonitorOptions, ImdsStackSetOptions {
  /** The id of the organization, such as `o-a1b2c3d4e5`. Only its accounts can write results. */
  readonly organizationId: string;

  /**
   * The ARN of the sink of CloudWatch cross-account observability in the account and Region of the stack, if there already is one, because there can
   * be only one. Its policy must let the accounts link to it.
   *
   * @default - a new sink
   */
  readonly sinkArn?: string;

  /**
   * Whether each account links to the sink, and shares the metrics of its monitor. Turn it off if the accounts already share their metrics with this one.
   *
   * @default true
   */
  readonly linkAccounts?: boolean;

  /**
   * The name of the dashboard: letters, digits, hyphens and underscores.
   *
   * @default - made by CloudFormation
   */
  readonly dashboardName?: string;
}

/** The accepted values of the properties. */
export const MONITOR_STACK_SET: Shape<Imdsv1UsageMonitorStackSetProps> = {
  ...MONITOR_OPTIONS, ...STACK_SET, organizationId: LATER, sinkArn: LATER, linkAccounts: BOOLEAN, dashboardName: TEXT,
};
