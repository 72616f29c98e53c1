import type { Language, Part } from './documents/part';
import { partsOf } from './documents/parts';
import { addressesIn, suspectLines } from './lines';
import { scanPowerShell } from './powershell/scan-powershell';
import { scanPython } from './python/scan-python';
import type { Reason } from './request/judge-request';
import { ANYTHING, shown, withoutMarkers } from './request/possible-text';
import type { PossibleText } from './request/possible-text';
import { rewriteCalls } from './shell/rewrite';
import { scanShell } from './shell/scan-shell';
import type { ShellRun } from './shell/shell-run';
import { Source } from './shell/text/source';
import { Trail } from './shell/trail';
import type { FoundCall } from './shell/trail';

/** An IMDSv1 call, and where it stands. */
export interface ScannedCall {
  readonly line: number;
  readonly command: string;
  readonly client: string;
  readonly url: string;
  readonly reason: Reason;
  readonly header?: string;
  readonly certainty: 'certain' | 'likely' | 'fallback';
  readonly rewritten?: string;
  /** Whether what is rewritten uses the variable that `tokenCommand` sets. */
  readonly usesTokenCommand: boolean;
  /** Its lines, with those around them. */
  readonly excerpt: readonly ScriptLine[];
}

/** A line of a script. */
export interface ScriptLine {
  readonly line: number;
  readonly text: string;
  /** Whether it is one of the lines of a call. */
  readonly isCall: boolean;
}

/** What a script downloads and runs. */
export interface FetchedScript {
  readonly line: number;
  readonly url: string;
}

/** A script of the user data, gone through. */
export interface ScannedScript {
  readonly language: Language;
  readonly text: string;
  /** The line of the whole where it begins; nothing where it stands there encoded. */
  readonly line?: number;
  readonly calls: readonly ScannedCall[];
  readonly v2: number;
  readonly tokens: number;
  readonly isParsed: boolean;
  readonly notes: readonly string[];
  readonly fetched: readonly FetchedScript[];
  readonly tokenCommand?: string;
  readonly rewritten: string;
}

const LONGEST_COMMAND = 400;
const LONGEST_LINE = 200;
/** How many lines of a call are shown, and how many around it. */
const MOST_LINES = 12;
const LINES_AROUND = 1;
const MOST_FETCHED = 20;
/** How many texts in others are looked through. */
const MOST_PARTS = 500;

/** Finds the scripts in a text and goes through each; whatever the text is, that is an answer. */
export function scanScripts(text: string): readonly ScannedScript[] {
  return scanKnown(withoutMarkers(text));
}

/** The same of a text out of a template, where marks stand for what only deployment knows; what it is written in may be known. */
export function scanKnown(text: string, language?: Language, line = 1): readonly ScannedScript[] {
  const parts = language === undefined ? partsSafely(text, line) : [{ language, text, line }];
  return parts.slice(0, MOST_PARTS).map(part => scanSafely(part));
}

function partsSafely(text: string, line: number): readonly Part[] {
  try {
    return partsOf(text, line);
  } catch {
    return [{ language: 'shell', text, line }];
  }
}

/** A parser may fail on what nobody has thought of; then lines are all there is. */
function scanSafely(part: Part): ScannedScript {
  try {
    return scanPart(part);
  } catch {
    return scanByLines(part);
  }
}

function scanPart(part: Part): ScannedScript {
  switch (part.language) {
    case 'python': return scanPythonPart(part);
    case 'powershell': return scanPowerShellPart(part);
    case 'text': return /^\s*#!/.test(part.text) ? scanOtherPart(part) : scanByLines(part);
    default: return scanShellPart(part);
  }
}

function scanByLines(part: Part): ScannedScript {
  const trail = new Trail();
  const source = Source.of(part.text);
  noteLines(source, trail);
  return scanned(part, trail, false);
}

function noteLines(source: Source, trail: Trail): void {
  for (const { position, end, kind, client, url } of suspectLines(source.text)) {
    if (kind === 'v1') {
      trail.note({ kind, reason: 'no token', isCertain: false }, () => plainCall(source, position, end, client, url));
    } else if (kind === 'v2') { trail.v2 += 1; } else { trail.tokens += 1; }
  }
}

function scanShellPart(part: Part): ScannedScript {
  const plain = part.text.replaceAll('\r\n', '\n');
  const text = part.language === 'batch' ? batchAsShell(plain) : terraformAsShell(plain);
  const trail = scanShell(text, scanForeign);
  return scanned({ ...part, text }, trail, !trail.notes.has('not parsed'), part.text);
}

