import type { CloudTrailAthenaTable } from './cloudtrail-athena-table';
import { dayOf, since } from './cloudtrail-athena-table';
import { BY_IMDSV1, INSTANCE_ID } from './imdsv1-credentials';

const ROLE = 'useridentity.sessioncontext.sessionissuer.arn';
const INSTANCE = `regexp_extract(useridentity.principalid, ':(${INSTANCE_ID})$', 1)`;

/** The id of a call. The trails of two accounts can contain the same call, with the same `sharedeventid`. */
const CALL = 'coalesce(sharedeventid, eventid)';

/** The calls, by role, instance and software. */
export function callsQuery(trail: CloudTrailAthenaTable, days: number): string {
  return `SELECT
  useridentity.accountid AS account,
  awsregion AS region,
  ${ROLE} AS role,
  ${INSTANCE} AS instance,
  useridentity.arn AS principal,
  eventsource AS service,
  eventname AS event,
  sourceipaddress AS source_ip,
  useragent AS software,
  count(DISTINCT ${CALL}) AS calls,
  max(eventtime) AS last_call
FROM ${trail._name}
${where(trail, days)}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
ORDER BY calls DESC`;
}

/** The calls that a policy would deny if it denies such credentials to a role. */
export function rolesQuery(trail: CloudTrailAthenaTable, days: number): string {
  return `SELECT
  useridentity.accountid AS account,
  ${ROLE} AS role,
  count(DISTINCT ${INSTANCE}) AS instances,
  array_join(array_sort(array_agg(DISTINCT eventsource)), ', ') AS services,
  count(DISTINCT ${CALL}) AS calls,
  max(eventtime) AS last_call
FROM ${trail._name}
${where(trail, days)}
GROUP BY 1, 2
ORDER BY calls DESC`;
}

/**
 * The launchers of the calling instances, from the records of a usage monitor.
 *
 * `transform()` reads the properties of list elements, because versions of the engine differ in the result of `UNNEST` for a list of rows.
 */
export function launchersQuery(trail: CloudTrailAthenaTable, days: number, usageTable: string): string {
  return `WITH calls AS (
  SELECT ${ROLE} AS role, ${INSTANCE} AS instance, eventsource AS service, ${CALL} AS call, eventtime
  FROM ${trail._name}
${where(trail, days).replace(/^/gm, '  ')}
),
launchers AS (
  SELECT u.account, r.region, l.kind, l.name, l.state, element_at(l.resources, 1) AS resource, l.callers, u."at"
  FROM ${usageTable} AS u
  CROSS JOIN UNNEST(transform(u.regions, x -> x.region), transform(u.regions, x -> x.launchers)) AS r (region, launchers)
  CROSS JOIN UNNEST(
    transform(r.launchers, x -> x.kind), transform(r.launchers, x -> x.name), transform(r.launchers, x -> x.state),
    transform(r.launchers, x -> x.resources), transform(r.launchers, x -> x.callers)
  ) AS l (kind, name, state, resources, callers)
  WHERE u.day >= ${dayOf(days)}
    AND from_iso8601_timestamp(u."at") >= ${since(days)}
),
latest AS (
  SELECT account, region, kind, name, max_by(state, "at") AS state, max_by(resource.stackname, "at") AS stack, max_by(resource.logicalid, "at") AS logical_id
  FROM launchers
  GROUP BY account, region, kind, name
),
instances AS (
  SELECT c.instance, max_by(account, "at") AS account, max_by(region, "at") AS region, max_by(kind, "at") AS kind, max_by(name, "at") AS name
  FROM launchers
  CROSS JOIN UNNEST(transform(callers, x -> x.instanceid)) AS c (instance)
  GROUP BY c.instance
)
SELECT
  i.account, i.region, i.kind, i.name AS launcher, latest.state, latest.stack, latest.logical_id,
  calls.role, calls.service,
  count(DISTINCT calls.instance) AS instances,
  count(DISTINCT calls.call) AS calls,
  max(calls.eventtime) AS last_call
FROM calls
LEFT JOIN instances AS i ON i.instance = calls.instance
LEFT JOIN latest ON latest.account = i.account AND latest.region = i.region AND latest.kind = i.kind AND latest.name = i.name
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
ORDER BY calls DESC`;
}

function where(trail: CloudTrailAthenaTable, days: number): string {
  return `WHERE ${[`useridentity.sessioncontext.ec2roledelivery = '${BY_IMDSV1}'`, ...trail._within(days)].join('\n  AND ')}`;
}
