import type { ParameterLookup } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isObject, ownValue, possibleValues } from '../model/intrinsics';
import type { Setting } from '../model/setting';
import type { LaunchStack } from './world';

type Parameter = ReturnType<ParameterLookup>;

const NO_VALUE = { Ref: 'AWS::NoValue' };
const OUTPUTS = 'Outputs.';

/** The possible values of a parameter of a nested stack: those that the parent stack passes, or the default. */
export function nestedParameter(stack: LaunchStack, name: string, declared: Parameter): Parameter {
  const argument = stack.argument(name);
  const byDefault = declared?.defaultValue === undefined ? [] : [declared.defaultValue];
  if (!argument) { return byDefault.length > 0 ? { allowedValues: byDefault } : declared; }
  const values = possibleValues(argument.value, argument.stack.parameters);
  const known = [...new Set(values.flatMap(possible => possible.kind === 'set' ? [possible.value] : possible.kind === 'unset' ? byDefault : []))];
  const isKnown = known.length > 0 && values.every(({ kind }) => kind === 'set' || (kind === 'unset' && byDefault.length > 0));
  return isKnown || declared?.allowedValues?.length ? { allowedValues: isKnown ? known : declared!.allowedValues } : { defaultValue: known[0] };
}

/** The value that the parameters of a nested stack's resource pass to one of them; `undefined` if there is none. */
export function argumentIn(parameters: unknown, name: string): unknown {
  const branches = branchesOf(parameters);
  if (branches) {
    const [whenTrue, whenFalse] = [branches.whenTrue, branches.whenFalse].map(branch => argumentIn(branch, name));
    return whenTrue === undefined && whenFalse === undefined ? undefined : { 'Fn::If': [branches.condition, whenTrue ?? NO_VALUE, whenFalse ?? NO_VALUE] };
  }
  if (isAbsent(parameters) || !isObject(parameters)) { return undefined; }
  return intrinsicName(parameters) === undefined ? ownValue(parameters, name) : parameters;
}

/** The possible values of an output of a nested stack; `undefined` if it is not in the app. */
export function outputValues(stack: LaunchStack, attribute: unknown): Setting | undefined {
  const [name, ...rest] = typeof attribute === 'string' ? attribute.split('.') : Array.isArray(attribute) ? attribute as unknown[] : [];
  const path = rest.every(part => typeof part === 'string') ? rest.join('.') : '';
  const resource = typeof name === 'string' && path.startsWith(OUTPUTS) ? stack.find(name) : undefined;
  const output = resource?.stack.nestedIn(resource)?.output(path.slice(OUTPUTS.length));
  return output && possibleValues(output.value, output.stack.parameters);
}

/** A lookup that finds each parameter once. A parameter that depends on itself is unknown. */
export function lookedUpOnce(stack: LaunchStack, lookUp: (name: string) => Parameter): ParameterLookup {
  const known = new Map<string, Parameter>();
  const lookup = (name: string): Parameter => {
    if (!known.has(name)) {
      known.set(name, undefined);
      known.set(name, lookUp(name));
    }
    return known.get(name);
  };
  return Object.assign(lookup, { attribute: (attribute: unknown) => outputValues(stack, attribute) });
}
