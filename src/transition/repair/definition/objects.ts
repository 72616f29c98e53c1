import type { Catcher, State } from './states';
import { call, jsonata } from './states';

/** The objects of a run, one for each page of instances. */
export type Folder = 'selected' | 'plan' | 'records' | 'refused' | 'report';

/** The object that shows that a run may have changed something. It is written before the first wave. */
export const BEGUN = 'begun.json';

/** An expression for the key of an object of the run. */
export function keyOf(name: string): string {
  return `$config.folder & 'runs/' & $run & '/${name}'`;
}

/** The folder of findings to repair, with an object for each instance. */
export const FINDINGS = "$config.folder & 'findings/'";

/** The key of a page of stored findings. If only these are repaired, they are also the selected instances. */
export function foundKey(isWhole: string): string {
  return `${keyOf('')} & (${isWhole} ? 'found/' : 'selected/') & $formatNumber($page, '00000') & '.json'`;
}

/** The key of a page: `runs/<run>/plan/00001.json`. */
export function pageKey(folder: Folder): string {
  return `${keyOf(`${folder}/`)} & $formatNumber($page, '00000') & '.json'`;
}

/** Writes an object. The key and the body are expressions. */
export function put(key: string, body: string, next: string, retry?: readonly object[]): State {
  const args = { Bucket: jsonata('$config.bucket'), Key: jsonata(key), Body: jsonata(`$string(${body})`), ContentType: 'application/json' };
  return call('s3:putObject', args, next, { ...retry && { retry } });
}

/** Reads a JSON object, and assigns variables from it. */
export function get(key: string, assign: { readonly [name: string]: string }, next: string, catchers?: readonly Catcher[]): State {
  return call('s3:getObject', { Bucket: jsonata('$config.bucket'), Key: jsonata(key) }, next, { assign, catchers });
}

/** An expression for the contents of the object. */
export const READ = '$parse($states.result.Body)';

/** Whether a list of objects is not empty. */
export const HAS_CONTENTS = '$count($states.result.Contents) > 0';

/**
 * Sets a variable to whether an object exists. It lists objects, because the errors of a read do not reliably separate a missing object from a denied
 * one.
 */
export function look(key: string, variable: string, next: string, more: object = {}): State {
  const args = { Bucket: jsonata('$config.bucket'), Prefix: jsonata(key), ...more, MaxKeys: 1 };
  return call('s3:listObjectsV2', args, next, { assign: { [variable]: jsonata(HAS_CONTENTS) } });
}
