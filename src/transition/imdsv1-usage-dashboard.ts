import { Duration, Stack, Token } from 'aws-cdk-lib';
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { TEXT, checkPlace, instance, required } from '../model/kinds';
import type { Shape } from '../model/props';
import { checked } from '../model/props';
import { describeValue } from '../model/setting';
import { Imdsv1UsageMonitor } from './imdsv1-usage-monitor';
import type { Columns } from './usage-queries';
import { launchersQuery } from './usage-queries';
import { alarmStatus, answeredCalls, counts, daysAtZero, howToRead, instancesByState, refusedCalls, table } from './usage-widgets';

/** The contents of a dashboard. */
export interface Imdsv1UsageDashboardProps {
  /** The monitor whose results it shows. */
  readonly monitor: Imdsv1UsageMonitor;

  /**
   * Its name: letters, digits, hyphens and underscores.
   *
   * @default - made by CloudFormation
   */
  readonly dashboardName?: string;
}

/**
 * A CloudWatch dashboard that shows which launchers can require IMDSv2, which still use IMDSv1, and which refuse software.
 *
 * Its tables are queries over the log of the monitor. CloudWatch charges for the data that they scan each time a user opens the dashboard.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { Imdsv1UsageDashboard, Imdsv1UsageMonitor } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Watch');
 * const monitor = new Imdsv1UsageMonitor(stack, 'Monitor');
 * new Imdsv1UsageDashboard(stack, 'Dashboard', { monitor });
 */
export class Imdsv1UsageDashboard extends Construct {
  /** Its name. */
  public readonly dashboardName: string;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the monitor, and a name
   * @throws Error if there is no monitor, its stack is for another account or Region, or CloudWatch does not accept the name
   */
  public constructor(scope: Construct, id: string, props: Imdsv1UsageDashboardProps) {
    super(checkPlace(scope, id), id);
    const { monitor, dashboardName } = checked(props, DASHBOARD);
    checkName(dashboardName);
    checkSamePlace(this, monitor);
    const dashboard = new Dashboard(this, 'Resource', {
      dashboardName,
      defaultInterval: Duration.days(monitor._quietDays),
      periodOverride: PeriodOverride.INHERIT,
      widgets: rows(monitor),
    });
    this.dashboardName = dashboard.dashboardName;
  }
}

/** The rows, from the most important data to the explanations. */
function rows(monitor: Imdsv1UsageMonitor): IWidget[][] {
  const { logGroup: { logGroupName: log }, alarms, _quietDays: quietDays } = monitor;
  const { account } = Stack.of(monitor);
  return [
    [howToRead(quietDays)],
    [counts(account)],
    [table('Ready to require IMDSv2', log, launchersQuery('ready', READY, 'quietDays desc'))],
    [table('Still use IMDSv1, with their callers', log, launchersQuery('in use', IN_USE, 'lastCall desc'))],
    [table('Broken: IMDSv2 is required, but software still calls IMDSv1', log, launchersQuery('broken', BROKEN, 'lastRefused desc'), 'small')],
    [table('Unknown, with the missing data', log, launchersQuery('unknown', UNKNOWN, 'running desc'), 'small')],
    [alarmStatus(alarms)],
    [instancesByState(account), answeredCalls(account)],
    [daysAtZero(account), refusedCalls(account)],
  ];
}

const READY: Columns = { quietDays: 'daysAtZero', daysSeen: 'daysSeen', running: 'running', stack: 'stack', resource: 'logicalId' };
const IN_USE: Columns = { calls: 'calls', lastCall: 'lastCallAt', callers: 'callers', running: 'running' };
const BROKEN: Columns = { refused: 'rejected', lastRefused: 'lastRejectedAt', callers: 'callers' };
const UNKNOWN: Columns = { because: 'because', running: 'running' };

/** A dashboard searches metrics and logs in its own account and Region. */
function checkSamePlace(dashboard: Construct, monitor: Imdsv1UsageMonitor): void {
  const [here, there] = [dashboard, monitor].map(construct => Stack.of(construct));
  if (here.account === there.account && here.region === there.region) { return; }
  throw new Error(`monitor must be in a stack for the account and the Region of the dashboard, got '${monitor.node.path}' in another one`);
}

/** @throws Error if CloudWatch does not accept it */
export function checkName(name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || /^[\w-]{1,255}$/.test(name)) { return; }
  throw new Error(`dashboardName must be up to 255 letters, digits, hyphens and underscores, got ${describeValue(name)}`);
}

const DASHBOARD: Shape<Imdsv1UsageDashboardProps> = {
  monitor: required(instance('an Imdsv1UsageMonitor', value => value instanceof Imdsv1UsageMonitor)),
  dashboardName: TEXT,
};
