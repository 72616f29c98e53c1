import type { ParameterLookup } from '../model/intrinsics';
import { possibleValues } from '../model/intrinsics';
import type { LaunchStack } from './world';

type Parameter = ReturnType<ParameterLookup>;

/** What a parameter of a nested stack can be: what the stack around it hands over, or else its default. */
export function handedOver(stack: LaunchStack, name: string, declared: Parameter): Parameter {
  const argument = stack.argument(name);
  if (argument) {
    const values = possibleValues(argument.value, argument.stack.parameters);
    const texts = values.flatMap(possible => possible.kind === 'set' ? [possible.value] : []);
    return texts.length > 0 && texts.length === values.length ? { allowedValues: texts } : declared;
  }
  return declared?.defaultValue === undefined ? declared : { allowedValues: [declared.defaultValue] };
}
