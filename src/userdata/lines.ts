import { isMetadataHost } from './request/address';

/** What looks like a request on a line that could not be parsed. */
export interface SuspectLine {
  readonly position: number;
  readonly end: number;
  readonly kind: 'v1' | 'v2' | 'token';
  readonly client: string;
  readonly url: string;
}

const CLIENT = /\b(curl|wget|Invoke-RestMethod|Invoke-WebRequest|irm|iwr|(?:http|fetch)(?=\s+[-\w])|requests\.\w+|urlopen|Net::HTTP|file_get_contents|open-uri|LWP::\w+|DownloadString)\b/i;
const COMMENT = /^\s*(?:#|\/\/|REM\b|::|<!--)/i;
const SAID = /^\s*(?:echo|printf|logger|log|Write-\w+|print|puts)\b/i;
/** What a line that writes something out has in it where it requests that first. */
const REQUESTS = /\b(?:get|open|fetch|read|request|urlopen|curl|wget|file_get_contents|shell_exec|system|exec)\b/i;
const URL = /(?:https?:\/\/)?(\[[^\]\s]{4,50}\]|[\w.]{7,60})(?::80)?(\/[^\s"'`)<>|;\\]*)/g;
const OTHERS = /^\/(?:computeMetadata|metadata|opc|openstack|hetzner|v1)\b/i;
const TOKEN_PATH = /^\/[^/]+\/api\/token/;
/** A line that is longer is no line that somebody wrote. */
const LONGEST = 4_096;

/** Looks through lines: each with its continuations is looked at by itself. */
export function suspectLines(text: string, from = 0): SuspectLine[] {
  const found: SuspectLine[] = [];
  let position = from;
  let logical = '';
  let start = from;
  for (const line of text.slice(from).split('\n')) {
    if (logical === '') { start = position; }
    position += line.length + 1;
    logical += `${line}\n`;
    if (/[\\`^]\r?$/.test(line) && logical.length < LONGEST) { continue; }
    const suspect = logical.length <= LONGEST && !COMMENT.test(logical) && !SAID.test(logical) ? suspectIn(logical) : undefined;
    if (suspect) { found.push({ ...suspect, position: start, end: position - 1 }); }
    logical = '';
  }
  return found;
}

/** The addresses of the service in a program, outside of comments: whatever it is written in, there is no other use for them. */
export function addressesIn(text: string): SuspectLine[] {
  const found: SuspectLine[] = [];
  let position = 0;
  for (const line of text.split('\n')) {
    if (!COMMENT.test(line) && line.length <= LONGEST && !(SAID.test(line) && !REQUESTS.test(line))) {
      for (const { 0: url, 1: host, 2: path, index } of line.matchAll(URL)) {
        if (isMetadataHost(host) && !OTHERS.test(path)) {
          found.push({ position: position + index, end: position + index + url.length, kind: TOKEN_PATH.test(path) ? 'token' : 'v1', client: '', url });
        }
      }
    }
    position += line.length + 1;
  }
  return found;
}

function suspectIn(line: string): Pick<SuspectLine, 'kind' | 'client' | 'url'> | undefined {
  const client = CLIENT.exec(line)?.[1];
  if (!client) { return undefined; }
  for (const [url, host, path] of line.matchAll(URL)) {
    if (!isMetadataHost(host) || OTHERS.test(path)) { continue; }
    if (TOKEN_PATH.test(path)) { return { kind: 'token', client, url }; }
    return { kind: /x-aws-ec2-metadata-token["']?\s*[:=,\]]/i.test(line) ? 'v2' : 'v1', client, url };
  }
  return undefined;
}
