import { readFileSync } from 'fs';
import { DAY } from '../model/day';
import { describeValue } from '../model/setting';
import { faultIn } from './record-shape';
import type { UsageRecord } from './usage-record';

/**
 * The records in a file: one, or a list of them.
 *
 * @throws Error if it cannot be read, or has other content; the message names the file, the place, the expected and the found value
 */
export function recordsIn(path: string): readonly UsageRecord[] {
  const content = parsed(path);
  const records: readonly unknown[] = Array.isArray(content) ? content : [content];
  for (const [index, record] of records.entries()) {
    const fault = faultIn(record, Array.isArray(content) ? `$[${index}]` : '$');
    if (fault) { throw new Error(`${fault.path} in '${path}' must be ${fault.expected}, got ${gotText(fault.got)}`); }
  }
  (records as readonly UsageRecord[]).forEach(record => checkBelievable(record, path));
  return records as readonly UsageRecord[];
}

const DOCS = 'https://github.com/cdk-imdsv2/cdk-imdsv2/blob/main/docs/transition.md';

/** The folder of an account in a bucket. Several accounts write to the bucket. Each can write only below its own id, but with any contents. */
const FOLDER = /(?:^|[/\\])usage[/\\](\d{12})[/\\]/;

/** The largest difference between clocks. */
const CLOCKS_DIFFER = DAY;

/** @throws Error if a record is for another account than that of its folder, or has a date in the future, because it would then always be the newest */
function checkBelievable({ account, at }: UsageRecord, path: string): void {
  const folder = FOLDER.exec(path)?.[1];
  if (folder !== undefined && folder !== account) {
    throw new Error(`account in '${path}' must be '${folder}', as its folder is called, got ${describeValue(account)}`);
  }
  if (Date.parse(at) > Date.now() + CLOCKS_DIFFER) { throw new Error(`at in '${path}' must not be in the future, got ${describeValue(at)}`); }
}

function parsed(path: string): unknown {
  const content = textOf(path);
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    throw new Error(`'${path}' must be a usage record in JSON, got something else: ${(error as Error).message}`);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? `this file does not exist, so download it first, as ${DOCS} describes` : message;
    throw new Error(`path must be the path of a usage record, got ${describeValue(path)}: ${reason}`);
  }
}

function gotText(got: unknown): string {
  return got === undefined ? 'nothing' : describeValue(got);
}
