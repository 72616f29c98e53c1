import type { JsonObject } from '../model/intrinsics';
import { branchesOf, intrinsicName, isAbsent, isObject, mayBeAbsent, ownValue } from '../model/intrinsics';
import { subPieces } from '../model/sub-text';
import { Outputs } from './outputs';
import type { Target } from './targets';
import { few, literal, pseudo, text, together, unknown } from './targets';
import type { LaunchStack, LaunchWorld, Placed } from './world';

/** The most references to follow from a value, because references can be a cycle. */
const MAX_DEPTH = 40;
/** Follows references: within a stack, into and out of nested stacks, and to what other stacks export. */
export class References {
  private readonly outputs: Outputs;
  private readonly followed = new Map<LaunchStack, Map<string, readonly Target[]>>();

  public constructor(world: LaunchWorld) {
    this.outputs = new Outputs(world, this);
  }

  /** All possible values of a value; empty if it is left out. */
  public targetsOf(value: unknown, stack: LaunchStack, depth = 0): readonly Target[] {
    if (isAbsent(value)) { return []; }
    if (depth > MAX_DEPTH) { return [unknown('a circular or too long chain of references')]; }
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
      case 'Fn::GetStackOutput': return this.stackOutput(argument, stack, depth);
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
    if (name.startsWith('AWS::')) { return [pseudo(name, stack)]; }
    const resource = stack.find(name);
    if (resource) { return [{ kind: 'resource', resource, attribute: 'Ref' }]; }
    const argument = stack.argument(name);
    const reason = unknown(`Ref ${name}`);
    if (argument) { return stack.isLookedUp(name) ? [reason] : this.nestedParameter(name, argument, stack, depth); }
    const parameter = stack.parameters(name);
    if (parameter?.allowedValues?.length) { return few(parameter.allowedValues.map(literal)); }
    return isAbsent(parameter?.defaultValue) ? [reason] : [literal(parameter?.defaultValue), reason];
  }

  /** The value that the parent stack passes to a parameter, or its default. */
  private nestedParameter(name: string, argument: Placed, stack: LaunchStack, depth: number): readonly Target[] {
    const byDefault = stack.declaredDefault(name);
    return this.follow(stack, `Ref ${name}`, argument, isAbsent(byDefault) ? unknown(`Ref ${name}`) : literal(byDefault), depth);
  }

  /** An attribute of a resource; that of a nested stack is one of its outputs. */
  private attribute(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const parts = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument as unknown[] : [];
    const [name, ...rest] = parts;
    const resource = typeof name === 'string' ? stack.find(name) : undefined;
    const attribute = rest.every(part => typeof part === 'string') ? rest.join('.') : undefined;
    if (resource && attribute?.startsWith('Outputs.') === false) { return [{ kind: 'resource', resource, attribute }]; }
    const reason = unknown(`Fn::GetAtt ${parts.filter(part => typeof part === 'string').join('.')}`);
    if (!resource || attribute === undefined) { return [reason]; }
    const output = resource.stack.nestedIn(resource)?.output(attribute.slice('Outputs.'.length));
    return output ? this.follow(output.stack, attribute, output, reason, depth) : [reason];
  }

  private imported(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const names = this.targetsOf(argument, stack, depth + 1);
    if (names.length === 0) { return [unknown('Fn::ImportValue')]; }
    return few(names.flatMap(name => {
      if (name.kind !== 'text') { return [unknown('Fn::ImportValue')]; }
      const reason = unknown(`Fn::ImportValue ${name.text.words}`);
      const exported = this.outputs.exported(name.text, stack);
      return exported ? this.follow(exported.stack, `Export ${name.text.words}`, exported, reason, depth) : [reason];
    }));
  }

  /** An output of a stack by the names of both, in this account and Region unless others are given. */
  private stackOutput(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const part = (name: string) => isObject(argument) ? this.targetsOf(ownValue(argument, name), stack, depth + 1) : [];
    const [names, outputs, region, role] = ['StackName', 'OutputName', 'Region', 'RoleArn'].map(part);
    const targets = names.flatMap(name => outputs.flatMap(output => {
      if (name.kind !== 'text' || output.kind !== 'text') { return [unknown('Fn::GetStackOutput')]; }
      const reason = unknown(`Fn::GetStackOutput ${name.text.words}.${output.text.words}`);
      const placed = this.outputs.ofStack(name.text, output.text, { region, role }, stack);
      return placed ? this.follow(placed.stack, `Outputs.${output.text.words}`, placed, reason, depth) : [reason];
    }));
    return targets.length > 0 ? few(targets) : [unknown('Fn::GetStackOutput')];
  }

  /** The value elsewhere, or `otherwise` if it is left out there. It is read once, and a cycle is unknown. */
  private follow(owner: LaunchStack, key: string, { value, stack }: Placed, otherwise: Target, depth: number): readonly Target[] {
    const known = this.followed.get(owner) ?? new Map<string, readonly Target[]>();
    this.followed.set(owner, known);
    let targets = known.get(key);
    if (!targets) {
      known.set(key, [unknown('a circular or too long chain of references')]);
      targets = this.targetsOf(value, stack, depth + 1);
      if (mayBeAbsent(value)) { targets = few([...targets, otherwise]); }
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
        case 'value': return this.piece(piece.value, unknown('Fn::Sub'), stack, depth);
      }
      const targets = known.get(piece.name) ?? this.variable(piece.name, variables, stack, depth);
      known.set(piece.name, targets);
      return targets;
    }), 'Fn::Sub');
  }

  /** The value of a name in the text of `Fn::Sub`. */
  private variable(name: string, variables: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const value = isObject(variables) ? ownValue(variables, name) : undefined;
    if (value !== undefined) { return this.piece(value, unknown('Fn::Sub'), stack, depth); }
    return name.includes('.') ? this.attribute(name, stack, depth) : this.named(name, stack, depth);
  }

  private joined(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const [separator, values] = Array.isArray(argument) ? argument as unknown[] : [];
    if (typeof separator !== 'string' || !Array.isArray(values)) { return [unknown('Fn::Join')]; }
    const otherwise = separator === '' ? text('') : unknown('Fn::Join');
    const present = values.map(value => this.piece(value, otherwise, stack, depth)).filter(alternatives => alternatives.length > 0);
    const pieces = present.flatMap((alternatives, index) => [...index > 0 && separator ? [[text(separator)]] : [], alternatives]);
    return together(pieces, 'Fn::Join');
  }

  /** An element of a list. If it or an earlier one may be left out, the element is unknown. */
  private selected(argument: unknown, stack: LaunchStack, depth: number): readonly Target[] {
    const [index, values] = Array.isArray(argument) ? argument as unknown[] : [];
    const isIndex = Number.isInteger(index) || (typeof index === 'string' && /^\d+$/.test(index));
    const upTo = isIndex && Array.isArray(values) ? (values as unknown[]).slice(0, Number(index) + 1) : [];
    const selected = upTo[Number(index)];
    if (selected === undefined) { return [unknown('Fn::Select')]; }
    const targets = this.targetsOf(selected, stack, depth + 1);
    return upTo.some(value => mayBeAbsent(value)) ? few([...targets, unknown('Fn::Select')]) : targets;
  }

  /** A part of a text, which may be left out. */
  private piece(value: unknown, otherwise: Target, stack: LaunchStack, depth: number): readonly Target[] {
    const targets = this.targetsOf(value, stack, depth + 1);
    return targets.length > 0 && mayBeAbsent(value) ? few([...targets, otherwise]) : targets;
  }
}
