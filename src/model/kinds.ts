import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { hopsOf } from './hop-limit';
import { isObject } from './intrinsics';
import { describeValue } from './setting';

/** The kinds of values that a user can pass. */
export interface Kind {
  /** The accepted values in words: `true or false`. */
  readonly accepted: string;
  /** Whether a value is accepted, without a check of its contents. */
  readonly accepts: (value: unknown) => boolean;
  /** Whether the value can be an unresolved token. */
  readonly mayBeUnresolved?: boolean;
  /** Whether the property is required. */
  readonly isRequired?: boolean;
  /** Checks the contents of an accepted value. */
  readonly inside?: (name: string, value: unknown) => void;
}

/** True or false, known at synthesis, because the template depends on it. */
export const BOOLEAN: Kind = { accepted: 'true or false', accepts: value => typeof value === 'boolean' };
export const TEXT: Kind = { accepted: 'a string', accepts: value => typeof value === 'string', mayBeUnresolved: true };
export const HOP_LIMIT: Kind = { accepted: 'a whole number from 1 to 64', accepts: value => typeof value === 'number' && hopsOf(value) !== undefined };
export const TEXTS: Kind = listOf(TEXT);

/** A value that is checked where it is used, with its own message. */
export const LATER: Kind = { accepted: 'anything', accepts: () => true, mayBeUnresolved: true };

/** One of the values of an enum, or of a list. */
export function oneOf(values: { readonly [name: string]: unknown } | readonly unknown[]): Kind {
  const all = [...new Set<unknown>(Object.values(values))];
  return { accepted: `one of ${all.map(describeValue).join(', ')}`, accepts: value => all.includes(value) };
}

export function wholeNumber(least: number, most = Infinity): Kind {
  const accepted = most === Infinity ? `a whole number of ${least} or more` : `a whole number from ${least} to ${most}`;
  return { accepted, accepts: value => Number.isInteger(value) && (value as number) >= least && (value as number) <= most, mayBeUnresolved: true };
}

/** A list with elements of one kind. The list can be unresolved if its elements can. */
export function listOf(kind: Kind, accepted = 'a list'): Kind {
  return {
    accepted,
    accepts: Array.isArray,
    mayBeUnresolved: kind.mayBeUnresolved,
    inside: (name, list) => (list as unknown[]).forEach(element => checkValue(name, element, required(kind))),
  };
}

/** An object of a class. */
export function instance(accepted: string, accepts: (value: object) => boolean = () => true): Kind {
  return { accepted, accepts: value => isObject(value) && accepts(value) };
}

export const CONSTRUCT: Kind = { accepted: 'a construct', accepts: value => Construct.isConstruct(value), isRequired: true };

/**
 * Checks the scope and the id of a construct.
 *
 * @returns the scope, for the constructor of `Construct`
 * @throws Error if the scope is not a construct, or the id is not a string that is known at synthesis
 */
export function checkPlace<Scope>(scope: Scope, id: unknown): Scope {
  checkValue('scope', scope, CONSTRUCT);
  checkValue('id', id, required(known(TEXT)));
  return scope;
}

/** A value of the kind that can also be an unresolved token. */
export function orUnresolved(kind: Kind): Kind {
  return { ...kind, mayBeUnresolved: true };
}

/** A value of the kind that must be known at synthesis. */
export function known(kind: Kind): Kind {
  return { ...kind, mayBeUnresolved: false };
}

export function required(kind: Kind): Kind {
  return { ...kind, isRequired: true };
}

/**
 * Checks a value from a user. In plain JavaScript, it can be anything.
 *
 * @throws Error with the name, the accepted values and the value that was passed
 */
export function checkValue(name: string, value: unknown, kind: Kind): void {
  if (value === undefined && !kind.isRequired) { return; }
  // A stack also has a method `resolve()`, so CDK treats it as a token.
  if (Token.isUnresolved(value) && !(isObject(value) && kind.accepts(value))) {
    if (kind.mayBeUnresolved) { return; }
    throw new Error(`${name} must be known at synthesis, got an unresolved value`);
  }
  if (!kind.accepts(value)) { throw new Error(`${name} must be ${kind.accepted}, got ${describeValue(value)}`); }
  kind.inside?.(name, value);
}
