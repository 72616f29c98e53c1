import { intrinsicName, isObject } from './intrinsics';

/** A part of `Fn::Sub`: plain text, the name between `${` and `}`, or a resolved reference. */
export type SubPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'value'; readonly value: unknown };

/**
 * The parts of the text of `Fn::Sub`. `${!X}` is the text `${X}`.
 *
 * In a construct tree, CDK has already replaced its own references in the text: the text is a reference, or a join of references and text.
 */
export function subPieces(pattern: unknown): readonly SubPiece[] {
  if (typeof pattern === 'string') { return textWithReferences(pattern); }
  const [separator, values] = joinArguments(pattern);
  return separator === '' && Array.isArray(values) ? values.flatMap(subPieces) : [{ kind: 'value', value: pattern }];
}

function textWithReferences(pattern: string): readonly SubPiece[] {
  return pattern.split(/(\$\{[^{}]*\})/).filter(piece => piece !== '').map(piece => {
    const name = /^\$\{([^{}]*)\}$/.exec(piece)?.[1].trim();
    if (name === undefined) { return { kind: 'text', text: piece }; }
    return name.startsWith('!') ? { kind: 'text', text: `\${${name.slice(1)}}` } : { kind: 'reference', name };
  });
}

function joinArguments(value: unknown): readonly unknown[] {
  const args = isObject(value) && intrinsicName(value) === 'Fn::Join' ? value['Fn::Join'] : undefined;
  return Array.isArray(args) ? args as unknown[] : [];
}
