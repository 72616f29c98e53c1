import { gunzipSync } from 'zlib';
import type { Language, Part } from './part';
import { languageOf, skippedPart } from './part';
import { partsOfCloudConfig, partsOfYaml } from './yaml-parts';

/** The deepest nesting of documents. A part of a MIME document can be a MIME document itself. */
const DEEPEST = 5;
/** The largest size of decompressed data. User data itself has at most 16 KB. */
const MOST_BYTES = 2_000_000;
/** The most parts of a document that are parsed. */
const MOST_SECTIONS = 200;
const MOST_TAGS = 20;
/** The longest headers of a part. */
const LONGEST_HEAD = 10_000;

/** The scripts in user data of any format. */
export function partsOf(text: string, line: number | undefined = 1, depth = 0): readonly Part[] {
  if (depth > DEEPEST) { return [skippedPart(text, line)]; }
  const decoded = decodedText(text);
  if (decoded !== undefined) { return partsOf(decoded, undefined, depth + 1); }
  const start = text.slice(0, 2_000).trimStart();
  const skipped = line === undefined ? undefined : line + linesIn(text.slice(0, text.length - text.trimStart().length));
  if (/^(?:From |Content-Type:|MIME-Version:|Mime-Version:)/i.test(start) && /boundary\s*=/i.test(start)) { return mimeParts(text, line, depth); }
  if (/^#(?:cloud-config|cloud-config-archive)\b|^## *template: *jinja\s*\n#cloud-config/.test(start)) { return partsOfCloudConfig(text, line, depth, partsOf); }
  if (/^#(?:include|include-once)\b/.test(start)) { return [includedPart(text, line)]; }
  if (/^#part-handler\b/.test(start)) { return [{ language: 'python', text, line }]; }
  if (/^#(?:cloud-boothook|upstart-job)\b/.test(start)) { return [{ language: 'shell', text, line }]; }
  if (/^\{/.test(start)) {
    const inside = partsOfYaml(text, line, depth, partsOf);
    if (inside) { return inside; }
  }
  const tagged = taggedParts(text, line);
  if (tagged.length > 0) { return tagged; }
  if (/^#!/.test(start)) { return [{ language: languageOf(text), text: text.trimStart(), line: skipped }]; }
  if (/^[ \t]*\[(?:Unit|Service)\][ \t]*$/m.test(start)) { return [unitPart(text, line)]; }
  const language = languageOf(text);
  if (language !== 'shell') { return [{ language, text, line }]; }
  const inside = partsOfYaml(text, line, depth, partsOf) ?? hereDocumentsOfTerraform(text, line, depth);
  return inside ?? [{ language, text, line }];
}

/** A systemd unit, as part of a shell script that writes it to a file. */
function unitPart(text: string, line: number | undefined): Part {
  return { language: 'shell', text: `cat > /etc/systemd/system/it.service <<'END_OF_UNIT'\n${text}\nEND_OF_UNIT\n`, line: line === undefined ? undefined : line - 1 };
}

/** The addresses from which cloud-init downloads scripts, as a shell script that downloads and runs them. */
function includedPart(text: string, line: number | undefined): Part {
  const commands = text.split('\n').map(each => /^\s*https?:\/\//.test(each) ? `curl -s '${each.trim().replaceAll("'", '%27')}' | sh` : '');
  return { language: 'shell', text: commands.join('\n'), line };
}

/** The decoded form of a text in Base64 or gzip. `undefined` if the text is plain. */
export function decodedText(text: string): string | undefined {
  if (text.startsWith('\x1f\x8b')) { return gunzipped(Buffer.from(text, 'latin1')); }
  if (!/^\s*[A-Za-z\d+/]/.test(text) || text.length < 16) { return undefined; }
  const packed = text.replace(/\s+/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z\d+/]{12,}={0,2}$/.test(packed)) { return undefined; }
  const bytes = Buffer.from(packed, 'base64');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) { return gunzipped(bytes); }
  const plain = bytes.toString('utf8');
  return /[\uFFFD\0-\x08\x0e-\x1f]/.test(plain) ? undefined : plain;
}

function gunzipped(bytes: Buffer): string | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The scripts in `<powershell>` and `<script>` tags, as EC2Launch reads them. */
function taggedParts(text: string, line: number | undefined): Part[] {
  if (!/<(?:powershell|script|persist)>/i.test(text)) { return []; }
  const parts: Part[] = [];
  const lower = text.toLowerCase();
  for (const { 0: open, 1: tag, index } of text.matchAll(/<(powershell|script)>/gi)) {
    const from = index + open.length;
    const close = lower.indexOf(`</${tag.toLowerCase()}>`, from);
    const language: Language = tag.toLowerCase() === 'powershell' ? 'powershell' : 'batch';
    const first = line === undefined ? undefined : line + linesIn(text.slice(0, from));
    parts.push({ language, text: text.slice(from, close < 0 ? undefined : close), line: first });
    // A tag that is not closed reaches to the end.
    if (close < 0) { break; }
    if (parts.length > MOST_TAGS) {
      parts.push(skippedPart(text.slice(close), first === undefined ? undefined : first + linesIn(text.slice(from, close))));
      break;
    }
  }
  return parts;
}

function mimeParts(text: string, line: number | undefined, depth: number): readonly Part[] {
  const [, boundary] = /boundary\s*=\s*"?([^"\s;]+)"?/i.exec(text) ?? [];
  if (!boundary || depth > DEEPEST) { return [skippedPart(text, line)]; }
  const parts: Part[] = [];
  let position = 0;
  const sections = text.split(`--${boundary}`);
  sections.slice(0, MOST_SECTIONS).forEach((section, index) => {
    const from = position;
    position += section.length + boundary.length + 2;
    if (index === 0 || section.startsWith('--')) { return; }
    const start = headLength(section);
    const head = section.slice(0, start).trimEnd();
    const body = section.slice(start);
    const bodyLine = line === undefined ? undefined : line + linesIn(text.slice(0, from + start));
    parts.push(...mimePart(head, body, bodyLine, depth));
  });
  const rest = text.slice(position);
  if (/[^\s-]/.test(rest)) { parts.push(skippedPart(rest, line === undefined ? undefined : line + linesIn(text.slice(0, position)))); }
  return parts;
}

/** The length of the headers of a section. As in cloud-init, they end at an empty line, or before a line that is no header. */
function headLength(section: string): number {
  const [rest] = /^[^\n]*(?:\n|$)/.exec(section)!;
  const [headers] = /^(?:(?:[!-9;-~]+:|[ \t]+\S)[^\n]*(?:\n|$))*(?:[ \t]*\r?\n)?/.exec(section.slice(rest.length, rest.length + LONGEST_HEAD))!;
  return rest.length + headers.length;
}

function mimePart(head: string, body: string, line: number | undefined, depth: number): readonly Part[] {
  const [, type = ''] = /content-type:\s*([\w/.+-]+)/i.exec(head) ?? [];
  if (/^multipart\//i.test(type)) { return mimeParts(`${head}\n\n${body}`, line === undefined ? undefined : line - linesIn(head) - 2, depth + 1); }
  if (/content-transfer-encoding:\s*base64/i.test(head)) {
    const bytes = Buffer.from(body.replace(/\s+/g, ''), 'base64');
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipped(bytes) : bytes.toString('utf8');
    return text === undefined ? [skippedPart(body, undefined)] : typed(type, text, undefined, depth);
  }
  return typed(type, body, line, depth);
}

function typed(type: string, text: string, line: number | undefined, depth: number): readonly Part[] {
  if (/cloud-config|jinja/i.test(type)) { return partsOfCloudConfig(text, line, depth + 1, partsOf); }
  if (/x-include-(?:once-)?url/i.test(type)) { return [includedPart(text, line)]; }
  if (/part-handler/i.test(type)) { return [{ language: 'python', text, line }]; }
  if (/shellscript|boothook/i.test(type)) {
    const script = partsOf(text, line, depth + 1);
    return script.length > 0 ? script : [{ language: 'shell', text, line }];
  }
  return partsOf(text, line, depth + 1);
}

/** The scripts in the here-documents of a Terraform file. */
function hereDocumentsOfTerraform(text: string, line: number | undefined, depth: number): readonly Part[] | undefined {
  if (!/^[ \t]*(?:resource|data|module|locals|variable|provider|output|source|build)\b[^\n={]*\{[ \t]*$/m.test(text)) { return undefined; }
  const parts: Part[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [, delimiter] = /<<[-~]?"?(\w+)"?\s*$/.exec(lines[at]) ?? [];
    if (!delimiter) { continue; }
    const end = lines.findIndex((each, index) => index > at && each.trim() === delimiter);
    const body = lines.slice(at + 1, end < 0 ? undefined : end);
    const indent = Math.min(...body.filter(each => each.trim() !== '').map(each => /^\s*/.exec(each)![0].length), 200);
    parts.push(...partsOf(body.map(each => each.slice(indent)).join('\n'), line === undefined ? undefined : line + at + 1, depth + 1));
    at = end < 0 ? lines.length : end;
  }
  return parts;
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
