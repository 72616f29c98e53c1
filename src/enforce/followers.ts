import type { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnElement } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { branchesOf, isObject } from '../model/intrinsics';
import type { WrittenPlace } from '../resources/live-resource';
import { LiveResource } from '../resources/live-resource';
import { parsePath, rewriteAt } from '../resources/paths';
import { referencesIn } from '../resources/peek';
import type { ReferrerRow } from '../resources/resource-types';
import { resourceTypeOf } from '../resources/resource-types';

const LATEST = 'LatestVersionNumber';
const FOLLOWERS = Symbol.for('cdk-imdsv2.Followers');

/**
 * Which launchers are replaced when a launch template gets a new version: those that name its `LatestVersionNumber` in a property
 * whose change replaces them. It lives at the root of the tree, so that it does not matter who is visited first.
 */
export class Followers {
  /** The followers in the tree of a construct. */
  public static of(construct: IConstruct): Followers {
    const root = construct.node.root as IConstruct & { [FOLLOWERS]?: Followers };
    if (!root[FOLLOWERS]) { Object.defineProperty(root, FOLLOWERS, { value: new Followers(), enumerable: false }); }
    return root[FOLLOWERS]!;
  }

  /** The launchers by the template that they follow. */
  private readonly launchers = new Map<string, Set<CfnResource>>();
  /** The templates that were changed. */
  private readonly changed = new Map<string, CfnResource>();
  /** Those of them whose logical id nobody has asked for yet: most trees have no follower, and the id is dear. */
  private pending: CfnResource[] = [];

  private constructor() {}

  /** Notes which templates a launcher follows; those of them that were changed already. */
  public follow(launcher: CfnResource): CfnResource[] {
    const templates = [...new Set(followedTemplates(launcher))];
    if (templates.length > 0) { this.settle(); }
    for (const template of templates) {
      this.launchers.set(template, (this.launchers.get(template) ?? new Set()).add(launcher));
    }
    return templates.map(template => this.changed.get(template)).filter(template => template !== undefined);
  }

  /** Notes that a template was changed; the launchers that follow it so far. */
  public change(template: CfnResource): CfnResource[] {
    this.pending.push(template);
    if (this.launchers.size === 0) { return []; }
    this.settle();
    return [...this.launchers.get(keyOf(template.stack, template.logicalId)) ?? []];
  }

  private settle(): void {
    for (const template of this.pending) { this.changed.set(keyOf(template.stack, template.logicalId), template); }
    this.pending = [];
  }
}

/** A resource by its stack and logical id: what both a reference and a template say of it. */
function keyOf(stack: Stack, logicalId: string): string {
  return `${stack.node.path} ${String(stack.resolve(logicalId))}`;
}

/** The launch templates whose latest version number a launcher names where a change replaces it. */
function followedTemplates(launcher: CfnResource): string[] {
  const type = resourceTypeOf(LiveResource.typeOf(launcher));
  return (type?.referrers ?? [])
    .filter(row => row.onNewVersion === 'replacement')
    .flatMap(row => templatesOf(launcher, row));
}

function templatesOf(launcher: CfnResource, row: ReferrerRow): string[] {
  const live = new LiveResource(launcher);
  return row.templates.flatMap(path => {
    const toVersion = [...parsePath(path), 'Version'];
    if (!live.isShadowed(toVersion[0])) { return templatesAt(live.written(toVersion), launcher); }
    const layer = live.overrideLayer;
    return [
      ...templatesAt({ value: live.rendered(), path: toVersion, where: '', layer }, launcher),
      ...templatesAt({ value: live.propertyOverrides.value, path: toVersion, where: '', layer }, launcher),
    ];
  });
}

function templatesAt({ value, path, where, layer }: WrittenPlace, launcher: CfnResource): string[] {
  const templates: string[] = [];
  rewriteAt(value, path, layer, {
    scalar: true,
    createsParents: false,
    block: (version, inner) => {
      if (version !== undefined) { templates.push(...templatesBehind(version, launcher), ...templatesNamed(inner.resolve(version), launcher)); }
      return version;
    },
    barred: () => undefined,
  }, where);
  return templates;
}

/** The resources that the tokens of a version refer to, in whatever stack they are. */
function templatesBehind(version: unknown, launcher: CfnResource): string[] {
  return referencesIn(version, launcher.stack).flatMap(({ target, displayName }) =>
    displayName === LATEST && CfnElement.isCfnElement(target) ? [keyOf(target.stack, target.logicalId)] : []);
}

/** The resources that a rendered version names, by `Fn::GetAtt` or `Fn::Sub` in either branch of a condition, in the launcher's own stack. */
function templatesNamed(version: unknown, launcher: CfnResource): string[] {
  const branches = branchesOf(version);
  if (branches) { return [branches.whenTrue, branches.whenFalse].flatMap(branch => templatesNamed(branch, launcher)); }
  const [logicalId, attribute] = attributeOf(version);
  return attribute === LATEST ? [keyOf(launcher.stack, logicalId)] : [];
}

function attributeOf(version: unknown): string[] {
  if (!isObject(version)) { return []; }
  const getAtt = version['Fn::GetAtt'];
  if (Array.isArray(getAtt)) { return getAtt.filter(part => typeof part === 'string'); }
  const sub = version['Fn::Sub'];
  const text = typeof getAtt === 'string' ? getAtt : typeof sub === 'string' ? /^\$\{([^}]*)\}$/.exec(sub)?.[1] : undefined;
  return text?.split('.') ?? [];
}
