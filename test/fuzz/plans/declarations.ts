import type { Stack } from 'aws-cdk-lib';
import { Aws, CfnCondition, CfnParameter, CfnResource, Fn } from 'aws-cdk-lib';
import type { Template } from '../oracle/json';

interface Declared {
  readonly Type: string;
  readonly AllowedValues?: string[];
  readonly Default?: string;
}

const PARAMETERS: { readonly [name: string]: Declared } = {
  Required: { Type: 'String', AllowedValues: ['required'] },
  Either: { Type: 'String', AllowedValues: ['required', 'optional'] },
  Defaulted: { Type: 'String', Default: 'required' },
  Free: { Type: 'String', Default: '' },
  Flag: { Type: 'String', AllowedValues: ['true'] },
  Secret: { Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: ['required'], Default: 'required' },
};

/** The declarations of random templates, so that their conditions and parameters exist. */
export const DECLARATIONS = {
  Parameters: PARAMETERS,
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'Free' }, 'c'] }, D: { 'Fn::Equals': [{ Ref: 'Free' }, 'd'] } },
};

/** The same in a stack. In a nested stack, parameters have defaults. */
export function declareIn(stack: Stack): Map<string, CfnParameter> {
  for (const name of Object.keys(DECLARATIONS.Conditions)) { new CfnCondition(stack, name, { expression: Fn.conditionEquals(Aws.REGION, 'x') }); }
  return new Map(Object.entries(PARAMETERS).map(([name, { Type, AllowedValues, Default }]) => {
    const parameter = new CfnParameter(stack, name, { type: Type, allowedValues: AllowedValues, default: Default ?? AllowedValues?.[0] });
    return [name, parameter];
  }));
}

/** The resources of a template as generic constructs. */
export function asGenericResources(stack: Stack, template: Template): void {
  declareIn(stack);
  for (const [name, { Type, Properties }] of Object.entries(template.Resources ?? {})) {
    new CfnResource(stack, name, { type: Type, properties: Properties as { [key: string]: unknown } });
  }
}