function scanPythonPart(part: Part): ScannedScript {
  const trail = new Trail();
  notePython(Source.of(part.text), trail, undefined);
  return scanned(part, trail, true);
}

function scanOtherPart(part: Part): ScannedScript {
  const trail = new Trail();
  noteOther(Source.of(part.text), trail, /(?<![a-z])([a-z]+)[\d.]*\s*$/.exec(part.text.trimStart().split('\n', 1)[0])?.[1] ?? 'program');
  return scanned(part, trail, true);
}

function scanPowerShellPart(part: Part): ScannedScript {
  const trail = new Trail();
  notePowerShell(Source.of(part.text), trail);
  return scanned(part, trail, true);
}

/** What another program does with a script that a shell script gives it. */
function scanForeign(language: string, source: Source, trail: Trail, run: ShellRun): PossibleText {
  const tokens = trail.tokens;
  const v2 = trail.v2;
  if (language === 'python') { notePython(source, trail, run); } else if (/^(?:pwsh|powershell)$/.test(language)) { notePowerShell(source, trail); } else { noteOther(source, trail, language); }
  if (trail.tokens > tokens || trail.v2 > v2) { trail.touches += 1; }
  return trail.tokens > tokens && trail.v2 === v2 ? ['\uE001'] : ANYTHING;
}

const PYTHON_TOKEN = 'requests.put("http://169.254.169.254/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": "21600"}).text';

function notePython(source: Source, trail: Trail, run: ShellRun | undefined): void {
  const { requests, commands } = scanPython(source.text);
  for (const { pos, end, client, url, judgement, hasHeaders } of requests) {
    const text = source.text.slice(pos, end);
    const rewritten = hasHeaders || !text.endsWith(')') ? undefined
      : /requests|session|httpx/.test(client) ? `${text.slice(0, -1)}, headers={"X-aws-ec2-metadata-token": ${PYTHON_TOKEN}})` : urllibCall(text);
    trail.note(judgement, () => ({ ...plainCall(source, pos, end, client, url), rewritten }));
  }
  for (const { pos, end, command } of commands) {
    if (run && run.source.depth > 4) { continue; }
    const inner = scanShell(command, () => ANYTHING);
    trail.v2 += inner.v2;
    trail.tokens += inner.tokens;
    for (const call of inner.calls.values()) { trail.note({ kind: 'v1', reason: call.reason, header: call.header, isCertain: call.isCertain }, () => plainCall(source, pos, end, call.client, call.url)); }
  }
}

