import type { LaunchResource } from './world';

/** What stands at a path for user data, rendered: more than one value where conditions decide, or in the elements of a list. */
export interface UserData {
  readonly path: readonly string[];
  readonly values: readonly unknown[];
}

const NONE: readonly UserData[] = [];

/** The user data of a resource. Ask the resource's `reading` for it: it is dear to render, and several look at it. */
export function userDataOf(resource: LaunchResource): readonly UserData[] {
  const found: UserData[] = [];
  for (const path of resource.record?.instances.userData ?? []) {
    const values = resource.valuesAt(path);
    if (values.length > 0) { found.push({ path, values }); }
  }
  return found.length === 0 ? NONE : found;
}
