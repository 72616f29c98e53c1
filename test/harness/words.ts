import type { Json } from './json';
import { put } from './json';

/** How a service writes whether tokens are required. The tables of test cases use this for all types. */
export interface Words {
  /** A value that does not require tokens, and the one that does. */
  readonly weak: unknown;
  readonly required: unknown;
  /** Invalid values that are similar to these. */
  readonly misspelled: readonly unknown[];
  /** An empty block. */
  readonly empty: unknown;
  /** Invalid values instead of the block. */
  readonly wrongKinds: readonly unknown[];
  /** The path of the tokens in the block of `say`, for overrides. */
  readonly leaf?: string;
  /** Whether a parameter of type String with the right AllowedValues is accepted. */
  readonly takesParameters: boolean;
  /** A block with these tokens, or without tokens, and with other settings. */
  say(tokens?: unknown): unknown;
  /** A block with only these tokens. */
  only(tokens: unknown): unknown;
}

/** An object with a key for tokens and other keys. */
export function keyed(key: string, weak: unknown, required: unknown, others: Json = {}): Words {
  return {
    weak,
    required,
    misspelled: ['Required', 'true', true, 7, ['optional'], { Value: 'required' }],
    say: tokens => put(others, key, tokens),
    only: tokens => ({ [key]: tokens }),
    empty: {},
    wrongKinds: ['required', ['required'], true, 2],
    leaf: key,
    takesParameters: true,
  };
}

/** A boolean. */
export const flag: Words = {
  weak: false,
  required: true,
  misspelled: ['True', 'yes', 1, [true], { Value: true }, 'false'],
  say: tokens => tokens,
  only: tokens => tokens,
  empty: undefined,
  wrongKinds: [],
  takesParameters: true,
};

/** A list of options. */
export function options(namespace: string, name: string): Words {
  const size = { Namespace: 'aws:autoscaling:asg', OptionName: 'MaxSize', Value: '4' };
  const option = (tokens: unknown): Json => ({ Namespace: namespace, OptionName: name, Value: tokens });
  return {
    weak: 'false',
    required: 'true',
    misspelled: ['True', 'yes', 1, ['true'], { Value: 'true' }],
    say: tokens => tokens === undefined ? [size] : [size, option(tokens)],
    only: tokens => [option(tokens)],
    empty: [],
    wrongKinds: ['true', option('true'), true, 2],
    leaf: '1.Value',
    takesParameters: true,
  };
}

/** A JSON document with a numeric version. */
export function document(block: string, key: string): Words {
  const encryption = { EncryptionConfiguration: { EnableInTransitEncryption: false, EnableAtRestEncryption: false } };
  return {
    weak: 1,
    required: 2,
    misspelled: ['2', 2.5, true, [2], { Value: 2 }],
    say: tokens => ({ ...encryption, [block]: put({ HttpPutResponseHopLimit: 2 }, key, tokens) }),
    only: tokens => ({ [block]: { [key]: tokens, HttpPutResponseHopLimit: 1 } }),
    empty: {},
    wrongKinds: ['{ "EncryptionConfiguration": ', '[]', '', ['{}'], true, 2],
    leaf: `${block}.${key}`,
    takesParameters: false,
  };
}
