import { grouped } from '../model/grouped';
import { recordOf } from '../resources/record-table';
import type { References } from './references';
import type { LaunchResource, LaunchStack, LaunchWorld } from './world';
import { environmentOf, mayShareEnvironment, nearest } from './world';

/** Finds resources by the names that their properties give them. */
export class NamedResources {
  private byName: ReadonlyMap<string, readonly LaunchResource[]> | undefined;

  public constructor(private readonly world: LaunchWorld, private readonly references: References) {}

  /** The resources of a type that a name, or an ARN that ends with it, may mean in a stack. */
  public named(name: string, type: string, stack: LaunchStack): readonly LaunchResource[] {
    const byName = this.byName ??= this.index();
    if (!name.startsWith('arn:')) { return nearest(byName.get(keyOf(type, name)) ?? [], stack); }
    const found = byName.get(keyOf(type, name.slice(name.lastIndexOf('/') + 1))) ?? [];
    return nearest(found.filter(resource => mayShareEnvironment(resource.stack, environmentOf(name))), stack);
  }

  private index(): Map<string, LaunchResource[]> {
    const named = this.world.resources.flatMap(resource => [...this.namesOf(resource)].map(name => [keyOf(resource.type, name), resource] as const));
    return grouped(named);
  }

  private namesOf(resource: LaunchResource): ReadonlySet<string> {
    const property = recordOf(resource.type)?.nameProperty;
    const places = property === undefined ? [] : resource.at([property]);
    return new Set(places.flatMap(({ value, layer }) => this.references.targetsOf(layer.resolve(value), resource.stack)
      .flatMap(target => target.kind === 'text' ? [target.text] : [])));
  }
}

function keyOf(type: string, name: string): string {
  return `${type} ${name}`;
}
