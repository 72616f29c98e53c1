import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from '../vendor/yaml.generated';

/** A node of a YAML document, and its position. */
export interface YamlNode {
  readonly kind: 'map' | 'list' | 'text';
  readonly position: number;
  readonly text: string;
  /** Whether the text is a block below its key. */
  readonly isBlock: boolean;
  readonly entries: readonly (readonly [string, YamlNode])[];
  readonly elements: readonly YamlNode[];
  /** A tag such as `!Sub`, without the exclamation mark. */
  readonly tag: string;
}

/** A document, and whether it is valid. */
export interface YamlDocument {
  readonly root: YamlNode;
  readonly isWhole: boolean;
}

interface RawNode {
  readonly value?: unknown;
  readonly type?: string;
  readonly range?: readonly number[];
  readonly items?: readonly unknown[];
  readonly tag?: string;
}

interface RawDocument {
  readonly contents: unknown;
  readonly errors: readonly unknown[];
}

const LONGEST = 400_000;
const DEEPEST = 40;
/** The characters that make parsing slow, and their average distance in normal documents. */
const STRUCTURE = /[[{,*&]|[:?-] /g;
const LEAST_BETWEEN = 10;

/** Parses a YAML or JSON document. `undefined` if the text is not one, or would take too long to parse. */
export function readYaml(text: string): readonly YamlDocument[] | undefined {
  if (text.length > LONGEST || (text.match(STRUCTURE)?.length ?? 0) > text.length / LEAST_BETWEEN + 200) { return undefined; }
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', strict: false, uniqueKeys: false, keepSourceTokens: false, prettyErrors: false });
    if (!Array.isArray(documents)) { return undefined; }
    const raw = documents as readonly RawDocument[];
    return raw.slice(0, 50).map(({ contents, errors }) => ({ root: nodeOf(contents, 0), isWhole: errors.length === 0 }));
  } catch {
    return undefined;
  }
}

function nodeOf(raw: unknown, depth: number): YamlNode {
  const node = raw as RawNode | null;
  const base = { position: node?.range?.[0] ?? 0, text: '', isBlock: false, entries: [], elements: [], tag: node?.tag?.startsWith('!') ? node.tag.slice(1) : '' };
  if (!node || depth > DEEPEST || isAlias(node)) { return { ...base, kind: 'text' }; }
  if (isMap(node)) {
    const pairs = (node.items ?? []) as readonly { key: unknown; value: unknown }[];
    return { ...base, kind: 'map', entries: pairs.map(({ key, value }) => [String((key as RawNode | null)?.value ?? ''), nodeOf(value, depth + 1)] as const) };
  }
  if (isSeq(node)) { return { ...base, kind: 'list', elements: (node.items ?? []).map(each => nodeOf(each, depth + 1)) }; }
  if (!isScalar(node)) { return { ...base, kind: 'text' }; }
  const binary = node.value instanceof Uint8Array ? Buffer.from(node.value).toString('utf8') : undefined;
  return { ...base, kind: 'text', text: binary ?? String(node.value ?? ''), isBlock: node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' };
}
