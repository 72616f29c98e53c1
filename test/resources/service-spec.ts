import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource, ResourceProperties, SpecDatabase, TypeDefinition } from '@aws-cdk/service-spec-types';

/** Whether a change of a property replaces the resource. */
export type Replacement = 'yes' | 'no' | 'maybe';

/** A property somewhere in a resource type of the AWS service specification. */
export interface SpecPlace {
  readonly type: string;
  /** The path in the form of the table: `[]` stands for every element of a list, `{}` for every value of a map. */
  readonly path: string;
  readonly property: Property;
  /** The effect of a change, from the top-level property down. */
  readonly replacement: Replacement;
}

/** The AWS service specification, flattened to places. */
export class ServiceSpec {
  private readonly db: SpecDatabase = loadAwsServiceSpecSync();
  private readonly byType = new Map<string, SpecPlace[]>();

  /** All types that CloudFormation knows. */
  public get types(): string[] {
    return this.db.all('resource').map(resource => resource.cloudFormationType);
  }

  /** Every property of every type, at every depth. A type that contains itself is entered once. */
  public get places(): SpecPlace[] {
    return this.types.flatMap(type => this.placesOf(type));
  }

  /** Every property of one type. Empty if the type does not exist. */
  public placesOf(type: string): SpecPlace[] {
    let places = this.byType.get(type);
    if (!places) {
      places = this.db.lookup('resource', 'cloudFormationType', 'equals', type).flatMap(resource => this.walk(resource));
      this.byType.set(type, places);
    }
    return places;
  }

  /** The property at a path of the table. */
  public placeAt(type: string, path: string): SpecPlace | undefined {
    return this.placesOf(type).find(place => place.path === path.replace(/\[\]$/, ''));
  }

  /** The names of the properties directly below a path. */
  public namesBelow(type: string, path: string): string[] {
    return this.placesOf(type).map(place => place.path)
      .filter(candidate => candidate.startsWith(`${path}.`) && !candidate.slice(path.length + 1).includes('.'))
      .map(candidate => candidate.slice(path.length + 1));
  }

  /** The names of the required properties of a type. */
  public requiredProperties(type: string): string[] {
    return this.placesOf(type).filter(place => !place.path.includes('.') && place.property.required).map(place => place.path);
  }

  private walk(resource: Resource): SpecPlace[] {
    const found: SpecPlace[] = [];
    const enter = (properties: ResourceProperties, prefix: string, above: Replacement, parents: readonly TypeDefinition[]) => {
      for (const [name, property] of Object.entries(properties)) {
        const path = prefix + name;
        const replacement = stronger(above, property.causesReplacement ?? 'no');
        found.push({ type: resource.cloudFormationType, path, property, replacement });
        for (const { definition, suffix } of this.definitionsIn(property.type)) {
          if (!parents.includes(definition)) { enter(definition.properties, `${path}${suffix}.`, replacement, [...parents, definition]); }
        }
      }
    };
    enter(resource.properties, '', 'no', []);
    return found;
  }

  private definitionsIn(type: PropertyType, suffix = ''): { definition: TypeDefinition; suffix: string }[] {
    switch (type.type) {
      case 'ref': return [{ definition: this.db.get('typeDefinition', type.reference.$ref), suffix }];
      case 'array': return this.definitionsIn(type.element, `${suffix}[]`);
      case 'map': return this.definitionsIn(type.element, `${suffix}{}`);
      case 'union': return type.types.flatMap(each => this.definitionsIn(each, suffix));
      default: return [];
    }
  }
}

function stronger(one: Replacement, other: Replacement): Replacement {
  const order: readonly Replacement[] = ['no', 'maybe', 'yes'];
  return order[Math.max(order.indexOf(one), order.indexOf(other))];
}