/** Without anything but Python's own library. */
function urllibCall(text: string): string | undefined {
  const [, callee, url] = /^([\w.]*urlopen)\((.*)\)$/s.exec(text) ?? [];
  if (!callee || /,\s*data\s*=/.test(url) || /^\s*(?:[\w.]*Request\(|req(?:uest)?\b)/.test(url)) { return undefined; }
  const module = callee.includes('.') ? callee.slice(0, callee.lastIndexOf('.')) : '__import__("urllib.request").request';
  const [first, ...rest] = url.split(/,(?=\s*\w+\s*=)/);
  const token = `${module}.urlopen(${module}.Request("http://169.254.169.254/latest/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "21600"})).read().decode()`;
  return `${callee}(${[`${module}.Request(${first}, headers={"X-aws-ec2-metadata-token": ${token}})`, ...rest].join(',')})`;
}

function notePowerShell(source: Source, trail: Trail): void {
  const token = 'Invoke-RestMethod -Method Put -Uri http://169.254.169.254/latest/api/token -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "21600"}';
  for (const { pos, end, client, url, judgement, at, isFallback = false, isWhole } of scanPowerShell(source.text)) {
    const header = `-Headers @{"X-aws-ec2-metadata-token" = (${token})}`;
    const rewritten = at !== undefined ? `${source.text.slice(pos, at)} ${header}${source.text.slice(at, end)}` : `(Invoke-RestMethod ${header} -Uri ${url})`;
    trail.note(judgement, () => ({ ...plainCall(source, pos, end, client, url), visits: [{ isGuarded: isFallback }], rewritten: isWhole || /-headers\b/i.test(source.text.slice(at ?? pos, end)) ? undefined : rewritten }));
  }
}

/** Perl, Ruby and others: a request and its header stand in the same script. */
function noteOther(source: Source, trail: Trail, language: string): void {
  const hasHeader = /x-aws-ec2-metadata-token["']?\s*(?:[:=,\]]|=>)/i.test(source.text);
  for (const { position, end, kind, url } of addressesIn(source.text)) {
    if (kind === 'token') { trail.tokens += 1; } else if (hasHeader) { trail.v2 += 1; } else {
      trail.note({ kind: 'v1', reason: 'no token', isCertain: true }, () => plainCall(source, position, end, language, url));
    }
  }
}

function plainCall(source: Source, pos: number, end: number, client: string, url: string): Omit<FoundCall, 'reason' | 'header' | 'isCertain'> {
  const isOneLiner = source.depth > 0;
  return { source, pos, end, client, url, visits: [{ isGuarded: false }], tokenNames: [], script: source, statement: 0, isOneLiner };
}

/** Terraform writes `$${name}` for what is `${name}` to the shell. */
function terraformAsShell(text: string): string {
  return text.includes('$${') ? text.replaceAll('$${', '${') : text;
}

/** Batch files say the same in other words; lines stay where they are. */
function batchAsShell(text: string): string {
  return text.split('\n').map(line => {
    if (/^\s*(?:@?rem\b|::)/i.test(line)) { return ''; }
    return line.replace(/\\(?=\S)/g, '/').replaceAll('$', '\\$').replace(/^\s*@?\s*/, '').replace(/^echo\.?\b.*/i, ':')
      .replace(/^set\s+"?(\w+)=([^"\r]*)"?/i, '$1="$2"').replace(/%(\w+)%/g, '$${$1}').replace(/\^\r?$/, '\\')
      .replace(/^for\s+\/f\b[^(]*\(\s*['`"](.*)['`"]\s*\)\s*do\s[^]*/i, '$1');
  }).join('\n');
}

function scanned(part: Part, trail: Trail, isParsed: boolean, given = part.text): ScannedScript {
  const calls = [...trail.calls.values()].sort((first, second) => first.source.rootPosition(first.pos) - second.source.rootPosition(second.pos));
  const lineAt = lineFinder(part);
  const { commands, usesVariable, tokenCommand, script } = rewriteCalls(part.text, calls);
  return {
    language: part.language,
    text: given,
    line: part.line,
    calls: calls.map(call => ({
      line: lineAt(call.source.rootPosition(call.pos)),
      command: shown(call.source.text.slice(call.pos, call.end)).slice(0, LONGEST_COMMAND),
      client: call.client,
      url: call.url,
      reason: call.reason,
      header: call.header,
      certainty: trail.v2 > 0 && call.visits.every(({ isGuarded }) => isGuarded) ? 'fallback' : call.isCertain ? 'certain' : 'likely',
      rewritten: commands.get(call),
      usesTokenCommand: usesVariable.has(call),
      excerpt: excerptOf(part.text, call.source.rootPosition(call.pos), call.source.rootPosition(call.end), lineAt),
    })),
    v2: trail.v2,
    tokens: trail.tokens,
    isParsed,
    notes: notesOn(trail, isParsed),
    fetched: [...trail.fetched].slice(0, MOST_FETCHED).map(([url, { source, pos }]) => ({ line: lineAt(source.rootPosition(pos)), url: shown(url) })),
    tokenCommand,
    rewritten: part.language === 'shell' ? script : given,
  };
}

function notesOn(trail: Trail, isParsed: boolean): string[] {
  const fetched = [...trail.fetched.keys()].slice(0, MOST_FETCHED).map(url => `it runs what it downloads from ${shown(url)}: nobody can see that here`);
  return [...isParsed ? [] : ['a part of it cannot be parsed: it was looked through line by line'], ...fetched];
}

/** The lines of a call, and those around it. */
function excerptOf(text: string, pos: number, end: number, lineAt: (position: number) => number): ScriptLine[] {
  let from = text.lastIndexOf('\n', pos - 1) + 1;
  for (let count = 0; count < LINES_AROUND && from > 0; count += 1) { from = text.lastIndexOf('\n', from - 2) + 1; }
  const lines: ScriptLine[] = [];
  let after = 0;
  while (lines.length < MOST_LINES && after <= LINES_AROUND && from < text.length) {
    const next = text.indexOf('\n', from);
    const to = next < 0 ? text.length : next;
    const isCall = to >= pos && from < Math.max(end, pos + 1);
    if (from >= end) { after += 1; }
    if (after <= LINES_AROUND) { lines.push({ line: lineAt(from), text: shown(text.slice(from, Math.min(to, from + LONGEST_LINE))), isCall }); }
    from = to + 1;
  }
  return lines.filter(({ line }) => line > 0);
}

/** Tells the line of the document for each place in a part. */
function lineFinder({ text, line = 1, lines }: Part): (position: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) { starts.push(at + 1); }
  return position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= position) { low = middle; } else { high = middle - 1; }
    }
    return lines ? lines.slice(0, low + 1).reverse().find(each => each !== undefined) ?? line : line + low;
  };
}
