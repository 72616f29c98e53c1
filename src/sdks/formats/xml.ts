import type { TextFile } from '../text-file';
import { XMLParser } from '../vendor/fast-xml-parser.generated';

/** An element of XML. */
export interface XmlElement {
  /** Its name, without a prefix. */
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** The position of its start. */
  readonly position: number;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';

/** Entities are not expanded, and the nesting is limited. */
const OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  captureMetaData: true,
};

/** The elements at the top of a document. */
export function readXml({ text }: Pick<TextFile, 'text'>): readonly XmlElement[] {
  return elementsIn(new XMLParser(OPTIONS).parse(text.replace(/^\uFEFF/, '')));
}

/** All elements of a name below an element, at any depth. */
export function descendants(elements: readonly XmlElement[], name: string): readonly XmlElement[] {
  return elements.flatMap(element => [...element.name === name ? [element] : [], ...descendants(element.children, name)]);
}

/** The child with this name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find(child => child.name === name);
}

function elementsIn(raw: unknown): readonly XmlElement[] {
  if (!Array.isArray(raw)) { return []; }
  return (raw as readonly { readonly [name: string]: unknown }[]).flatMap(node => {
    const name = Object.keys(node).find(key => key !== ATTRIBUTES && key !== TEXT);
    if (name === undefined) { return []; }
    const inside = Array.isArray(node[name]) ? node[name] as readonly { readonly [name: string]: unknown }[] : [];
    return [{
      name,
      attributes: (node[ATTRIBUTES] ?? {}) as XmlElement['attributes'],
      text: inside.map(each => TEXT in each ? String(each[TEXT]) : '').join('').trim(),
      children: elementsIn(inside),
      position: positionOf(node),
    }];
  });
}

/** The parser stores the position under a symbol. */
function positionOf(node: object): number {
  const [symbol] = Object.getOwnPropertySymbols(node);
  const metadata = symbol && (node as { readonly [key: symbol]: { readonly startIndex?: number } | undefined })[symbol];
  return metadata?.startIndex ?? 0;
}
