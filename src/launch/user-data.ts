import type { LaunchResource } from './world';

/** The rendered values at a path for user data: several with conditions or lists. */
export interface UserData {
  readonly path: readonly string[];
  readonly values: readonly unknown[];
}

const NONE: readonly UserData[] = [];

/** The user data of a resource. Use the resource's `reading`, because rendering is expensive and several functions need it. */
export function userDataOf(resource: LaunchResource): readonly UserData[] {
  const found: UserData[] = [];
  for (const path of resource.record?.instances.userData ?? []) {
    const values = resource.valuesAt(path);
    if (values.length > 0) { found.push({ path, values }); }
  }
  return found.length === 0 ? NONE : found;
}
