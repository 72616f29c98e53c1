import type { Node, Part } from '../syntax';

/** Whether a text can contain a command: `$(...)`, backquotes, `<(...)`. */
const MAY_RUN = /[$<>]\(|`/;
const RUNS = /^(?:(?:Arithmetic)?CommandExpansion|ProcessSubstitution)$/;

/** The commands in words, tests and arithmetic, in their order. Commands inside them are not included. */
export function commandsIn(node: unknown): readonly Part[] {
  if (Array.isArray(node)) { return node.flatMap(commandsIn); }
  if (!isNode(node) || (node.text !== undefined && !MAY_RUN.test(node.text))) { return []; }
  // The parser reads the parts of some words when they are asked for. Then they are not among the values.
  return RUNS.test(node.type) ? [node as Part] : [...new Set([node.parts, ...Object.values(node)])].flatMap(commandsIn);
}

function isNode(value: unknown): value is Node & Partial<Pick<Part, 'text' | 'parts'>> {
  return typeof value === 'object' && value !== null && 'type' in value;
}
