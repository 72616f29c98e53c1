import { writeFileSync } from 'fs';
import { join } from 'path';
import type { Stack } from 'aws-cdk-lib';
import { CfnCondition, CfnParameter, CfnResource, Fn, Token } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { Carrier } from './carriers';
import type { Form } from './form';
import { declarations } from './form';
import type { Json } from './json';
import { SCRATCH } from './scratch-app';
import { asIs, typedName } from './spelling';

/** A way to add a resource to a stack. */
export type Way = 'typed L1' | 'generic CfnResource' | 'CfnInclude';

/** Every way. */
export const WAYS: readonly Way[] = ['typed L1', 'generic CfnResource', 'CfnInclude'];

/** An unrelated resource that references the first one with metadata options. */
export const BYSTANDER = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Subject0' } } };

/** The logical id of a form's resource. */
export function subjectId(index: number): string {
  return `Subject${index}`;
}

/** Writes one resource for each form into a stack, with an unrelated resource and the declarations of the forms. */
export function write(stack: Stack, way: Way, carrier: Carrier, forms: readonly Form[]): void {
  if (way === 'CfnInclude') {
    include(stack, carrier, forms);
  } else {
    declare(stack, carrier);
    forms.forEach((form, index) => {
      const resource = way === 'typed L1' ? typed(stack, subjectId(index), carrier, form) : generic(stack, subjectId(index), carrier, form);
      form.then?.(resource, carrier);
    });
    new CfnResource(stack, 'Bystander', { type: BYSTANDER.Type, properties: BYSTANDER.Properties });
  }
}

function typed(stack: Stack, id: string, carrier: Carrier, form: Form): CfnResource {
  const properties = form.given(carrier, carrier.spelling);
  const resource = carrier.typed(stack, id, properties);
  const [property] = carrier.block.split(/\W/);
  // An older aws-cdk-lib does not have some properties, so they need an override.
  if (property in properties && !(typedName(property) in resource)) { resource.addPropertyOverride(property, properties[property]); }
  return resource;
}

function generic(stack: Stack, id: string, carrier: Carrier, form: Form): CfnResource {
  return new CfnResource(stack, id, { type: carrier.type, properties: form.given(carrier, asIs) });
}

function declare(stack: Stack, carrier: Carrier): void {
  const { Conditions, Parameters } = declarations(carrier) as { [section: string]: { [id: string]: Json } };
  for (const [id, condition] of Object.entries(Conditions)) {
    const [left, right] = condition['Fn::Equals'] as [unknown, string];
    new CfnCondition(stack, id, { expression: Fn.conditionEquals(Token.asString(left), right) });
  }
  for (const [id, { Type, AllowedValues, Default }] of Object.entries(Parameters)) {
    new CfnParameter(stack, id, { type: Type as string, allowedValues: AllowedValues as string[], default: Default });
  }
}

function include(stack: Stack, carrier: Carrier, forms: readonly Form[]): void {
  const subjects = forms.map((form, index) => [subjectId(index), { Type: carrier.type, Properties: form.given(carrier, asIs) }] as const);
  const templateFile = join(SCRATCH, 'included.template.json');
  writeFileSync(templateFile, JSON.stringify({
    ...declarations(carrier),
    Resources: { ...Object.fromEntries(subjects), Bystander: BYSTANDER },
  }));
  const included = new CfnInclude(stack, 'Included', { templateFile });
  forms.forEach((form, index) => form.then?.(included.getResource(subjectId(index)), carrier));
}
