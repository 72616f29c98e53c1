interface Wildcards {
  /** The regular expression for `*`. */
  readonly any: string;

  /** The regular expression for `?`. */
  readonly one: string;
}

const IN_A_TEXT: Wildcards = { any: '.*', one: '.' };
const IN_A_SEGMENT: Wildcards = { any: '[^:]*', one: '[^:]' };

/** Whether the text matches the pattern: `*` stands for any characters, `?` for one, all others for themselves. */
export function matchesText(pattern: string, text: string): boolean {
  return fits(expressionOf(pattern, IN_A_TEXT), text);
}

/** Whether an element `Resource` matches a resource. Wildcards stay in their segment, but a `*` at its end includes colons. */
export function matchesResource(pattern: string, resource: string): boolean {
  const segments = pattern.split(':').map(segment => segment.endsWith('*')
    ? expressionOf(segment.slice(0, -1), IN_A_SEGMENT) + IN_A_TEXT.any
    : expressionOf(segment, IN_A_SEGMENT));
  return fits(segments.join(':'), resource);
}

/** Whether an ARN matches the pattern, segment by segment, as the ARN operators do. */
export function matchesArn(pattern: string, arn: string): boolean {
  const segments = segmentsOf(arn);
  return segmentsOf(pattern).every((segment, index) => matchesText(segment, segments[index]));
}

/** The six segments of an ARN. The last one keeps its colons. */
function segmentsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  if (parts.length < 6) { throw new Error(`an ARN operator compares ARNs of six segments, got '${arn}'`); }
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function expressionOf(pattern: string, { any, one }: Wildcards): string {
  return pattern.replace(/[\\^$.*+?()[\]{}|]/g, letter => letter === '*' ? any : letter === '?' ? one : `\\${letter}`);
}

function fits(expression: string, text: string): boolean {
  return new RegExp(`^${expression}$`, 's').test(text);
}
