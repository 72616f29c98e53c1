import type { ParameterLookup } from '../model/intrinsics';
import { possibleValues } from '../model/intrinsics';
import type { LaunchStack } from './world';

type Parameter = ReturnType<ParameterLookup>;

/** What a parameter of a nested stack can be: what the stack around it hands over, or else its default. */
export function nestedParameter(stack: LaunchStack, name: string, declared: Parameter): Parameter {
  const argument = stack.argument(name);
  const byDefault = declared?.defaultValue === undefined ? [] : [declared.defaultValue];
  if (!argument) { return byDefault.length > 0 ? { allowedValues: byDefault } : declared; }
  const values = possibleValues(argument.value, argument.stack.parameters);
  const known = values.flatMap(possible => possible.kind === 'set' ? [possible.value] : possible.kind === 'unset' ? byDefault : []);
  const isKnown = known.length > 0 && values.every(({ kind }) => kind === 'set' || (kind === 'unset' && byDefault.length > 0));
  return isKnown || declared?.allowedValues?.length ? { allowedValues: isKnown ? known : declared!.allowedValues } : { defaultValue: known[0] };
}
