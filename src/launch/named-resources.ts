import { recordOf } from '../resources/record-table';
import type { PartialText } from './partial-text';
import { TextIndex } from './partial-text';
import type { References } from './references';
import type { LaunchResource, LaunchStack, LaunchWorld } from './world';
import { environmentOf, mayShareEnvironment, nearestTo } from './world';

/** Finds resources by the names that their properties give them. */
export class NamedResources {
  private byType: ReadonlyMap<string, TextIndex<LaunchResource>> | undefined;

  public constructor(private readonly world: LaunchWorld, private readonly references: References) {}

  /** The resources of a type that a name, or an ARN that ends with a name, may mean in a stack. */
  public named(name: PartialText, type: string, stack: LaunchStack): readonly LaunchResource[] {
    const byName = (this.byType ??= this.index()).get(type);
    if (!byName) { return []; }
    if (!name.startsWith('arn:')) { return nearestTo(byName.of(name), stack); }
    const parts = name.split('/');
    const found = byName.of(parts[parts.length - 1]);
    return nearestTo(found.filter(resource => mayShareEnvironment(resource.stack, environmentOf(name))), stack);
  }

  private index(): ReadonlyMap<string, TextIndex<LaunchResource>> {
    const byType = new Map<string, TextIndex<LaunchResource>>();
    for (const resource of this.world.resources) {
      for (const name of this.namesOf(resource)) {
        const byName = byType.get(resource.type) ?? new TextIndex<LaunchResource>();
        byType.set(resource.type, byName);
        byName.add(name, resource);
      }
    }
    return byType;
  }

  private namesOf(resource: LaunchResource): readonly PartialText[] {
    const property = recordOf(resource.type)?.nameProperty;
    const places = property === undefined ? [] : resource.at([property]);
    return places.flatMap(({ value, layer }) => this.references.targetsOf(layer.resolve(value), resource.stack)
      .flatMap(target => target.kind === 'text' ? [target.text] : []));
  }
}
