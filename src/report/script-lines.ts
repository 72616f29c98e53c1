import type { ReportedCall, ReportedLine } from './reported-finding';

/** The lines of all calls, each once. `undefined` stands for a gap between them. */
export function linesOf(calls: readonly ReportedCall[]): readonly (ReportedLine | undefined)[] {
  const lines = new Map<number, ReportedLine>();
  for (const each of calls.flatMap(({ excerpt }) => excerpt)) {
    if (!lines.get(each.line)?.isCall) { lines.set(each.line, each); }
  }
  const inOrder = [...lines.values()].sort((first, second) => first.line - second.line);
  return inOrder.flatMap((each, index) => index > 0 && each.line > inOrder[index - 1].line + 1 ? [undefined, each] : [each]);
}
