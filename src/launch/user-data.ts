import type { JsonObject } from '../model/intrinsics';
import { intrinsicName } from '../model/intrinsics';
import type { LaunchResource } from './world';

/** The rendered values at a path for user data: several with conditions or lists. */
export interface UserData {
  readonly path: readonly string[];
  readonly values: readonly unknown[];
  /** The text, where it is one and nothing else, encoded by CloudFormation or not. */
  readonly text: string | undefined;
}

const NONE: readonly UserData[] = [];
const NOWHERE: readonly never[] = [];

/** The user data of a resource. Use the resource's `reading`, because rendering is expensive and several functions need it. */
export function userDataOf(resource: LaunchResource): readonly UserData[] {
  const paths = resource.record?.instances.userData ?? NOWHERE;
  let found = NONE;
  for (let index = 0; index < paths.length; index++) {
    const values = resource.valuesAt(paths[index]);
    if (values.length > 0) { found = [...found, { path: paths[index], values, text: values.length === 1 ? textIn(values[0]) : undefined }]; }
  }
  return found;
}

function textIn(value: unknown): string | undefined {
  const text = intrinsicName(value) === 'Fn::Base64' ? (value as JsonObject)['Fn::Base64'] : value;
  return typeof text === 'string' ? text : undefined;
}
