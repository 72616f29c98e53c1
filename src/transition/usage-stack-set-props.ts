import { BOOLEAN, LATER, TEXT } from '../model/kinds';
import type { Shape } from '../model/props';
import { STACK_SET } from '../org/stack-sets/stack-set-options';
import type { ImdsStackSetOptions } from '../org/stack-sets/stack-set-options';
import { MONITOR_OPTIONS } from './usage-monitor-options';
import type { Imdsv1UsageMonitorOptions } from './usage-monitor-options';

/**
 * What is watched in the accounts of an organization, and what their results come together in.
 *
 * How it is watched must be known at synthesis; ids, names and ARNs need not.
 */
export interface Imdsv1UsageMonitorStackSetProps extends Imdsv1UsageMonitorOptions, ImdsStackSetOptions {
  /** The id of the organization, such as `o-a1b2c3d4e5`: its accounts alone may write results. */
  readonly organizationId: string;

  /**
   * The ARN of the sink of CloudWatch cross-account observability in the account and Region of the stack, if there is one already: there can be but one. Its
   * policy must let the accounts link to it.
   *
   * @default - a sink is made
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

/** What the properties may be. */
export const MONITOR_STACK_SET: Shape<Imdsv1UsageMonitorStackSetProps> = {
  ...MONITOR_OPTIONS, ...STACK_SET, organizationId: LATER, sinkArn: LATER, linkAccounts: BOOLEAN, dashboardName: TEXT,
};
