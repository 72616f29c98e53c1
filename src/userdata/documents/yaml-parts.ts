import { gunzipSync } from 'zlib';
import type { Part } from './part';
import { languageOf } from './part';
import type { YamlNode } from './yaml';
import { readYaml } from './yaml';

type PartsOf = (text: string, line: number | undefined, depth: number) => readonly Part[];

/** Keys that show that a YAML text can contain scripts. Other texts are not parsed. */
const MARKS = /^[ \t]*(?:[{-][ \t]*)?["']?(?:#cloud-config|runcmd|bootcmd|write_files|userdata|user_data|UserData|Resources|mainSteps|runtimeConfig|phases|tasks|steps|hosts|commands|command|script|Fn::Base64|AWSTemplateFormatVersion|schemaVersion|apiVersion|jobs|inputs)["']?[ \t]*:/m;
/** A text without any of these contains no call, also not an encoded one. */
const MAY_CALL = /169|254|instance-data|fd00|a9fe|2852039166|025[1]|latest|meta-?data|boto\b|b64|base64|gz|[A-Za-z\d+/]{60}|<powershell>/i;
/** Keys whose values are scripts. */
const SCRIPTS = /^(?:runcmd|bootcmd|userdata|user_data|user-data|commands?|runcommand|script|run|shell|cmd|inline|content|fn::base64|fn::sub|fn::join|additionaluserdata|userdataoverride|startupscript|onstart|oncreate|bootstrap\w*|pre\w*commands|post\w*commands|overridebootstrapcommand|args|entrypoint)$/i;
const LISTS_OF_LINES = /^(?:runcommand|commands|runcmd|bootcmd|script)$/i;

/** The scripts in a cloud-config or another YAML or JSON document. `undefined` if the text is no such document. */
export function partsOfYaml(text: string, line: number | undefined, depth: number, partsOf: PartsOf): readonly Part[] | undefined {
  return /^\s*(?:## *template: *jinja\s*\n)?#cloud-config/.test(text) ? partsOfCloudConfig(text, line, depth, partsOf) : partsOfDocument(text, line, depth, partsOf, false);
}

/** The scripts in a cloud-config, with or without its first line. */
export function partsOfCloudConfig(text: string, line: number | undefined, depth: number, partsOf: PartsOf): readonly Part[] {
  return partsOfDocument(text, line, depth, partsOf, true) ?? [{ language: 'text', text, line }];
}

function partsOfDocument(
  text: string, line: number | undefined, depth: number, partsOf: PartsOf, isCloudConfig: boolean,
): readonly Part[] | undefined {
  if (!isCloudConfig && !MARKS.test(text)) { return undefined; }
  if (!MAY_CALL.test(text)) { return isCloudConfig ? [] : undefined; }
  const documents = readYaml(withoutDirectives(text));
  const known = documents?.filter(({ root }) => root.kind !== 'text');
  if (!known || known.length === 0) { return undefined; }
  // An invalid document is usually a template for a template. Then the lines themselves contain more than the parsed parts.
  if (known.some(({ isWhole }) => !isWhole)) { return [{ language: 'text', text, line }]; }
  const reader = new YamlReader(text, line, depth, partsOf);
  for (const { root } of known) { reader.read(root, '', ''); }
  return reader.parts;
}

/** Removes template directives, which are not YAML. */
function withoutDirectives(text: string): string {
  if (!/\{[{%]|<%/.test(text)) { return text.replace(/\t/g, '  '); }
  return text.replace(/\t/g, '  ').split('\n').map(line => {
    if (/^\s*(?:\{\{-?[^{}]*\}\}|\{%[^{}]*%\}|%\{[^{}]*\}|<%[^%]*%>)\s*$/.test(line)) { return ''; }
    return line.replace(/\{\{[^{}]*\}\}|\{%[^{}]*%\}|<%[^%]*%>/g, each => '?'.repeat(each.length));
  }).join('\n');
}

class YamlReader {
  public readonly parts: Part[] = [];
  private readonly lineStarts: readonly number[];
  /** Whether the current step is one for PowerShell. */
  private isPowerShell = false;

  public constructor(text: string, private readonly line: number | undefined, private readonly depth: number, private readonly partsOf: PartsOf) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) { starts.push(at + 1); }
    this.lineStarts = starts;
  }

  public read(node: YamlNode, key: string, outer: string): void {
    const joined = this.joined(node);
    if (joined) {
      if (SCRIPTS.test(key) || /^\s*(?:#!|<powershell>)/i.test(joined.text)) { this.readJoined(joined); }
      return;
    }
    if (node.kind === 'map') {
      const entries = new Map(node.entries.map(([name, value]) => [name.toLowerCase(), value]));
      if (outer === 'write_files' || (entries.has('path') && entries.has('content'))) {
        this.readFile(entries);
        return;
      }
      if (entries.get('task')?.text === 'executeScript') {
        // EC2Launch v2 has its scripts below `inputs`.
        for (const input of entries.get('inputs')?.elements ?? []) { this.readTyped(input); }
        return;
      }
      const action = entries.get('action')?.text ?? '';
      // Systems Manager runs this script itself, not on an instance.
      if (action === 'aws:executeScript') { return; }
      const outside = this.isPowerShell;
      this.isPowerShell ||= /PowerShell(?:Script)?$/i.test(action);
      for (const [name, value] of node.entries) { this.read(value, name, key); }
      this.isPowerShell = outside;
    } else if (node.kind === 'list') {
      this.readList(node, key);
    } else if (SCRIPTS.test(key) || /^\s*#!|^\s*<powershell>/i.test(node.text)) {
      this.readScript(node);
    }
  }

  /** The text that `Fn::Join`, `Fn::Sub` or `Fn::Base64` creates. `undefined` for other nodes. */
  private joined(node: YamlNode, depth = 0): Pick<Part, 'text' | 'lines'> | undefined {
    const [name, value] = functionOf(node) ?? [];
    if (!value || depth > 20) { return undefined; }
    if (name === 'Base64') { return this.pieces([value], '', depth); }
    if (name === 'Sub') { return this.pieces([value.kind === 'list' ? value.elements[0] ?? value : value], '', depth); }
    const [separator, list] = value.elements;
    return name === 'Join' && list?.kind === 'list' ? this.pieces(list.elements, separator.text, depth) : undefined;
  }

  private pieces(nodes: readonly YamlNode[], separator: string, depth: number): Pick<Part, 'text' | 'lines'> {
    let text = '';
    const lines: (number | undefined)[] = [undefined];
    nodes.forEach((node, index) => {
      const inner = this.joined(node, depth + 1);
      const piece = (index > 0 ? separator : '') + (inner?.text ?? (node.kind === 'text' ? node.text : '${Reference}'));
      const first = this.lineOf(node);
      const ends = piece.split('\n').length - 1;
      const isSeparated = index > 0 && separator.endsWith('\n');
      if (!isSeparated) { lines[lines.length - 1] ??= first; }
      for (let at = 1; at <= ends; at += 1) {
        const line = isSeparated && at === 1 ? first : at === ends ? undefined : first;
        lines.push(inner?.lines?.[at] ?? (node.isBlock && first !== undefined ? first + at : line));
      }
      text += piece;
    });
    return { text, lines };
  }

  private readJoined({ text, lines }: Pick<Part, 'text' | 'lines'>): void {
    if (text.trim() === '') { return; }
    for (const part of this.partsOf(text, 1, this.depth + 1)) {
      const first = part.line;
      const known = first === undefined ? undefined : part.text.split('\n').map((_, at) => lines?.[first - 1 + at]);
      this.parts.push({ ...part, line: known?.[0] ?? known?.find(each => each !== undefined), lines: known });
    }
  }

  private readTyped(input: YamlNode): void {
    const entries = new Map(input.entries.map(([name, value]) => [name.toLowerCase(), value]));
    const content = entries.get('content');
    if (!content) { return; }
    const isPowerShell = entries.get('type')?.text.toLowerCase() !== 'batch';
    this.parts.push({ language: isPowerShell ? 'powershell' : 'batch', text: content.text, line: this.lineOf(content) });
  }

  private readScript(node: YamlNode): void {
    if (node.text.trim() === '') { return; }
    this.parts.push(...this.partsOf(node.text, this.lineOf(node), this.depth + 1));
  }

  /** A list of commands is one script. A command that is a list itself is run without a shell. */
  private readList(node: YamlNode, key: string): void {
    if (node.elements.length > 0 && node.elements.every(({ kind }) => kind === 'text') && !LISTS_OF_LINES.test(key) && SCRIPTS.test(key)) {
      this.readArguments(node);
      return;
    }
    if (!LISTS_OF_LINES.test(key) || node.elements.some(({ kind }) => kind === 'map')) {
      for (const element of node.elements) { this.read(element, element.kind === 'text' && /^\s*#!/.test(element.text) ? 'content' : key, key); }
      return;
    }
    this.readLines(node);
  }

  /** Consecutive commands are one script. Each command keeps its line. */
  private readLines({ elements }: YamlNode): void {
    let text = '';
    const first = elements[0] && this.lineOf(elements[0]);
    let next = first;
    for (const element of elements) {
      const line = this.lineOf(element);
      if (line !== undefined && next !== undefined && line > next) {
        text += '\n'.repeat(Math.min(line - next, 1_000));
        next = line;
      }
      const command = this.joined(element)?.text ?? (element.kind === 'list' ? element.elements.map(each => quoted(each.text)).join(' ') : element.text);
      text += `${command.replace(/\n$/, '')}\n`;
      if (next !== undefined) { next += command.replace(/\n$/, '').split('\n').length; }
    }
    if (text.trim() !== '') { this.parts.push({ language: this.isPowerShell || languageOf(text) === 'powershell' ? 'powershell' : 'shell', text, line: first }); }
  }

  private readArguments(node: YamlNode): void {
    const words = node.elements.map(({ text }) => text);
    if (words.length > 400) { return; }
    this.parts.push({ language: 'shell', text: words.map(quoted).join(' '), line: this.lineOf(node) });
  }

  /** A file that cloud-init writes. It is read if it is a script. */
  private readFile(entries: ReadonlyMap<string, YamlNode>): void {
    const content = entries.get('content');
    if (!content) { return; }
    const joined = this.joined(content);
    const encoding = entries.get('encoding')?.text.toLowerCase() ?? '';
    const text = decodedContent(joined?.text ?? content.text, encoding);
    if (text === undefined) { return; }
    const path = entries.get('path')?.text ?? '';
    const line = encoding === '' || encoding === 'text/plain' ? this.lineOf(content) : undefined;
    // The file becomes a part that writes it, because one place decides which written files run.
    if (/^\s*#!/.test(text)) { this.parts.push(...this.partsOf(text, line, this.depth + 1)); } else {
      const delimiter = `EOF_${text.length}`;
      const mode = /[1357]/.test(entries.get('permissions')?.text ?? '') ? `chmod +x ${quoted(path)}\n` : '';
      this.parts.push({ language: 'shell', text: `cat > ${quoted(path)} <<'${delimiter}'\n${text}\n${delimiter}\n${mode}`, line: line === undefined ? undefined : line - 1 });
    }
  }

  /** The line where the text of a node starts. */
  private lineOf({ position, isBlock }: YamlNode): number | undefined {
    if (this.line === undefined) { return undefined; }
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lineStarts[middle] <= position) { low = middle; } else { high = middle - 1; }
    }
    return this.line + low + (isBlock ? 1 : 0);
  }
}

/** An intrinsic function of CloudFormation: `Fn::Join: ...`, or `!Join ...`. */
function functionOf(node: YamlNode): readonly [string, YamlNode] | undefined {
  if (/^(?:Join|Sub|Base64)$/.test(node.tag) && (node.tag !== 'Sub' || node.kind !== 'map')) { return [node.tag, { ...node, tag: '' }]; }
  const [only, ...rest] = node.entries;
  return only && rest.length === 0 && /^Fn::(?:Join|Sub|Base64)$/.test(only[0]) ? [only[0].slice(4), only[1]] : undefined;
}

function decodedContent(text: string, encoding: string): string | undefined {
  if (encoding === '' || encoding === 'text/plain') { return text; }
  const bytes = Buffer.from(/b64|base64/.test(encoding) ? text.replace(/\s+/g, '') : text, /b64|base64/.test(encoding) ? 'base64' : 'latin1');
  if (!/gz/.test(encoding)) { return bytes.toString('utf8'); }
  try {
    return gunzipSync(bytes, { maxOutputLength: 2_000_000 }).toString('utf8');
  } catch {
    return undefined;
  }
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
