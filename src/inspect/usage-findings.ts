import type { LaunchResource } from '../launch/world';
import { mayRequire } from '../usage/may-require';
import type { SeenLauncher } from '../usage/usage-index';
import type { Cause } from './cause';
import type { Finding } from './finding';
import type { ResourceUsage } from './resource-usage';

/** How many instances a message names. */
const NAMED = 3;

/** Why a resource stays as it is: the launchers that still use IMDSv1, or else those of which too little is known. */
export function stillUsedFindings(resource: LaunchResource, { seen, doubts }: ResourceUsage): readonly Finding[] {
  const against = seen.filter(({ launcher }) => !mayRequire(launcher));
  const calling = against.filter(({ launcher }) => launcher.state === 'in use' || launcher.state === 'broken').map(causeOf);
  if (calling.length > 0) { return [finding('Imdsv2::StillUsesImdsv1', resource, calling)]; }
  const unknown = [...against.map(causeOf), ...doubts.map(doubt => ({ kind: 'no usage known' as const, ...doubt }))];
  return unknown.length > 0 ? [finding('Imdsv2::UsageUnknown', resource, unknown)] : [];
}

/** Whose software is refused, of what requires IMDSv2 already and stays so. */
export function refusedFindings(resource: LaunchResource, { seen }: ResourceUsage): readonly Finding[] {
  const refused = seen.filter(({ launcher }) => launcher.state === 'broken' && mayRequire(launcher)).map(causeOf);
  return refused.length > 0 ? [finding('Imdsv2::Imdsv1Refused', resource, refused)] : [];
}

/** The launchers that require IMDSv2, like their newest instances, and still use IMDSv1 or may. Their software is refused when older instances are replaced. */
export function tooEarlyFindings(resource: LaunchResource, { seen }: ResourceUsage): readonly Finding[] {
  const early = seen.filter(({ launcher }) => mayRequire(launcher) && (launcher.state === 'in use' || launcher.state === 'unknown')).map(causeOf);
  return early.length > 0 ? [finding('Imdsv2::RequiredBeforeReady', resource, early)] : [];
}

function finding(rule: Finding['rule'], { path }: LaunchResource, because: readonly Cause[]): Finding {
  return { rule, resource: path, path: '', because };
}

function causeOf({ launcher, region }: SeenLauncher): Cause {
  const { kind, name, state, because, instances, lastCallAt, lastRejectedAt, callers } = launcher;
  return {
    kind: 'usage',
    launcher: `${kind} '${name}' (${region.title})`,
    state,
    because,
    required: instances.required,
    calling: instances.calling,
    running: instances.required + instances.quiet + instances.calling + instances.unknown,
    lastAt: state === 'broken' ? lastRejectedAt : lastCallAt,
    callers: callers.slice(0, NAMED).map(({ instanceId }) => instanceId),
  };
}
