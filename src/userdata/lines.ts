import { isMetadataHost } from './request/address';

/** A possible request on a line that could not be parsed. */
export interface SuspectLine {
  readonly position: number;
  readonly end: number;
  readonly kind: 'v1' | 'v2' | 'token';
  readonly client: string;
  readonly url: string;
}

const CLIENT = /\b(curl(?:_cli)?|wget|Invoke-RestMethod|Invoke-WebRequest|irm|iwr|(?:http|fetch)(?=\s+[-\w])|requests\.\w+|urlopen|Net::HTTP|file_get_contents|open-uri|LWP::\w+|DownloadString)\b/i;
const COMMENT = /^\s*(?:#|\/\/|REM\b|::|<!--)/i;
const PRINTS = /^\s*(?:echo|printf|logger|log|Write-\w+|print|puts)\b/i;
/** A command in a line that prints its output. */
const RUNS = /\$\(|`/;
/** Words of a request. A line that prints something is still searched if it has one of them. */
const REQUESTS = /\b(?:get|open|fetch|read|request|urlopen|curl|wget|file_get_contents|shell_exec|system|exec)\b/i;
const URL = /(https?:\/\/)?(\[[^\]\s]{4,50}\]|[\w.-]{7,60})(?::80)?((?:\/[^\s"'`)<>|;\\]*)?)/g;
/** What can follow the address but is no path of EC2: paths of other clouds, and the length of a network prefix, as in `169.254.169.254/32`. */
const OTHERS = /^\/(?:(?:computeMetadata|metadata|opc|openstack|hetzner|v1)\b|\d{1,3}(?![\w/-]|\.\d))/i;
const TOKEN_HEADER = /x-aws-ec2-metadata-token["']?\s*[:=,\]]/i;
/** The same header, or its name alone in quotes. */
const TOKEN_HEADER_NAME = /x-aws-ec2-metadata-token(?:["'`]|\s*(?:[:=,\]]|=>))/i;
/** Headers in a variable, or a call that continues on the next line. */
const HEADERS_ELSEWHERE = /(?:\s-H|--header|-Headers)[= ]*["']?\$|\$\{\w+\[[@*]\]\}|\bheaders\s*[=:]\s*[A-Za-z_]|(?:[({[]|\([^()]*,)[ \t\r]*\n/;
const TOKEN_PATH = /^\/[^/]+\/api\/token/;
/** The end of a base address, to which a program appends a path. */
const BASE_PATH = /^(?:\/(?:latest|\d{4}-\d\d-\d\d|1\.0))?(?:\/(?:meta-data|dynamic))?\/?$/;
/** A path of the metadata service without its host, after a quote, a variable or the method of a request. */
const DATA_PATH = /(?<=["'`\s}]|\$\w{1,40})(?:\/?(?:latest|\d{4}-\d\d-\d\d|1\.0)\/|\/)?(?:meta-data|user-data|dynamic\/instance-identity|api\/token)(?![\w-])[^\s"'`)<>|;\\]*/g;
const BLOCK_COMMENT = /^\s*(?:\*|\/\*)/;
/** A longer line was not written by a person. It is searched in pieces. */
const LONGEST = 4_096;
const PIECE_ENDS = [';', '&', '|', ' ', '"', ','];

/** An address of the metadata service in a text: of a request for a token, or of another request. */
export interface ServiceAddress {
  readonly kind: 'v1' | 'token';
  readonly url: string;
}

/** Searches lines for requests. A line and its continuation lines are searched together. */
export function suspectLines(text: string, from = 0): SuspectLine[] {
  const isTokenSent = namesTokenHeader(text);
  const found: SuspectLine[] = [];
  let position = from;
  let logical = '';
  let start = from;
  for (const line of text.slice(from).split('\n')) {
    if (logical === '') { start = position; }
    position += line.length + 1;
    logical += `${line}\n`;
    if (/[\\`^]\r?$/.test(line) && logical.length < LONGEST) { continue; }
    found.push(...suspectsIn(logical, start, isTokenSent));
    logical = '';
  }
  return found;
}

function suspectsIn(line: string, start: number, isTokenSent: boolean): SuspectLine[] {
  if (COMMENT.test(line) || (PRINTS.test(line) && !RUNS.test(line))) { return []; }
  return piecesOf(line).flatMap(({ piece, at }) => {
    const suspect = suspectIn(piece, isTokenSent);
    return suspect ? [{ ...suspect, position: start + at, end: start + at + piece.trimEnd().length }] : [];
  });
}

/** A line in pieces that are not too long. It is cut after a command or a word, if there is one. */
function piecesOf(line: string): { readonly piece: string; readonly at: number }[] {
  const pieces: { piece: string; at: number }[] = [];
  let from = 0;
  while (from < line.length) {
    const rest = line.slice(from, from + LONGEST);
    const isLast = from + rest.length === line.length;
    const [ends = rest.length] = isLast ? [] : PIECE_ENDS.map(end => rest.lastIndexOf(end) + 1).filter(end => end > 0);
    pieces.push({ piece: rest.slice(0, ends), at: from });
    from += ends;
  }
  return pieces;
}

/**
 * The requests to the metadata service in a program of any language, outside comments. An address of the service with a path has no other use.
 *
 * If the address is only a base address, this also searches for paths without a host, and for lines that use the variable of the base address.
 */
export function addressesIn(text: string): SuspectLine[] {
  const found: SuspectLine[] = [];
  const bases: Base[] = [];
  const lines = codeLines(text);
  for (const { line, position } of lines) {
    for (const { 0: url, 1: scheme, 2: host, 3: path, index } of line.matchAll(URL)) {
      if (!isMetadataHost(host) || OTHERS.test(path) || (path === '' && !scheme && !/\d/.test(host))) { continue; }
      const kind = TOKEN_PATH.test(path) ? 'token' : 'v1';
      const place: SuspectLine = { position: position + index, end: position + index + url.length, kind, client: '', url };
      if (BASE_PATH.test(path)) { bases.push({ ...place, path, line: line.slice(0, index) }); } else { found.push(place); }
    }
  }
  if (bases.length === 0) { return found; }
  const uses = [...pathsIn(lines, [...found, ...bases]), ...usesOf(bases, lines)].slice(0, MOST_USES);
  const isUsed = uses.length > 0;
  const whole = bases.filter(({ path }) => !isUsed && path.length > 1);
  return [...found, ...uses, ...whole].sort((first, second) => first.position - second.position);
}

/** A base address, and the text before it on its line. */
interface Base extends SuspectLine {
  readonly path: string;
  readonly line: string;
}

interface CodeLine {
  readonly line: string;
  readonly position: number;
}

/** The lines that are neither comments nor only print something. */
function codeLines(text: string): CodeLine[] {
  const lines: CodeLine[] = [];
  let position = 0;
  for (const line of text.split('\n')) {
    const isSilent = COMMENT.test(line) || BLOCK_COMMENT.test(line) || (PRINTS.test(line) && !REQUESTS.test(line));
    if (!isSilent) { lines.push({ line, position }); }
    position += line.length + 1;
  }
  return lines;
}

/** Paths of the metadata service without a host. */
function pathsIn(lines: readonly CodeLine[], known: readonly SuspectLine[]): SuspectLine[] {
  const ends = new Set(known.map(({ end }) => end));
  return lines.flatMap(({ line, position }) => [...line.matchAll(DATA_PATH)].flatMap(({ 0: path, index }) => {
    const end = position + index + path.length;
    const kind = path.includes('api/token') ? 'token' as const : 'v1' as const;
    return ends.has(end) ? [] : [{ position: position + index, end, kind, client: '', url: path }];
  }));
}

/** The most requests that are reported for a path or a variable alone. */
const MOST_USES = 500;
/** The most variables of base addresses that are searched for. */
const MOST_NAMES = 5;

/** The lines that use the variable of a base address whose path already leads to metadata. */
function usesOf(bases: readonly Base[], lines: readonly CodeLine[]): SuspectLine[] {
  const named = bases.filter(({ path }) => /(?:meta-data|dynamic)\/?$/.test(path)).slice(0, MOST_NAMES);
  return named.flatMap(({ line: before, position: own }) => {
    const [, name] = /(?<!\w)([A-Za-z_]\w*)\s*(?::\s*\w+\s*)?=\s*["'`]$/.exec(before.slice(-200)) ?? [];
    if (!name) { return []; }
    const use = new RegExp(`(?<!\\w)${name}(?!\\w)`);
    return lines.flatMap(({ line, position }) => {
      const at = position > own ? use.exec(line)?.index : undefined;
      return at === undefined ? [] : [{ position: position + at, end: position + line.trimEnd().length, kind: 'v1' as const, client: '', url: `${name}...` }];
    });
  });
}

/** @param isTokenSent whether any line of the text sends a token: then it can be in headers that are not on this line */
function suspectIn(line: string, isTokenSent: boolean): Pick<SuspectLine, 'kind' | 'client' | 'url'> | undefined {
  const client = CLIENT.exec(line)?.[1];
  if (!client) { return undefined; }
  const address = serviceAddressIn(line);
  if (!address) { return undefined; }
  const { kind, url } = address;
  const isSent = sendsToken(line) || (isTokenSent && HEADERS_ELSEWHERE.test(line));
  return { kind: kind === 'v1' && isSent ? 'v2' : kind, client, url };
}

/** Whether a script in any language contains the header with a token, or its name in quotes, as a constant has it. */
export function namesTokenHeader(text: string): boolean {
  return TOKEN_HEADER_NAME.test(text);
}

/** Whether a line contains the header with a token. */
function sendsToken(text: string): boolean {
  return TOKEN_HEADER.test(text);
}

/** The first address of the metadata service in a text. If there are several, one that is not only for a token. */
export function serviceAddressIn(text: string): ServiceAddress | undefined {
  let token: ServiceAddress | undefined;
  for (const [url, , host, path] of text.matchAll(URL)) {
    if (path === '' || !isMetadataHost(host) || OTHERS.test(path)) { continue; }
    if (!TOKEN_PATH.test(path)) { return { kind: 'v1', url }; }
    token ??= { kind: 'token', url };
  }
  return token;
}
