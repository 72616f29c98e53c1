/** A value of a template: nothing that CDK has yet to resolve. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** What a key is written as without quotes; `Fn::Sub` is one. */
const PLAIN_KEY = /^[A-Za-z][\w:]*\w$/;

const INDENT = '  ';

/** The value as YAML: texts in quotes as JSON has them, and texts of several lines as they are. */
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

/** Whether a text is lines, each with an end, that begin as they do in a block: with no space, and no tab. */
function isBlock(value: Plain): value is string {
  return typeof value === 'string' && /^[!-~][\n -~]*[!-~]\n$/.test(value);
}

function indented(line: string): string {
  return line === '' ? '' : INDENT + line;
}
