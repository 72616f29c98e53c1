import { CfnResource } from 'aws-cdk-lib';
import { intrinsicName, isAbsent, isObject, ownValue } from '../model/intrinsics';
import type { LiveResource, WrittenPlace } from '../resources/live-resource';
import { LiveResource as Live } from '../resources/live-resource';
import { isBarred, plainValueAt } from '../resources/plain-places';
import type { LaunchReference, LaunchesFrom } from '../resources/record';
import type { LiveReferences } from './live-references';

/** The source that a launcher names directly: one resource, or nothing. `undefined` if the launcher needs a full reading. */
export type NamedSource = CfnResource | 'nothing' | undefined;

/**
 * The source that a launcher currently names directly, in plain properties.
 *
 * To find the launchers of one source, most launchers need no full reading, because they directly name another one.
 */
export function namedSourceOf(launcher: LiveResource, { references }: LaunchesFrom, tokens: LiveReferences): NamedSource {
  let named: NamedSource = 'nothing';
  for (let index = 0; index < references.length; index++) {
    const reference = references[index];
    const written = launcher.writtenAsRendered(reference.segments);
    const found = written && namedAt(written, reference, tokens);
    if (found === undefined || (found !== 'nothing' && named !== 'nothing')) { return undefined; }
    if (found !== 'nothing') { named = found; }
  }
  return named;
}

function namedAt({ value, path, layer }: WrittenPlace, { keys, target: type }: LaunchReference, tokens: LiveReferences): NamedSource {
  const specification = plainValueAt(value, path, layer);
  if (isBarred(specification)) { return undefined; }
  if (isAbsent(specification)) { return 'nothing'; }
  if (!keys) { return ofType(type, specification, tokens); }
  const isPlain = isObject(specification) && !layer.isUnresolved(specification) && intrinsicName(specification) === undefined;
  if (!isPlain || (keys.name !== undefined && ownValue(specification, layer.name(keys.name)) !== undefined)) { return undefined; }
  return ofType(type, ownValue(specification, layer.name(keys.id)), tokens);
}

/** The resource of a type that a value is a reference to. */
function ofType(type: string, value: unknown, tokens: LiveReferences): CfnResource | undefined {
  const reference = tokens.of(value);
  const isMeant = reference?.displayName === 'Ref' && CfnResource.isCfnResource(reference.target) && Live.typeOf(reference.target) === type;
  return isMeant ? reference.target as CfnResource : undefined;
}
