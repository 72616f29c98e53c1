import type { JsonObject, Template } from './json';
import { ifOf, isAbsent, isObject, isPlain, own } from './json';
import type { Choose } from './ways';

/** A value that is only known at deployment. */
export const UNKNOWN = Symbol('unknown');

/** A reference to a resource of the same template. */
export class Reference {
  public constructor(public readonly logicalId: string) {}
}

/** The parameters from a parent stack: values, with their template. */
export interface Arguments {
  readonly values: JsonObject;
  readonly around: Meaning;
}

/** The meaning of a template with decided conditions and parameters, as in CloudFormation. */
export class Meaning {
  /**
   * @param name separates its conditions and parameters from those of other templates
   * @param handed the parameters from a parent; without one, the deployment chooses them
   */
  public constructor(
    public readonly template: Template, private readonly choose: Choose, private readonly name = '', private readonly handed?: Arguments,
  ) {}

  /** A decided value. `undefined` if it is left out. Values inside it are not decided yet. */
  public value(value: unknown): unknown {
    if (isAbsent(value)) { return undefined; }
    const branches = ifOf(value);
    if (branches) { return this.value(branches[1 + this.choose(`${this.name} if ${JSON.stringify(branches[0])}`, 2)]); }
    if (typeof value === 'string') { return value.includes('{{resolve:') ? UNKNOWN : value; }
    if (!isObject(value) || isPlain(value)) { return value; }
    const sub = own(value, 'Fn::Sub');
    if (typeof sub === 'string' && !sub.includes('${')) { return sub; }
    const ref = own(value, 'Ref');
    return typeof ref === 'string' ? this.referred(ref) : UNKNOWN;
  }

  /** A value with only its conditions decided, because a function can create a document. */
  public branch(value: unknown): unknown {
    const branches = ifOf(value);
    if (!branches) { return isAbsent(value) ? undefined : value; }
    return this.branch(branches[1 + this.choose(`${this.name} if ${JSON.stringify(branches[0])}`, 2)]);
  }

  /** The value of a key in a decided object. */
  public at(object: unknown, key: string): unknown {
    if (object === undefined || object === UNKNOWN) { return object; }
    return isPlain(object) ? this.value(own(object, key)) : UNKNOWN;
  }

  /** The decided elements of a decided list, without those that are left out. */
  public list(value: unknown): readonly unknown[] | typeof UNKNOWN {
    if (value === undefined) { return []; }
    return Array.isArray(value) ? value.map(element => this.value(element)).filter(element => element !== undefined) : UNKNOWN;
  }

  private referred(name: string): unknown {
    const parameter = own(this.template.Parameters, name);
    if (isObject(parameter)) { return this.parameter(name, parameter); }
    return isObject(own(this.template.Resources, name)) ? new Reference(name) : UNKNOWN;
  }

  private parameter(name: string, { Type, AllowedValues: allowed, Default: byDefault }: JsonObject): unknown {
    if (String(Type).startsWith('AWS::SSM::')) { return UNKNOWN; }
    const handed = this.handed && this.handed.around.value(own(this.handed.values, name));
    if (this.handed && (handed !== UNKNOWN || !Array.isArray(allowed))) { return handed ?? byDefault ?? UNKNOWN; }
    const possible: unknown[] = Array.isArray(allowed) && allowed.length > 0 ? allowed : byDefault === undefined ? [UNKNOWN] : [byDefault, UNKNOWN];
    return possible[this.choose(`${this.name} parameter ${name}`, possible.length)];
  }
}
