import type { Catcher, State } from './states';
import { call, jsonata } from './states';

/** The objects of a run, one for each page of instances. */
export type Folder = 'selected' | 'plan' | 'records' | 'refused' | 'report';

/** The object that says that a run may have changed something: it is written before the first wave begins. */
export const BEGUN = 'begun.json';

/** The key of an object of the run, as an expression. */
export function keyOf(name: string): string {
  return `$config.folder & 'runs/' & $run & '/${name}'`;
}

/** Where what is wanted is noted, as an object for each instance. */
export const FINDINGS = "$config.folder & 'findings/'";

/** The key of a page of what was noted. Where not all is wanted, that is what is selected. */
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

/** Reads an object of JSON as `$read`, or what it is assigned to. */
export function get(key: string, assign: { readonly [name: string]: string }, next: string, catchers?: readonly Catcher[]): State {
  return call('s3:getObject', { Bucket: jsonata('$config.bucket'), Key: jsonata(key) }, next, { assign, catchers });
}

/** What was read. */
export const READ = '$parse($states.result.Body)';

/** Whether a list has anything on it. */
export const HAS_CONTENTS = '$count($states.result.Contents) > 0';

/** Says as a variable whether there is an object. To be refused one and to have none are two things, which no name of an error tells apart for sure. */
export function look(key: string, variable: string, next: string, more: object = {}): State {
  const args = { Bucket: jsonata('$config.bucket'), Prefix: jsonata(key), ...more, MaxKeys: 1 };
  return call('s3:listObjectsV2', args, next, { assign: { [variable]: jsonata(HAS_CONTENTS) } });
}
