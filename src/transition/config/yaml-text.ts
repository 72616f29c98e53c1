/** A value of a template without unresolved values. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** A key that needs no quotes, such as `Fn::Sub`. */
const PLAIN_KEY = /^[A-Za-z][\w:]*\w$/;

const INDENT = '  ';

/** The value as YAML. Texts are quoted as in JSON, and texts of several lines are blocks. */
export function yamlText(value: Plain): string {
  return `${linesOf(value).join('\n')}\n`;
}

function linesOf(value: Plain): readonly string[] {
  if (isInline(value)) { return [JSON.stringify(value)]; }
  if (Array.isArray(value)) { return (value as readonly Plain[]).flatMap(element => elementLines(linesOf(element))); }
  return Object.entries(value).flatMap(([key, below]) => entryLines(PLAIN_KEY.test(key) ? key : JSON.stringify(key), below as Plain));
}

function elementLines([first, ...others]: readonly string[]): readonly string[] {
  return [`- ${first}`, ...others.map(indented)];
}

function entryLines(key: string, value: Plain): readonly string[] {
  if (isBlock(value)) { return [`${key}: |`, ...value.slice(0, -1).split('\n').map(indented)]; }
  return isInline(value) ? [`${key}: ${JSON.stringify(value)}`] : [`${key}:`, ...linesOf(value).map(indented)];
}

function isInline(value: Plain): boolean {
  return typeof value !== 'object' || Object.keys(value).length === 0;
}

/** Whether a text can be a block: lines that each have a line end, and do not start with a space or a tab. */
function isBlock(value: Plain): value is string {
  return typeof value === 'string' && /^[!-~][\n -~]*[!-~]\n$/.test(value);
}

function indented(line: string): string {
  return line === '' ? '' : INDENT + line;
}
