import { BY_IMDSV1, INSTANCE_ID, ROLE_DELIVERY } from './imdsv1-credentials';

/** A query of CloudWatch Logs Insights, and its saved name. */
export interface LogQuery {
  readonly name: string;
  readonly text: string;
}

const BY_V1 = `${ROLE_DELIVERY} = "${BY_IMDSV1}"`;
const ROLE = 'userIdentity.sessionContext.sessionIssuer.arn';
const CALLS = 'count(*) as calls, latest(eventTime) as lastCall';
const MOST_FIRST = ['sort calls desc', 'limit 10000'];

/** The calls, by role and instance. */
export const CALLS_QUERY = query('Calls', [
  `filter ${BY_V1}`,
  `parse userIdentity.principalId /:(?<instance>${INSTANCE_ID})$/`,
  `stats ${CALLS} by userIdentity.accountId as account, awsRegion as region, ${ROLE} as role, instance, userIdentity.arn as principal, `
  + 'eventSource as service, eventName as event, sourceIPAddress as sourceIp, userAgent as software',
  ...MOST_FIRST,
]);

/** The software to update. SDKs identify themselves in `userAgent`. */
export const SOFTWARE_QUERY = query('Software', [
  `filter ${BY_V1}`,
  `stats ${CALLS}, latest(userIdentity.arn) as lastPrincipal by userAgent as software, ${ROLE} as role`,
  ...MOST_FIRST,
]);

/**
 * The launchers of the calling instances. The query reads the log groups of the trail and of the usage monitor together, and groups by instance.
 *
 * It does not use `join`, which would multiply the calls by the runs of the monitor.
 */
export const LAUNCHERS_QUERY = query('Launchers', [
  `filter ${BY_V1} or ispresent(caller.instanceId)`,
  `parse userIdentity.principalId /:(?<calledFrom>${INSTANCE_ID})$/`,
  'fields coalesce(calledFrom, caller.instanceId, userIdentity.arn) as instance',
  'stats count(eventID) as calls, latest(eventTime) as lastCall, latest(caller.launcherKind) as launcherKind, latest(caller.launcherName) as launcher, '
  + `latest(${ROLE}) as role, latest(eventSource) as lastService, latest(userAgent) as lastSoftware by instance`,
  'filter calls > 0',
  ...MOST_FIRST,
]);

function query(name: string, commands: readonly string[]): LogQuery {
  return { name: `cdk-imdsv2/IMDSv1 credentials/${name}`, text: commands.join('\n| ') };
}
