import { intrinsicName, isAbsent, isObject, ownValue } from '../model/intrinsics';
import type { Launch } from './launch-graph';
import type { LaunchResource } from './world';

/**
 * The effect of a deployment on a launcher and its running instances if its source changes.
 *
 * - `replaced`: CloudFormation replaces the launcher.
 * - `rolls`: its `UpdatePolicy` or its service replaces its running instances.
 * - `may roll`: only the deployment knows whether they are replaced.
 * - `stays`: they stay, and only new instances use the new source.
 */
export type UpdateEffect = 'replaced' | 'rolls' | 'may roll' | 'stays';

/** What a deployment does with a launcher that names another source or version than before. */
export function updateEffect({ launcher, launchesFrom: { onNewVersion, evaluatesOnce } }: Launch): UpdateEffect {
  if (onNewVersion === 'replacement') { return 'replaced'; }
  return evaluatesOnce ? 'rolls' : effectOf(launcher);
}

/** The effect of a group's update policy on its instances. Without one, they stay. */
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
