import type { Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib';
import type { ParameterLookup } from '../model/intrinsics';
import { DROPPED_ID } from './dropped-id';

/** Looks parameters up by logical id; the parameters of a stack are read once. */
export class StackParameters {
  private readonly byStack = new WeakMap<Stack, Map<string, CfnParameter>>();

  /** The parameters of one stack. */
  public of(stack: Stack): ParameterLookup {
    return logicalId => {
      const parameter = this.parametersOf(stack).get(logicalId);
      return parameter && !isNameOfValue(parameter.type) ? { allowedValues: parameter.allowedValues, defaultValue: parameter.default } : undefined;
    };
  }

  /** The default of a parameter of any type. */
  public declaredDefault(stack: Stack, logicalId: string): unknown {
    return this.parametersOf(stack).get(logicalId)?.default as unknown;
  }

  /** Whether the value of a parameter is a name in Systems Manager. */
  public isLookedUp(stack: Stack, logicalId: string): boolean {
    return isNameOfValue(this.parametersOf(stack).get(logicalId)?.type);
  }

  private parametersOf(stack: Stack): Map<string, CfnParameter> {
    let parameters = this.byStack.get(stack);
    if (!parameters) {
      const all = stack.node.findAll().filter(construct => construct instanceof CfnParameter && construct.stack === stack) as CfnParameter[];
      parameters = new Map(all.map(parameter => [String(stack.resolve(parameter.logicalId)), parameter]));
      parameters.delete(DROPPED_ID);
      this.byStack.set(stack, parameters);
    }
    return parameters;
  }
}

/** Whether parameters of a type have names in Systems Manager. */
export function isNameOfValue(type: unknown): boolean {
  return typeof type === 'string' && type.startsWith('AWS::SSM::Parameter');
}
