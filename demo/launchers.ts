import { inspect } from '../src/inspect';
import type { JsonObject } from '../src/model/intrinsics';
import { isAbsent, isObject } from '../src/model/intrinsics';
import { describe } from '../src/model/setting';
import type { SettingName } from '../src/model/settings';
import { RENDERED } from '../src/resources/layer';
import { valueAt } from '../src/resources/mute';
import { parsePath, rewriteAt } from '../src/resources/paths';
import { resourceTypeOf } from '../src/resources/resource-types';
import type { Template, TemplateResource } from './templates';

/** What the table shows of one resource. */
export interface Launcher {
  readonly path: string;
  readonly type: string;
  readonly launchesFrom: string;
  readonly tokens: string;
  readonly hopLimit: string;
}

/** The resources of a template that launch instances or hold their metadata options. */
export function launchersOf(template: Template): Launcher[] {
  return Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    const type = resourceTypeOf(resource.Type);
    if (!type) { return []; }
    const sources = sourcesOf(resource, template);
    return [{
      path: pathOf(logicalId, resource),
      type: resource.Type,
      launchesFrom: sources.map(source => source.label).join(', ') || (type.carriers.length > 0 ? 'its own options' : 'nothing that can be set'),
      tokens: settingOf('tokens', resource, template, sources),
      hopLimit: settingOf('hopLimit', resource, template, sources),
    }];
  });
}

/** Something that a launcher launches from. */
interface Source {
  readonly label: string;
  readonly resource: TemplateResource | undefined;
}

/** A setting in words: the resource's own where it says something, else that of what it launches from. */
function settingOf(name: SettingName, resource: TemplateResource, template: Template, sources: readonly Source[]): string {
  const type = resourceTypeOf(resource.Type);
  if (!type) { return ''; }
  const { blocks } = inspect(type, resource.Properties, logicalId => parameterOf(template, logicalId));
  const own = blocks.map(({ settings }) => settings?.[name] ? describe(settings[name]!).replaceAll("'", '') : '-');
  const inherited = sources.map(source => source.resource ? settingOf(name, source.resource, template, []) : '?');
  const words = (own.length > 0 ? own : ['unset']).flatMap(word => word === 'unset' && inherited.length > 0 ? inherited : [word]);
  return type.carriers.length + sources.length === 0 ? '-' : [...new Set(words)].join(' or ');
}

function sourcesOf(resource: TemplateResource, template: Template): Source[] {
  const type = resourceTypeOf(resource.Type);
  return (type?.referrers ?? []).flatMap(({ templates, names }) => [
    ...templates.flatMap(path => specificationsAt(resource.Properties, path).map(specification => templateSource(specification, template))),
    ...names.map(path => valueAt(resource.Properties, path)).filter(value => !isAbsent(value)).map(value => namedSource(value, template)),
  ]);
}

function specificationsAt(properties: unknown, path: string): JsonObject[] {
  const specifications: JsonObject[] = [];
  rewriteAt(properties, parsePath(path), RENDERED, {
    scalar: false,
    createsParents: false,
    block: value => {
      if (isObject(value) && !isAbsent(identityOf(value))) { specifications.push(value); }
      return value;
    },
    barred: () => undefined,
  });
  return specifications;
}

function templateSource(specification: JsonObject, template: Template): Source {
  const source = namedSource(identityOf(specification), template);
  return { ...source, label: `${source.label} ${versionLabel(specification.Version)}` };
}

/** The id or the name of a launch template, under whatever key the service has for it. */
function identityOf(specification: JsonObject): unknown {
  const { LaunchTemplateId, LaunchTemplateName, Id, Name, TemplateId } = specification;
  return LaunchTemplateId ?? LaunchTemplateName ?? Id ?? Name ?? TemplateId;
}

function versionLabel(version: unknown): string {
  if (isAbsent(version)) { return '(default version)'; }
  return isObject(version) ? '(latest at deploy)' : `(version ${String(version)})`;
}

/** A resource of the template, named by reference or by the name that it has. */
function namedSource(value: unknown, template: Template): Source {
  const logicalId = referenced(value) ?? Object.keys(template.Resources).find(id =>
    template.Resources[id].Properties?.LaunchTemplateName === value && typeof value === 'string');
  const resource = logicalId === undefined ? undefined : template.Resources[logicalId];
  const label = resource ? pathOf(logicalId!, resource).split('/').pop()! : JSON.stringify(value);
  return { label, resource };
}

function referenced(value: unknown): string | undefined {
  if (!isObject(value)) { return undefined; }
  const target = value.Ref ?? value['Fn::GetAtt'];
  return Array.isArray(target) ? String(target[0]) : typeof target === 'string' ? target.split('.')[0] : undefined;
}

function pathOf(logicalId: string, resource: TemplateResource): string {
  const path = resource.Metadata?.['aws:cdk:path'];
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : logicalId;
}

function parameterOf(template: Template, logicalId: string) {
  const parameter = template.Parameters?.[logicalId];
  return parameter && { allowedValues: parameter.AllowedValues, defaultValue: parameter.Default };
}
