import { isMap, isScalar, parseAllDocuments } from '../../userdata/vendor/yaml.generated';

/** A part of a lock file in YAML. */
export interface LockNode {
  readonly text?: string;
  /** What is in it: key, value and the place of the key in the text. */
  readonly entries: readonly (readonly [key: string, value: LockNode, position: number])[];
}

interface Raw {
  readonly value?: unknown;
  readonly range?: readonly number[];
  readonly items?: readonly { readonly key: Raw; readonly value: Raw | null }[];
}

/** As deep as a lock file is. */
const DEEPEST = 4;

/** The first document of a text; nothing where there is none. */
export function readLockYaml(text: string): LockNode | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent', strict: false, uniqueKeys: false, keepSourceTokens: false, prettyErrors: false, schema: 'failsafe' });
  const [first] = documents as readonly { readonly contents: unknown }[];
  return first && nodeOf(first.contents as Raw | null, 0);
}

function nodeOf(node: Raw | null, depth: number): LockNode {
  if (!node || depth > DEEPEST) { return { entries: [] }; }
  if (isScalar(node)) { return { text: String(node.value ?? ''), entries: [] }; }
  if (!isMap(node)) { return { entries: [] }; }
  return { entries: (node.items ?? []).map(({ key, value }) => [String(key?.value ?? ''), nodeOf(value, depth + 1), key?.range?.[0] ?? 0] as const) };
}
