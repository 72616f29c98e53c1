import { readFileSync } from 'fs';
import { join } from 'path';
import type { App, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { RuleId } from '../../src/policy/rules';
import { CHECKED_RULE_IDS } from '../../src/policy/rules';
import type { Json } from '../harness/json';
import type { Template } from '../harness/synthesized';

/** The ids of the findings, by construct path. Constructs without findings have no entry. */
export type Verdicts = { readonly [path: string]: readonly RuleId[] };

/** A finding about a construct. */
export type Saying = readonly [path: string, id: RuleId];

/** The verdicts for findings, sorted. */
export function verdictsOf(sayings: Iterable<Saying>): Verdicts {
  const verdicts: { [path: string]: RuleId[] } = {};
  for (const [path, id] of [...sayings].sort()) {
    if (!verdicts[path]?.includes(id)) { (verdicts[path] ??= []).push(id); }
  }
  return verdicts;
}

/** The findings of a validation plugin of CDK. */
export function violated({ violations }: PolicyValidationPluginReport): Saying[] {
  return violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }): Saying =>
    [String(constructPath), ruleName.replace(/^Imdsv2-/, 'Imdsv2::') as RuleId]));
}

/** The warnings on constructs, except those about enforcement itself. */
export function warned(app: App): Saying[] {
  return app.node.findAll().flatMap(({ node }) => node.metadata.flatMap(({ type, data }): Saying[] => {
    const id = CHECKED_RULE_IDS.find(checked => type === 'aws:cdk:warning' && String(data).includes(`[ack: ${checked}]`));
    return id ? [[node.path, id]] : [];
  }));
}

/**
 * The findings that enforcement fixed, derived from what it wrote into templates.
 *
 * Enforcement also writes tokens into instances that do not need them: instances that leave tokens to a launch template, and instances with a disabled
 * endpoint. There it fixes the findings in `found`, if any.
 */
export function mended(asWritten: App, enforced: App, found: Verdicts): Saying[] {
  const before = new Map(resourcesIn(asWritten));
  return resourcesIn(enforced).flatMap(([path, after]) => [...difference(before.get(path), after)].flatMap((key): Saying[] => {
    if (key.includes('SecurityConfiguration') && key.includes('HttpPutResponseHopLimit')) { return ofEmr(path, found); }
    if (key.includes('HttpPutResponseHopLimit')) { return [[path, 'Imdsv2::ContainerHopLimit']]; }
    if (!needNotSayIt(before.get(path))) { return [[path, 'Imdsv2::TokensRequired']]; }
    return (found[path] ?? []).filter(id => ABOUT_TOKENS.includes(id)).map(id => [path, id]);
  }));
}

/** EMR requires a hop limit together with the version. It is a separate finding if the version exists already, or if the limit is too low. */
function ofEmr(path: string, found: Verdicts): Saying[] {
  const mends: readonly RuleId[] = ['Imdsv2::ContainerHopLimit', 'Imdsv2::ValueNotAccepted'];
  return (found[path] ?? []).filter(id => mends.includes(id)).map(id => [path, id]);
}

const ABOUT_TOKENS: readonly RuleId[] = ['Imdsv2::TokensRequired', 'Imdsv2::LaunchSourceUnknown', 'Imdsv2::VersionNotFollowed'];

/** Whether an instance has a launch template and no tokens, or a disabled endpoint. An environment can have a configuration template. */
function needNotSayIt(properties: unknown): boolean {
  const { LaunchTemplate: template, MetadataOptions: options, TemplateName, OptionSettings } = (properties ?? {}) as Json;
  if (TemplateName !== undefined) { return !/DisableIMDSv1/.test(JSON.stringify(OptionSettings ?? [])); }
  return (template !== undefined && !/HttpTokens/.test(JSON.stringify(options ?? {}))) || /"HttpEndpoint":"disabled"/.test(JSON.stringify(options ?? {}));
}

/** The properties of all resources of a synthesized app, in its templates. */
function resourcesIn(app: App): (readonly [path: string, properties: unknown])[] {
  const templates = new Map<Stack, Template['Resources']>();
  return app.node.findAll().filter(construct => CfnResource.isCfnResource(construct)).filter(isWritten).map(resource => {
    const { stack } = resource;
    if (!templates.has(stack)) { templates.set(stack, templateOf(stack).Resources); }
    return [resource.node.path, templates.get(stack)![String(stack.resolve(resource.logicalId))]?.Properties ?? {}] as const;
  });
}

/** Whether the template contains what the user wrote about a resource. The URL of a nested stack depends on its contents. */
function isWritten({ cfnResourceType }: CfnResource): boolean {
  return cfnResourceType !== 'AWS::CloudFormation::Stack';
}

function templateOf(stack: Stack): Template {
  return JSON.parse(readFileSync(join(Stage.of(stack)!.outdir, stack.templateFile), 'utf8')) as Template;
}

/** The places in which two values differ. A JSON document is compared by its contents. */
function* difference(before: unknown, after: unknown, at = ''): Generator<string> {
  const [one, other] = [parsed(before), parsed(after)];
  if (!isBranch(one) && !isBranch(other)) {
    if (one !== other) { yield at; }
    return;
  }
  const [left, right] = [one, other].map(value => isBranch(value) ? value : {}) as [Json, Json];
  if ([one, other].some(value => value !== undefined && !isBranch(value))) { yield at; }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) { yield* difference(left[key], right[key], `${at}.${key}`); }
}

function isBranch(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) as unknown : value;
  } catch {
    return value;
  }
}
