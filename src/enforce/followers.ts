import type { CfnResource } from 'aws-cdk-lib';
import { CfnElement, Reference, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isObject } from '../model/intrinsics';
import { LiveResource } from '../resources/live-resource';
import { parsePath, rewriteAt } from '../resources/paths';
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

  private readonly byTemplate = new Map<IConstruct, Set<CfnResource>>();
  private readonly changed = new Set<IConstruct>();

  private constructor() {}

  /** Notes which templates a launcher follows; those of them that were changed already. */
  public follow(launcher: CfnResource): IConstruct[] {
    const templates = followedTemplates(launcher);
    for (const template of templates) {
      const followers = this.byTemplate.get(template) ?? new Set();
      this.byTemplate.set(template, followers.add(launcher));
    }
    return templates.filter(template => this.changed.has(template));
  }

  /** Notes that a template was changed; the launchers that follow it so far. */
  public change(template: CfnResource): CfnResource[] {
    this.changed.add(template);
    return [...this.byTemplate.get(template) ?? []];
  }
}

/** The launch templates whose latest version number a launcher names where a change replaces it. */
function followedTemplates(launcher: CfnResource): IConstruct[] {
  const type = resourceTypeOf(LiveResource.typeOf(launcher));
  return (type?.referrers ?? [])
    .filter(row => row.onNewVersion === 'replacement')
    .flatMap(row => templatesOf(launcher, row));
}

function templatesOf(launcher: CfnResource, row: ReferrerRow): IConstruct[] {
  const live = new LiveResource(launcher);
  return row.templates.flatMap(path => {
    const [property, ...rest] = parsePath(path);
    const value = live.property(property);
    if (value === undefined) { return []; }
    const templates: (IConstruct | undefined)[] = [];
    rewriteAt(value, [...rest, 'Version'], live.layerOf(property), {
      scalar: true,
      block: (version, layer) => {
        templates.push(templateBehind(version) ?? templateNamed(layer.resolve(version), launcher));
        return version;
      },
      barred: () => undefined,
    });
    return templates.filter(template => template !== undefined);
  });
}

/** The construct that a version token refers to, in whatever stack it is. */
function templateBehind(version: unknown): IConstruct | undefined {
  const token = Tokenization.reverse(version, { failConcat: false });
  return Reference.isReference(token) && token.displayName === LATEST ? token.target : undefined;
}

/** The resource that a rendered `Fn::GetAtt` names, in the launcher's own stack. */
function templateNamed(version: unknown, launcher: CfnResource): IConstruct | undefined {
  const getAtt = isObject(version) ? version['Fn::GetAtt'] : undefined;
  const [logicalId, attribute] = typeof getAtt === 'string' ? getAtt.split('.') : Array.isArray(getAtt) ? getAtt : [];
  if (attribute !== LATEST) { return undefined; }
  return launcher.stack.node.findAll().find(construct =>
    CfnElement.isCfnElement(construct) && construct.stack === launcher.stack && launcher.stack.resolve(construct.logicalId) === logicalId);
}
