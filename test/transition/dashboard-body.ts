import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** A line of a graph. */
interface Line {
  readonly expression: string;
  readonly label: string;
  readonly period: number;
  readonly color?: string;
}

/** A widget in CloudWatch's form. */
export interface Widget {
  readonly type: 'text' | 'metric' | 'log' | 'alarm';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly query?: string;
    readonly stacked?: boolean;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly [Line])[];
  };
}

export interface Body {
  readonly start: string;
  readonly periodOverride: string;
  readonly widgets: readonly Widget[];
}

/** The body of the only dashboard of a stack. Values of a deployment are `<LogicalId>`. */
export function bodyOf(stack: Stack): Body {
  return bodyFrom(Template.fromStack(stack));
}

/** The same from a template. */
export function bodyFrom(template: Template): Body {
  const [[, { Properties }], ...more] = Object.entries(template.findResources('AWS::CloudWatch::Dashboard'));
  if (more.length > 0) { throw new Error('there is more than one dashboard'); }
  return JSON.parse(textOf((Properties as { DashboardBody: unknown }).DashboardBody)) as Body;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') { return value; }
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref } = value as { 'Fn::Join'?: [string, unknown[]]; 'Fn::GetAtt'?: [string]; 'Ref'?: string };
  return join ? join[1].map(textOf).join(join[0]) : `<${attribute?.[0] ?? Ref}>`;
}

/** The expressions of all graphs and numbers. */
export function expressionsIn({ widgets }: Body): string[] {
  return widgets.flatMap(({ properties: { metrics = [] } }) => metrics.map(([{ expression }]) => expression));
}

/** The queries of all tables. */
export function queriesIn({ widgets }: Body): string[] {
  return widgets.flatMap(({ properties: { query } }) => query ?? []);
}
