import type { LaunchResource } from '../launch/world';
import { hopsOf } from '../model/hop-limit';
import type { SettingName } from '../model/settings';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Dialect } from '../resources/dialects';
import type { Field } from '../resources/fields';
import type { Layer } from '../resources/layer';
import type { Carrier, ResourceRecord } from '../resources/record';
import type { LaunchAnalysis } from './launch-analysis';

/**
 * The result of a quick look at the metadata options of a resource without containers. `compliant`: they are accepted literals that require tokens, so
 * enforcement has nothing to write. `unset`: the resource has none.
 */
export type QuickVerdict = 'compliant' | 'unset';

/**
 * The result of a quick look at the current options of a resource. It is enough for most resources. `undefined` if it takes a full reading.
 *
 * @param looksForContainers whether to look for containers. It is not needed if no hop limit for containers can have become relevant.
 */
export function quickVerdictOf(
  resource: LaunchResource, analysis: LaunchAnalysis, policy: ImdsPolicy, looksForContainers = true,
): QuickVerdict | undefined {
  const { record } = resource;
  const written = record && writtenIn(resource, record, policy.hopLimits.withoutContainers.most);
  if (!written) { return undefined; }
  return looksForContainers && record.takesHopLimit && analysis.hosts.verdictOn(resource).isContainerHost ? undefined : written;
}

/** The verdict on all places for options. */
function writtenIn(resource: LaunchResource, { carriers, gaps }: ResourceRecord, most: number): QuickVerdict | undefined {
  if (gaps.length > 0) { return undefined; }
  let written: QuickVerdict | undefined;
  for (let index = 0; index < carriers.length; index++) {
    const here = writtenAt(carriers[index], resource, most);
    if (here === undefined || (written !== undefined && here !== written)) { return undefined; }
    written = here;
  }
  return written;
}

function writtenAt(carrier: Carrier, resource: LaunchResource, most: number): QuickVerdict | undefined {
  const { path, dialect, decidesAlone } = carrier;
  if (decidesAlone === 'never') { return undefined; }
  const block = resource.plainAt(path);
  if (!block) { return undefined; }
  if (block.value === undefined) { return decidesAlone === 'always' ? 'unset' : undefined; }
  return isFineBlock(block.value, block.layer, dialect, most) ? 'compliant' : undefined;
}

/** Whether a block has only accepted literals and requires tokens. */
export function isFineBlock(block: unknown, layer: Layer, dialect: Dialect, most: number): boolean {
  return dialect.holds?.(block, layer, (name, field, value) => isFine(name, field, value, most)) ?? false;
}

/** Whether a value is certainly accepted. Values with preconditions, such as enabled tags, are not. */
function isFine(name: SettingName, field: Field, value: unknown, most: number): boolean {
  switch (name) {
    case 'tokens': return field.accepts(value);
    case 'hopLimit': return (hopsOf(value) ?? Infinity) <= most;
    case 'endpoint': return value === field.spell(true);
    default: return value === field.spell(false);
  }
}
