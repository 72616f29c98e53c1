import type { JsonObject } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isObject, ownValue } from '../model/intrinsics';
import { subPieces } from './sub-text';
import type { Target } from './targets';
import { few, literal, pseudo, text, together, unknown } from './targets';
import type { LaunchStack, LaunchWorld, Placed } from './world';
import { nearest } from './world';

/** How many references a value may lead through: a cycle must not hang a build. */
const MAX_DEPTH = 40;
/** Follows references: within a stack, into and out of nested stacks, and to what other stacks export. */
export class References {
  private exports: ReadonlyMap<string, readonly Placed[]> | undefined;
  private readonly followed = new Map<LaunchStack, Map<string, readonly Target[]>>();

  public constructor(private readonly world: LaunchWorld) {}

  /** Everything that a value may turn out to be; nothing where it is left out. */
  public targetsOf(value: unknown, stack: LaunchStack, depth = 0): readonly Target[] {
    if (isAbsent(value)) { return []; }
    if (depth > MAX_DEPTH) { return [unknown('references that lead nowhere')]; }
    const branches = branchesOf(value);
    if (branches) {
      return few([branches.whenTrue, branches.whenFalse].flatMap(branch => this.targetsOf(branch, stack, depth + 1)));
    }
    const name = intrinsicName(value);
    if (!name) { return [literal(value)]; }
    return this.intrinsic(name, (value as JsonObject)[name], stack, depth);
  }

  private intrinsic(name: string, argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    switch (name) {
      case 'Ref': return this.named(argument, stack, depth);
      case 'Fn::GetAtt': return this.attribute(argument, stack, depth);
      case 'Fn::ImportValue': return this.imported(argument, stack, depth);
      case 'Fn::Sub': return this.substituted(argument, stack, depth);
      case 'Fn::Join': return this.joined(argument, stack, depth);
      case 'Fn::Select': return this.selected(argument, stack, depth);
      default: return [unknown(name)];
    }
  }

  /** A resource, a parameter of this stack or of the one around it, or a pseudo parameter. */
  private named(name: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    if (typeof name !== 'string') { return [unknown('Ref')]; }
    if (name === 'AWS::NoValue') { return []; }
    if (name.startsWith('AWS::')) { return [text(pseudo(name, stack))]; }
    const resource = stack.find(name);
    if (resource) { return [{ kind: 'resource', resource, attribute: 'Ref' }]; }
    const argument = stack.argument(name);
    if (argument) { return this.follow(stack, `Ref ${name}`, argument, depth); }
    const parameter = stack.parameters(name);
    const reason = unknown(`Ref ${name}`);
    if (parameter?.allowedValues?.length) { return few(parameter.allowedValues.map(literal)); }
    return isAbsent(parameter?.defaultValue) ? [reason] : [literal(parameter?.defaultValue), reason];
  }

  /** An attribute of a resource; that of a nested stack is one of its outputs. */
  private attribute(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const parts = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument as unknown[] : [];
    const [name, ...rest] = parts;
    const reason = unknown(`Fn::GetAtt ${parts.filter(part => typeof part === 'string').join('.')}`);
    const resource = typeof name === 'string' ? stack.find(name) : undefined;
    if (!resource || !rest.every(part => typeof part === 'string')) { return [reason]; }
    const attribute = rest.join('.');
    if (!attribute.startsWith('Outputs.')) { return [{ kind: 'resource', resource, attribute }]; }
    const output = resource.stack.output(resource, attribute.slice('Outputs.'.length));
    return output ? this.follow(output.stack, attribute, output, depth) : [reason];
  }

  private imported(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const names = this.targetsOf(argument, stack, depth + 1);
    if (names.length === 0) { return [unknown('Fn::ImportValue')]; }
    return few(names.flatMap(name => {
      const exported = name.kind === 'text' ? nearest(this.exported.get(name.text) ?? [], stack) : [];
      const reason = unknown(`Fn::ImportValue${name.kind === 'text' ? ` ${name.text}` : ''}`);
      return exported.length === 1 && name.kind === 'text' ? this.follow(exported[0].stack, `Export ${name.text}`, exported[0], depth) : [reason];
    }));
  }

  /** What stands elsewhere; it is read once, and what leads back to itself leads nowhere. */
  private follow(owner: LaunchStack, key: string, { value, stack }: Placed, depth: number): readonly Target[] {
    const known = this.followed.get(owner) ?? new Map<string, readonly Target[]>();
    this.followed.set(owner, known);
    let targets = known.get(key);
    if (!targets) {
      known.set(key, [unknown('references that lead nowhere')]);
      targets = this.targetsOf(value, stack, depth + 1);
      known.set(key, targets);
    }
    return targets;
  }

  private substituted(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const [pattern, variables] = Array.isArray(argument) ? argument as unknown[] : [argument];
    if (typeof pattern !== 'string' && !intrinsicName(pattern)) { return [unknown('Fn::Sub')]; }
    const known = new Map<string, readonly Target[]>();
    return together(subPieces(pattern).map(piece => {
      switch (piece.kind) {
        case 'text': return [text(piece.text)];
        case 'value': return this.targetsOf(piece.value, stack, depth + 1);
      }
      const targets = known.get(piece.name) ?? this.variable(piece.name, variables, stack, depth);
      known.set(piece.name, targets);
      return targets;
    }), 'Fn::Sub');
  }

  /** What a name in the text of `Fn::Sub` stands for. */
  private variable(name: string, variables: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const value = isObject(variables) ? ownValue(variables, name) : undefined;
    if (value !== undefined) { return this.targetsOf(value, stack, depth + 1); }
    return name.includes('.') ? this.attribute(name, stack, depth) : this.named(name, stack, depth);
  }

  private joined(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const [separator, values] = Array.isArray(argument) ? argument as unknown[] : [];
    if (typeof separator !== 'string' || !Array.isArray(values)) { return [unknown('Fn::Join')]; }
    const present = values.map(value => this.targetsOf(value, stack, depth + 1)).filter(alternatives => alternatives.length > 0);
    const pieces = present.flatMap((alternatives, index) => [...index > 0 && separator ? [[text(separator)]] : [], alternatives]);
    return together(pieces, 'Fn::Join');
  }

  private selected(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const [index, values] = Array.isArray(argument) ? argument as unknown[] : [];
    const selected: unknown = Array.isArray(values) ? values[Number(index)] : undefined;
    return selected === undefined ? [unknown('Fn::Select')] : this.targetsOf(selected, stack, depth + 1);
  }

  private get exported(): ReadonlyMap<string, readonly Placed[]> {
    if (!this.exports) {
      const exports = new Map<string, Placed[]>();
      this.exports = exports;
      for (const { name, value, stack } of this.world.exports) {
        for (const target of this.targetsOf(name, stack)) {
          if (target.kind !== 'text') { continue; }
          const placed = exports.get(target.text);
          if (placed) { placed.push({ value, stack }); } else { exports.set(target.text, [{ value, stack }]); }
        }
      }
    }
    return this.exports;
  }
}
