import type { Launch } from '../launch/launch-graph';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import type { LaunchReference } from '../resources/record';

/** What a launcher launches from, in words. */
export function kindOf({ keys, target }: LaunchReference): string {
  return keys ? 'the launch template' : `the ${target}`;
}

/** Versions in words. */
export function wordsOf(versions: readonly Version[]): string {
  return versions.map(({ words }) => words).join(' or ');
}

/** What stands before words about what a launch follows. */
export function through({ source, versions, reference }: Launch): string {
  const title = source.kind === 'resource' ? `${kindOf(reference)} '${source.resource.path}'` : kindOf(reference);
  const followed = versions.filter(followsChanges);
  return followed.length > 0 ? `${title} (${wordsOf(followed)}): ` : `${title}: `;
}
