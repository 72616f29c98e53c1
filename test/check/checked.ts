import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import type { StageSynthesisOptions } from 'aws-cdk-lib';
import { App, CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Imdsv2CheckProps } from '../../src';
import { Imdsv2 } from '../../src';
import type { Json } from '../harness/json';

/** A violation of one construct in CDK's report. */
export interface ViolatingConstruct {
  readonly constructPath: string;
  readonly stackTraces?: readonly string[];
  readonly cloudFormationResource?: { readonly templatePath: string; readonly logicalId: string; readonly propertyPaths?: readonly string[] };
}

/** A violation in CDK's report. */
export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly suggestedFix: string;
  readonly severity: string;
  readonly ruleMetadata: Json;
  readonly violatingConstructs: readonly ViolatingConstruct[];
}

/** An acknowledged violation. */
export interface SuppressedViolation extends Violation {
  readonly acknowledgedId: string;
  readonly acknowledgedAt?: string;
  readonly acknowledgedStackTrace?: string;
  readonly reason?: string;
}

interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly SuppressedViolation[];
}

/** The result of the synthesis of a checked app. */
export interface Checked {
  /** The error of the synthesis. */
  readonly failure: string | undefined;
  /** The reports of the library's validators. */
  readonly plugins: readonly PluginReport[];
  readonly violations: readonly Violation[];
  readonly suppressed: readonly SuppressedViolation[];
}

const INSTANCE = 'AWS::EC2::Instance';
const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';
const REPORT = 'validation-report.json';

/** The metadata options of an instance that does not require tokens, and of one that does. */
export const OPTIONAL = { MetadataOptions: { HttpTokens: 'optional' } };
export const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };
/** The violations. */
export const GOT_OPTIONAL = 'MetadataOptions.HttpTokens must be \'required\', got \'optional\'';

/** Synthesizes an app, and reads CDK's validation report. CDK's console output is hidden. */
export function synthesized(app: App, options: StageSynthesisOptions = {}): Checked {
  const console = jest.spyOn(global.console, 'error').mockImplementation(() => undefined);
  let failure: string | undefined;
  try {
    app.synth(options);
  } catch (error) {
    failure = String(error);
  } finally {
    console.mockRestore();
  }
  const plugins = pluginReports(app.outdir).filter(({ pluginName }) => pluginName === 'Imdsv2');
  return {
    failure,
    plugins,
    violations: plugins.flatMap(({ violations }) => violations),
    suppressed: plugins.flatMap(({ suppressedViolations = [] }) => suppressedViolations),
  };
}

/** Checks a whole app, and synthesizes it. */
export function checked(app: App, props?: Imdsv2CheckProps): Checked {
  Imdsv2.check(app, props);
  return synthesized(app);
}

/** The violations in short: the rule, and each construct with the place in it. */
export function violationsIn({ violations }: Pick<Checked, 'violations'>): readonly string[] {
  return violations.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(construct => `${ruleName} ${placeOf(construct)}`)).sort();
}

/** The suppressed violations in short. */
export function suppressedIn({ suppressed }: Checked): readonly string[] {
  return violationsIn({ violations: suppressed });
}

/** An instance as a generic resource. */
export function instance(scope: Construct, id = 'Instance', properties: Json = OPTIONAL): CfnResource {
  return new CfnResource(scope, id, { type: INSTANCE, properties });
}

/** A launch template as a generic resource. */
export function launchTemplate(scope: Construct, id = 'Template', data: Json = OPTIONAL, properties: Json = {}): CfnResource {
  return new CfnResource(scope, id, { type: LAUNCH_TEMPLATE, properties: { ...properties, LaunchTemplateData: data } });
}

/** The app of a construct. */
export function appOf(scope: Construct): App {
  return App.of(scope) as App;
}

function placeOf({ constructPath, cloudFormationResource }: ViolatingConstruct): string {
  const { propertyPaths = [] } = cloudFormationResource ?? {};
  return [constructPath, ...propertyPaths].join(' ');
}

function pluginReports(directory: string): readonly PluginReport[] {
  const file = join(directory, REPORT);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly pluginReports: readonly PluginReport[] }).pluginReports : [];
}
