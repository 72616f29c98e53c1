import type { CfnResource } from 'aws-cdk-lib';
import { intrinsicName } from '../../src/model/intrinsics';
import type { Carrier } from './carriers';
import type { Json } from './json';
import type { Spelling } from './spelling';
import { asIs } from './spelling';
import type { Way } from './ways';

/** A form of input: how a user can write a resource, and the expected result. */
export interface Form {
  readonly name: string;
  /** The reports, except those about a replacement. */
  readonly reports?: readonly string[];
  /** The supported ways to write it. Every way by default. */
  readonly ways?: readonly Way[];
  /** Whether the parent of the block is missing, which is reported if it cannot be created. */
  readonly lacksAncestor?: boolean;
  /** The properties of the user. Names in tokens have the spelling of the way. */
  given(carrier: Carrier, spell: Spelling): Json;
  /** Later changes of the user. */
  then?(resource: CfnResource, carrier: Carrier): void;
  /** The properties in the template after enforcement. `undefined` if there are none. */
  becomes(carrier: Carrier): Json | undefined;
  /** Whether enforcement changes something. The default is true. */
  changes?(carrier: Carrier): boolean;
  /** The types that it applies to. Every type by default. */
  suits?(carrier: Carrier, way: Way): boolean;
}

/** The forms for a resource of this type in this way. */
export function formsFor(forms: readonly Form[], carrier: Carrier, way: Way): readonly Form[] {
  return forms
    .filter(({ ways }) => ways === undefined || ways.includes(way))
    .filter(form => form.suits?.(carrier, way) ?? true)
    // CDK itself rejects a typed resource without a required property.
    .filter(form => !carrier.isMandatory || way === 'generic CfnResource' || hasValue(form.given(carrier, asIs)[carrier.place]))
    // CfnInclude parses an intrinsic function instead of a map, and CDK rejects the result.
    .filter(form => !carrier.isMap || way !== 'CfnInclude' || intrinsicName(form.given(carrier, asIs)[carrier.place]) === undefined);
}

/** The reports about a form that enforcement changes: the replacement, and those of the form itself. */
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

/** The conditions and parameters of the forms, as a template declares them. */
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
