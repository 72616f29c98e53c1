import type { LaunchResource } from '../launch/world';
import { branchesOf, isAbsent } from '../model/intrinsics';
import { isAlways } from '../model/setting';
import { parsePath } from '../resources/path';
import { recordOf } from '../resources/record-table';
import { blocksOf, ownSetting } from './blocks';
import type { Cause } from './cause';
import type { Finding } from './finding';
import type { Judged } from './judged';

/** The releases of a resource, in all branches, that cannot require tokens. A release in a parameter may be any. */
export function oldReleasesOf(resource: LaunchResource): readonly string[] {
  const releases = recordOf(resource.type)?.releases;
  if (!releases) { return []; }
  const written = resource.at(parsePath(releases.path), true).flatMap(({ value, layer }) => literalsIn(layer.resolve(value)));
  return [...new Set(written)].filter(release => !releases.accepts(release));
}

/** Why tokens cannot be required for a resource. */
export function releaseCauses(resource: LaunchResource): readonly Cause[] {
  const releases = recordOf(resource.type)?.releases;
  return oldReleasesOf(resource).map(release => ({ kind: 'old release', release, accepted: releases!.accepted, resource: resource.path }));
}

/** The finding on a release that is too old for the source of the resource, or for any source. */
export function releaseFindings({ resource, record: { releases }, analysis: { graph } }: Judged): readonly Finding[] {
  const because = releases ? releaseCauses(resource) : [];
  if (because.length === 0) { return []; }
  const failing = graph.sourcesOf(resource).filter(requiresTokensWhereSet);
  if (failing.length === 0 && graph.launchesOf(resource).length > 0) { return []; }
  const starts = failing.map(source => ({ kind: 'does not start' as const, source: source.path }));
  return [{ rule: 'Imdsv2::ReleaseTooOld', path: releases!.path, because: [...because, ...starts] }];
}

/** Whether a resource requires tokens wherever it sets them. A branch of a condition that sets none does not change that a launch from it can fail. */
function requiresTokensWhereSet(source: LaunchResource): boolean {
  return blocksOf(source).some(({ carrier: { dialect: { fields } } }) =>
    isAlways(ownSetting(source, 'tokens').filter(({ kind }) => kind !== 'unset'), fields.tokens.accepts));
}

function literalsIn(value: unknown): string[] {
  const branches = branchesOf(value);
  if (branches) { return [...literalsIn(branches.whenTrue), ...literalsIn(branches.whenFalse)]; }
  return isAbsent(value) || typeof value !== 'string' ? [] : [value];
}
