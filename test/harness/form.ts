import type { CfnResource } from 'aws-cdk-lib';
import { intrinsicName } from '../../src/model/intrinsics';
import type { Carrier } from './carriers';
import type { Json } from './json';
import type { Spelling } from './spelling';
import { asIs } from './spelling';
import type { Way } from './ways';

/** A form of input: how a user may have written a resource, and what is to become of it. */
export interface Form {
  readonly name: string;
  /** What is reported besides a replacement. */
  readonly reports?: readonly string[];
  /** The ways in which it can be written at all; every way by default. */
  readonly ways?: readonly Way[];
  /** Whether what should hold the block is missing, which is reported where it cannot be made up. */
  readonly lacksAncestor?: boolean;
  /** The properties that the user gives; the names in tokens are spelled as the way of writing wants them. */
  given(carrier: Carrier, spell: Spelling): Json;
  /** What the user does with the resource afterwards. */
  then?(resource: CfnResource, carrier: Carrier): void;
  /** The properties in the template after enforcement; `undefined` where there are none. */
  becomes(carrier: Carrier): Json | undefined;
  /** Whether enforcement changes anything; it does by default. */
  changes?(carrier: Carrier): boolean;
  /** The types that it makes sense for; every type by default. */
  suits?(carrier: Carrier, way: Way): boolean;
}

/** The forms in which a resource of this type can be written in this way. */
export function formsFor(forms: readonly Form[], carrier: Carrier, way: Way): readonly Form[] {
  return forms
    .filter(({ ways }) => ways === undefined || ways.includes(way))
    .filter(form => form.suits?.(carrier, way) ?? true)
    // CDK itself refuses a typed resource that lacks a property.
    .filter(form => !carrier.isMandatory || way === 'generic CfnResource' || hasValue(form.given(carrier, asIs)[carrier.place]))
    // CfnInclude takes an intrinsic function in the place of a map apart, and CDK refuses what is left of it.
    .filter(form => !carrier.isMap || way !== 'CfnInclude' || intrinsicName(form.given(carrier, asIs)[carrier.place]) === undefined);
}

/** What is reported of a form that enforcement has to do with: that a resource is replaced, and what the form itself says. */
export function reportsOf(form: Form, carrier: Carrier): string[] {
  const isChanged = form.changes?.(carrier) ?? true;
  const lacksAncestor = form.lacksAncestor && carrier.needsAncestor;
  return [
    ...isChanged && carrier.isAnnounced ? ['Imdsv2::ReplacesResource'] : [],
    ...lacksAncestor ? ['Imdsv2::OptionsUnreadable'] : [],
    ...form.reports ?? [],
  ].sort();
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The conditions and the parameters that the forms refer to, as a template declares them. */
export function declarations({ words: { required, weak } }: Carrier): Json {
  const value = (...values: unknown[]) => values.map(String);
  return {
    Conditions: {
      IsProduction: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
      IsLarge: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '123456789012'] },
    },
    Parameters: {
      OnlyRequired: { Type: 'String', AllowedValues: value(required) },
      MixedValues: { Type: 'String', AllowedValues: value(required, weak), Default: String(required) },
      DefaultOnly: { Type: 'String', Default: String(required) },
      AnyValue: { Type: 'String' },
    },
  };
}
