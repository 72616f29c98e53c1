import { AspectPriority } from 'aws-cdk-lib';
import type { AppPlan, Level, UserAspect } from '../plans/apps';
import { TODAY } from '../plans/apps';
import { placeOf } from '../plans/built-apps';

/** After what priority enforcement looks no more. */
const LAST_WORD = AspectPriority.READONLY - 1;

/** Whether a host is left alone: something in force on it, or above it, exempts it. */
export function isExempt(host: Level, plan: AppPlan): boolean {
  return plan.exemptions.some(({ at, expires }) => reaches(at, host, plan) && (expires === undefined || expires > TODAY));
}

/**
 * Whether aspects that come after enforcement leave a host weaker than that did. On one construct, they come by their priority; of those with the
 * same one, those of the app first, then those further down, each in the order in which they were added. Aspects do not enter stages.
 */
export function isWeakenedLater(host: Level, plan: AppPlan): boolean {
  const isInStage = plan.stacks[host.stack!].place === 'stage';
  const later = plan.aspects.filter(aspect => reaches(aspect.at, host, plan) && !(isInStage && depth(aspect.at) === 0) && isLater(aspect, plan));
  const inOrder = later.map((aspect, index) => ({ aspect, index })).sort((one, other) =>
    one.aspect.priority - other.aspect.priority || depth(one.aspect.at) - depth(other.aspect.at) || one.index - other.index);
  const deciding = inOrder.map(({ aspect }) => aspect.effect).filter(effect => effect !== 'other').pop();
  return deciding === 'optional' || deciding === 'deleted';
}

function isLater({ at, priority }: UserAspect, { isEnforcedFirst }: AppPlan): boolean {
  return priority > LAST_WORD || (priority === LAST_WORD && (isEnforcedFirst || depth(at) > 0));
}

function reaches(level: Level, host: Level, plan: AppPlan): boolean {
  const { stack, host: one } = placeOf(level, plan);
  return stack === undefined || (stack === host.stack && (one === undefined || one === host.host));
}

function depth({ stack, host }: Level): number {
  return stack === undefined ? 0 : host === undefined ? 1 : 2;
}
