import type { Dependency } from './dependency';
import type { Ecosystem, Sdk } from './sdk';
import { ANY, SDKS } from './sdk-table';
import { isAtLeast, upstreamOf } from './version';
import { boundsOf } from './version-bounds';

/** Whether a version supports IMDSv2, and if that is unknown, why. */
export type Judgement =
  | { readonly verdict: 'supported' | 'too old'; readonly decidedBy?: string }
  | { readonly verdict: 'unknown'; readonly because: string; readonly decidedBy?: string };

/**
 * The SDK that a package belongs to.
 *
 * @param patterns whether prefixes of package names count, too
 */
export function sdkOf(ecosystem: Ecosystem, name: string, patterns = true): Sdk | undefined {
  const normal = normalName(ecosystem, name);
  return SDKS.find(({ packages }) => packages[ecosystem]?.some(pattern => (patterns || !pattern.endsWith('*')) && matches(normal, normalName(ecosystem, pattern))));
}

/** Whether a version of an SDK supports IMDSv2. */
export function judged({ minimum, unclear, countedAnew, endsBefore }: Sdk, ecosystem: Ecosystem | undefined, version: string | undefined): Judgement {
  if (version === undefined) { return { verdict: 'unknown', because: 'it has no version' }; }
  const plain = isDistribution(ecosystem) ? upstreamOf(version) : version;
  const isNew = isAtLeast(plain, minimum ?? '0');
  if (isNew === undefined) { return { verdict: 'unknown', because: 'its version is not a number' }; }
  if (countedAnew !== undefined && plain.replace(/^v/, '').startsWith(countedAnew)) { return { verdict: 'too old' }; }
  if (endsBefore !== undefined && isAtLeast(plain, endsBefore)) { return { verdict: 'unknown', because: `its versions end before ${endsBefore}` }; }
  if (minimum !== undefined && isNew) { return { verdict: 'supported' }; }
  if (!unclear || !isAtLeast(plain, unclear.from)) { return { verdict: 'too old' }; }
  if (unclear.oldBefore !== undefined && !isAtLeast(plain, unclear.oldBefore)) { return { verdict: 'too old', decidedBy: unclear.decidedBy }; }
  return { verdict: 'unknown', because: `the version of ${unclear.decidedBy} that goes with it decides`, decidedBy: unclear.decidedBy };
}

/** The result for a file without one version. It is known if all allowed versions have the same result. */
export function judgedOpen(sdk: Sdk, { ecosystem, leftOpen, range }: Pick<Dependency, 'ecosystem' | 'leftOpen' | 'range'>): Judgement {
  const { minimum, unclear } = sdk;
  if (minimum === undefined && !unclear) { return { verdict: 'too old' }; }
  if (minimum === ANY) { return { verdict: 'supported' }; }
  const bounds = range === undefined ? undefined : boundsOf(range, ecosystem);
  const oldBefore = unclear?.oldBefore ?? unclear?.from ?? minimum!;
  const isOld = bounds?.every(parts => parts.some(({ below, most }) =>
    (below !== undefined && isAtLeast(oldBefore, below)) || (most !== undefined && isAtLeast(most, oldBefore) === false)));
  const isNew = minimum !== undefined && bounds?.every(parts => parts.some(({ least }) => least !== undefined && isAtLeast(least, minimum)));
  return isOld ? { verdict: 'too old', decidedBy: unclear?.oldBefore && unclear.decidedBy } : isNew ? { verdict: 'supported' } : { verdict: 'unknown', because: leftOpen ?? '', decidedBy: unclear?.decidedBy };
}

/** The first version with the code for IMDSv2, if the given version has the code, but is older than the minimum in AWS's list. */
export function hasItSince({ codeSince }: Sdk, ecosystem: Ecosystem, version: string | undefined): string | undefined {
  if (!codeSince || version === undefined) { return undefined; }
  const plain = isDistribution(ecosystem) ? upstreamOf(version) : version;
  const isEnded = codeSince.before !== undefined && isAtLeast(plain, codeSince.before);
  return isAtLeast(plain, codeSince.from) && !isEnded ? codeSince.from : undefined;
}

/** A name in the normal form of its registry. Some registries ignore case, and PyPI treats dashes and dots the same. */
export function normalName(ecosystem: string, name: string): string {
  switch (ecosystem) {
    case 'pypi': return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'nuget': case 'composer': return name.toLowerCase();
    default: return name;
  }
}

/** Whether an ecosystem is a Linux distribution, which adds its own changes to versions. */
export function isDistribution(ecosystem: Ecosystem | undefined): boolean {
  return ecosystem === 'deb' || ecosystem === 'rpm' || ecosystem === 'apk';
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
