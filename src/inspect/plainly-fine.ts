import type { LaunchResource } from '../launch/world';
import { hopsOf } from '../model/hop-limit';
import type { SettingName } from '../model/settings';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Field } from '../resources/fields';
import type { LaunchAnalysis } from './launch-analysis';

/**
 * Whether nothing can be wrong with a resource, and enforcement has nothing to write into it: its options are literals that require tokens, and it
 * runs no containers.
 *
 * It is the short way for most resources, and reads what stands there now. Where it says no, nothing is decided.
 *
 * @param isAskedForContainers whether it is looked at who runs containers; not where a hop limit that they need cannot have come to matter
 */
export function isPlainlyFine(resource: LaunchResource, analysis: LaunchAnalysis, policy: ImdsPolicy, isAskedForContainers = true): boolean {
  const { record } = resource;
  if (!record || record.carriers.length === 0 || record.gaps.length > 0) { return false; }
  const { most } = policy.hopLimits.withoutContainers;
  for (let index = 0; index < record.carriers.length; index++) {
    const { path, dialect, inherits, fixedHopLimit } = record.carriers[index];
    const block = inherits || fixedHopLimit !== undefined || !dialect.holds ? undefined : resource.plainAt(path);
    if (!block || !dialect.holds!(block.value, block.layer, (name, field, value) => isFine(name, field, value, most))) { return false; }
  }
  return !isAskedForContainers || !record.takesHopLimit || !analysis.hosts.verdictOn(resource).isContainerHost;
}

/** Whether nothing speaks against a value, whatever stands around it: what has preconditions is looked at the long way. */
function isFine(name: SettingName, field: Field, value: unknown, most: number): boolean {
  switch (name) {
    case 'tokens': return field.accepts(value);
    case 'hopLimit': return (hopsOf(value) ?? Infinity) <= most;
    case 'endpoint': return value === field.spell(true);
    default: return value === field.spell(false);
  }
}
