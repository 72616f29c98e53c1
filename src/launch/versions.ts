import type { Target } from './targets';
import type { LaunchResource } from './world';

/**
 * The version of a launch template that a launcher names.
 *
 * - `latest`: `$Latest`, the newest at the launch.
 * - `latest number`: the `LatestVersionNumber`, which changes with every deployment that changes the template.
 * - `default`: `$Default`, or its number; CloudFormation does not change it.
 * - `none`: no version, which means the default one.
 * - `number`: a fixed one.
 * - `unknown`: known only at deployment.
 */
export interface Version {
  readonly kind: 'latest' | 'latest number' | 'default' | 'none' | 'number' | 'unknown';
  /** The version as the user wrote it, for messages and tables; in words where nothing is written. */
  readonly words: string;
}

/** The version that is the newest one at the launch. */
export const LATEST = '$Latest';

/** The attribute with the number of the newest version. */
export const LATEST_NUMBER = 'LatestVersionNumber';

const NONE: Version = { kind: 'none', words: 'default version' };

/** The possible versions in a specification of a template; `undefined` for a template outside the app. An optional one can be left out. */
export function versionsOf(targets: readonly Target[], template: LaunchResource | undefined, isOptional = false): readonly Version[] {
  if (targets.length === 0) { return [NONE]; }
  if (targets.length === 1 && !isOptional) { return [versionOf(targets[0], template)]; }
  const own = targets.filter(target => target.kind !== 'resource' || target.resource === template);
  const versions = [...(own.length > 0 ? own : targets).map(target => versionOf(target, template)), ...isOptional ? [NONE] : []];
  return versions.filter(({ kind, words }, index) => versions.findIndex(version => version.kind === kind && version.words === words) === index);
}

/** Whether a changed template changes new instances. */
export function followsChanges({ kind }: Version): boolean {
  return kind === 'latest' || kind === 'latest number';
}

function versionOf(target: Target, template: LaunchResource | undefined): Version {
  if (target.kind === 'unknown') { return { kind: 'unknown', words: target.reason }; }
  if (target.kind === 'text') { return literalVersion(target.text.words); }
  const { resource, attribute } = target;
  if (resource !== template) { return { kind: 'unknown', words: `Fn::GetAtt ${attribute} of ${resource.path}` }; }
  switch (attribute) {
    case LATEST_NUMBER: return { kind: 'latest number', words: attribute };
    case 'DefaultVersionNumber': return { kind: 'default', words: attribute };
    default: return { kind: 'unknown', words: attribute };
  }
}

function literalVersion(text: string): Version {
  if (text === LATEST) { return { kind: 'latest', words: text }; }
  if (text === '$Default') { return { kind: 'default', words: text }; }
  return /^\d+$/.test(text) ? { kind: 'number', words: text } : { kind: 'unknown', words: text };
}
