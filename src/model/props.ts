import { isObject } from './intrinsics';
import type { Kind } from './kinds';
import { checkValue } from './kinds';
import { similarTo, suggestion } from './nearest';
import { describeValue } from './setting';

/** The kind of each property of an interface. The compiler requires an entry for every property. */
export type Shape<Props> = { readonly [name in keyof Required<Props>]: Kind };

type Values = { readonly [name: string]: unknown };
type Kinds = { readonly [name: string]: Kind };

/**
 * Checks and returns the properties from a user. Every public class and function uses this.
 *
 * @throws Error if they are not an object, or one of them is invalid or unknown
 */
export function checked<Props extends object>(props: Props, shape: Shape<Props>, name = 'props'): Props {
  checkKnown(props, shape as Kinds, name);
  const names = Object.keys(shape);
  const [stray] = Object.entries(props as Values).filter(([key, value]) => value !== undefined && !names.includes(key));
  if (stray) {
    const [key, value] = stray;
    throw new Error(`${name} must not have ${describeValue(key)}, got ${describeValue(value)}${suggestion(...similarTo(key, names))}`);
  }
  return props;
}

/** The same check, but it accepts further properties, because another class uses them. */
export function checkKnown(props: unknown, shape: Kinds, name = 'props'): void {
  if (!mayHaveProperties(props)) { throw new Error(`${name} must be an object with properties, got ${describeValue(props)}`); }
  const prefix = name === 'props' ? '' : `${name}.`;
  for (const [key, kind] of Object.entries(shape)) { checkValue(prefix + key, props[key], kind); }
}

/** Whether a value is an object with properties. A date, a map or an error is not. */
function mayHaveProperties(value: unknown): value is Values {
  return isObject(value) && Object.prototype.toString.call(value) === '[object Object]';
}

/** Only the properties that the interface has. */
export function only<Props extends object>(props: Props, shape: Shape<Props>): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => name in shape)) as Props;
}

/** The kind of a property that is an object with its own properties. */
export function shapeOf<Props extends object>(shape: Shape<Props>): Kind {
  return {
    accepted: 'an object with properties',
    accepts: mayHaveProperties,
    inside: (name, value) => { checked(value as Props, shape, name); },
  };
}
