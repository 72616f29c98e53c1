import { readFileSync } from 'fs';
import { join } from 'path';
import type { App, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { RuleId } from '../../src/policy/rules';
import { CHECKED_RULE_IDS } from '../../src/policy/rules';
import type { Json } from '../harness/json';
import type { Template } from '../harness/synthesized';

/** The ids of what is wrong, by the path of the construct that it is said of; what is fine has no entry. */
export type Verdicts = { readonly [path: string]: readonly RuleId[] };

/** What is said of a construct. */
export type Saying = readonly [path: string, id: RuleId];

/** The verdicts that sayings come to, in the alphabet's order. */
export function verdictsOf(sayings: Iterable<Saying>): Verdicts {
  const verdicts: { [path: string]: RuleId[] } = {};
  for (const [path, id] of [...sayings].sort()) {
    if (!verdicts[path]?.includes(id)) { (verdicts[path] ??= []).push(id); }
  }
  return verdicts;
}

/** What a plugin of CDK's validation says. */
export function violated({ violations }: PolicyValidationPluginReport): Saying[] {
  return violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }): Saying =>
    [String(constructPath), ruleName.replace(/^Imdsv2-/, 'Imdsv2::') as RuleId]));
}

/** What the warnings on constructs say, but for what is about enforcement itself. */
export function warned(app: App): Saying[] {
  return app.node.findAll().flatMap(({ node }) => node.metadata.flatMap(({ type, data }): Saying[] => {
    const id = CHECKED_RULE_IDS.find(checked => type === 'aws:cdk:warning' && String(data).includes(`[ack: ${checked}]`));
    return id ? [[node.path, id]] : [];
  }));
}

/**
 * The findings that enforcement mended: what it wrote into templates, taken for the finding that made it write.
 *
 * Enforcement writes tokens into instances that need not have them, too: into those that leave them to a launch template, and into those that
 * answer nobody. There it mends what `found` says of them, if anything.
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

/** EMR wants a hop limit beside the version: it is a finding by itself where the version stands there already, or where it is too low. */
function ofEmr(path: string, found: Verdicts): Saying[] {
  const mends: readonly RuleId[] = ['Imdsv2::ContainerHopLimit', 'Imdsv2::ValueNotAccepted'];
  return (found[path] ?? []).filter(id => mends.includes(id)).map(id => [path, id]);
}

const ABOUT_TOKENS: readonly RuleId[] = ['Imdsv2::TokensRequired', 'Imdsv2::LaunchSourceUnknown', 'Imdsv2::VersionNotFollowed'];

/** Whether an instance says nothing of tokens and has a launch template, or turns the service off; an environment may have a configuration template. */
function needNotSayIt(properties: unknown): boolean {
  const { LaunchTemplate: template, MetadataOptions: options, TemplateName, OptionSettings } = (properties ?? {}) as Json;
  if (TemplateName !== undefined) { return !/DisableIMDSv1/.test(JSON.stringify(OptionSettings ?? [])); }
  return (template !== undefined && !/HttpTokens/.test(JSON.stringify(options ?? {}))) || /"HttpEndpoint":"disabled"/.test(JSON.stringify(options ?? {}));
}

/** The properties of all resources of an app that was synthesized, as its templates have them. */
function resourcesIn(app: App): (readonly [path: string, properties: unknown])[] {
  const templates = new Map<Stack, Template['Resources']>();
  return app.node.findAll().filter(construct => CfnResource.isCfnResource(construct)).filter(isWritten).map(resource => {
    const { stack } = resource;
    if (!templates.has(stack)) { templates.set(stack, templateOf(stack).Resources); }
    return [resource.node.path, templates.get(stack)![String(stack.resolve(resource.logicalId))]?.Properties ?? {}] as const;
  });
}

/** Whether the template says of a resource what somebody wrote: the address of a nested stack follows from what stands in it. */
function isWritten({ cfnResourceType }: CfnResource): boolean {
  return cfnResourceType !== 'AWS::CloudFormation::Stack';
}

function templateOf(stack: Stack): Template {
  return JSON.parse(readFileSync(join(Stage.of(stack)!.outdir, stack.templateFile), 'utf8')) as Template;
}

/** The places in which two values differ, down to the last key: a JSON document counts as what it says. */
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
