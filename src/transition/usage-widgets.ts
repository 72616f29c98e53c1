import type { IAlarmRef, IWidget, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmStatusWidget, Color, GraphWidget, LegendPosition, LogQueryWidget, SingleValueWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Accounts } from './usage-metrics';
import { byLauncher, byRegion, ofAccounts, ofRegions } from './usage-metrics';

/** The width of a dashboard is 24 units. */
const [WHOLE, HALF] = [24, 12];

const [FLAT, LOW, SMALL, MIDDLE, HIGH] = [2, 3, 4, 6, 8];

/** The purpose of the dashboard, and how to read it. */
export function howToRead(quietDays: number): IWidget {
  const lines = [
    '## Can it require IMDSv2?',
    `**Ready**: yes. IMDSv1 was not used for ${quietDays} days, and the monitor read every hour of them. **In use**: not yet. The table shows the callers. `
    + '**Broken**: IMDSv2 is required, but software still calls IMDSv1. **Unknown**: there is not enough data. The table shows what is missing. '
    + '[What to do, step by step](https://github.com/cdk-imdsv2/cdk-imdsv2/blob/main/docs/transition.md)',
  ];
  return new TextWidget({ width: WHOLE, height: FLAT, markdown: lines.join('\n') });
}

/** How many launchers there are in each state, and what keeps them from becoming ready. */
export function counts(accounts: Accounts): IWidget {
  return new SingleValueWidget({
    title: 'Launchers, as of the last run',
    width: WHOLE,
    height: LOW,
    metrics: [
      ofRegions('LaunchersReady', accounts, { label: 'Ready to require IMDSv2', color: Color.GREEN }),
      ofRegions('LaunchersInUse', accounts, { label: 'Still use IMDSv1', color: Color.ORANGE }),
      ofRegions('LaunchersBroken', accounts, { label: 'Broken: IMDSv1 calls are refused', color: Color.RED }),
      ofRegions('LaunchersUnknown', accounts, { label: 'Unknown', color: Color.GREY }),
      ofRegions('UnattributedCallers', accounts, { label: 'Callers with an unknown launcher', color: Color.PURPLE }),
      ofAccounts('UnreadRegions', accounts, { label: 'Regions not read', color: Color.BROWN }),
    ],
  });
}

export function instancesByState(accounts: Accounts): IWidget {
  return graph('Instances by state', [
    ofRegions('InstancesCalling', accounts, { label: 'optional and calling', color: Color.ORANGE }),
    ofRegions('InstancesUnknown', accounts, { label: 'unknown', color: Color.GREY }),
    ofRegions('InstancesQuiet', accounts, { label: 'optional and quiet', color: Color.BLUE }),
    ofRegions('InstancesRequired', accounts, { label: 'required', color: Color.GREEN }),
  ], true);
}

export function answeredCalls(accounts: Accounts): IWidget {
  return graph('IMDSv1 calls that were answered', [byRegion('V1Calls', 'Sum', accounts)]);
}

export function refusedCalls(accounts: Accounts): IWidget {
  return graph('IMDSv1 calls that were refused', [byRegion('RejectedCalls', 'Sum', accounts)]);
}

export function daysAtZero(accounts: Accounts): IWidget {
  return graph('Days without IMDSv1 calls, by launcher', [byLauncher('DaysAtZero', 'Minimum', accounts)]);
}

/** A graph of the launchers in a state, for each Region. */
export function whereLaunchersAre(title: string, metric: 'LaunchersReady' | 'LaunchersInUse', accounts: Accounts): IWidget {
  return graph(title, [byRegion(metric, 'Maximum', accounts)]);
}

function graph(title: string, left: MathExpression[], stacked = false): GraphWidget {
  const leftYAxis = { min: 0, showUnits: false };
  return new GraphWidget({ title, left, stacked, leftYAxis, width: HALF, height: MIDDLE, legendPosition: LegendPosition.BOTTOM });
}

/** A table from a log. It is as wide as the dashboard, because times and ids are long. */
export function table(title: string, logGroupName: string, queryLines: string[], size: keyof typeof TABLES = 'middle'): IWidget {
  return new LogQueryWidget({ title, logGroupNames: [logGroupName], queryLines, width: WHOLE, height: TABLES[size] });
}

const TABLES = { small: SMALL, middle: MIDDLE, high: HIGH };

export function alarmStatus(alarms: readonly IAlarmRef[]): IWidget {
  return new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WHOLE, height: LOW });
}
