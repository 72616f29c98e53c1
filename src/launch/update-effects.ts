import { intrinsicName, isAbsent, isObject, ownValue } from '../model/intrinsics';
import type { Launch } from './launch-graph';
import type { LaunchResource } from './world';

/**
 * What a deployment does with a launcher, and with the instances that it runs, when what it launches from becomes another one.
 *
 * - `replaced`: CloudFormation replaces the launcher.
 * - `rolls`: its running instances are replaced, by its `UpdatePolicy` or by its service.
 * - `may roll`: only the deployment knows whether they are.
 * - `stays`: they stay, and what is launched from then on is new.
 */
export type UpdateEffect = 'replaced' | 'rolls' | 'may roll' | 'stays';

/** What becomes of a launcher when its launch names something else than before. */
export function updateEffect({ launcher, launchesFrom: { onNewVersion, evaluatesOnce } }: Launch): UpdateEffect {
  if (onNewVersion === 'replacement') { return 'replaced'; }
  return evaluatesOnce ? 'rolls' : effectOf(launcher);
}

/** What the update policy of a group does with its instances; without one they stay. */
function effectOf(launcher: LaunchResource): UpdateEffect {
  const policy = launcher.updatePolicy();
  if (isAbsent(policy)) { return 'stays'; }
  if (!isObject(policy) || intrinsicName(policy)) { return 'may roll'; }
  if (!isAbsent(ownValue(policy, 'AutoScalingRollingUpdate'))) { return 'rolls'; }
  const replacing = ownValue(policy, 'AutoScalingReplacingUpdate');
  const willReplace = isObject(replacing) ? ownValue(replacing, 'WillReplace') : undefined;
  if (isAbsent(willReplace) || willReplace === false || willReplace === 'false') { return 'stays'; }
  return willReplace === true || willReplace === 'true' ? 'rolls' : 'may roll';
}
