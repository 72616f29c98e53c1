import type { CarrierFact } from './facts';
import { CARRIERS, DOCUMENT_KEY, OPTION } from './facts';
import type { Template } from './json';
import { documentObject, documentText, ifOf, isAbsent, isObject, isPlain, own, parsed } from './json';

/**
 * The places of a template where tokens can be required and are not.
 *
 * @param isAlone whether the deployment chooses its parameters; a nested stack without parameters uses their defaults
 */
export function unrequired(template: Template, isAlone = true): string[] {
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Type, Properties }]) =>
    CARRIERS.filter(fact => fact.type === Type).flatMap(fact =>
      new Judge(fact, template, isAlone).at(Properties ?? {}, fact.path).map(complaint => `${logicalId} (${Type}): ${complaint}`)));
}

/** The resources with an obstacle on the path to metadata options, so that tokens cannot be required there. */
export function barred(template: Template): string[] {
  return Object.entries(template.Resources ?? {}).filter(([, { Type, Properties }]) =>
    CARRIERS.some(fact => fact.type === Type && isBarred(Properties ?? {}, fact.path, fact))).map(([logicalId]) => logicalId);
}

function isBarred(value: unknown, path: readonly string[], fact: CarrierFact): boolean {
  const branches = ifOf(value);
  if (branches && !(path.length === 0 && fact.form === 'flag')) { return branches.slice(1).some(branch => isBarred(branch, path, fact)); }
  if (isAbsent(value)) { return fact.within === true && path.length > 0 && path.length < fact.path.length; }
  const [head, ...rest] = path;
  if (head === '[]') { return !Array.isArray(value) || value.some(element => isBarred(element, rest, fact)); }
  if (head !== undefined) { return !isPlain(value) || isBarred(own(value, head), rest, fact); }
  switch (fact.form) {
    case 'flag': return false;
    case 'options': return !Array.isArray(value);
    case 'object': return !isPlain(value);
    case 'document': return isBarred(documentOf(value), [DOCUMENT_KEY], { ...fact, form: 'object' });
  }
}

/** The resources with an element that can be the option of Elastic Beanstalk with any value. */
export function doubtful(template: Template): string[] {
  return Object.entries(template.Resources ?? {}).filter(([, { Type, Properties }]) => CARRIERS.some(fact =>
    fact.type === Type && fact.form === 'options' && isPlain(Properties) && listsIn(own(Properties, fact.path[0])).some(list => list.some(isInDoubt)))).map(([logicalId]) => logicalId);
}

function listsIn(value: unknown): (readonly unknown[])[] {
  return Array.isArray(value) ? [value] : (ifOf(value) ?? []).slice(1).flatMap(listsIn);
}

function isInDoubt(element: unknown): boolean {
  const branches = ifOf(element);
  return branches ? branches.slice(1).some(isInDoubt) : isObject(element) && !isPlain(element) && !isAbsent(element);
}

function documentOf(value: unknown): unknown {
  const text = documentText(value);
  return (text ? parsed(text.text) : documentObject(value)) ?? 'no document';
}

/** Judges one resource from the facts. An obstacle, an unknown intrinsic or a mistake cannot be fixed, and is no fault. */
class Judge {
  public constructor(private readonly fact: CarrierFact, private readonly template: Template, private readonly isAlone: boolean) {}

  public at(value: unknown, path: readonly string[]): string[] {
    const branches = ifOf(value);
    if (branches && !(path.length === 0 && this.fact.form === 'flag')) { return branches.slice(1).flatMap(branch => this.at(branch, path)); }
    if (path.length === 0) { return this.block(value); }
    const [head, ...rest] = path;
    if (isAbsent(value)) {
      const cannotBeMade = this.fact.inherits || (this.fact.within && path.length < this.fact.path.length);
      return cannotBeMade ? [] : [`nothing stands before ${path.join('.')}`];
    }
    if (head === '[]') { return Array.isArray(value) ? value.flatMap(element => this.at(element, rest)) : []; }
    return isPlain(value) ? this.at(own(value, head), rest) : [];
  }

  private block(value: unknown): string[] {
    switch (this.fact.form) {
      case 'flag': return this.isRequired(value) ? [] : [`the flag is ${JSON.stringify(value)}`];
      case 'options': return this.options(value);
      case 'document': return this.document(value);
      case 'object': return this.object(value);
    }
  }

  private object(value: unknown): string[] {
    if (isAbsent(value)) { return this.fact.inherits ? [] : ['there is no block']; }
    if (!isPlain(value)) { return []; }
    const tokens = own(value, this.fact.tokens);
    return this.isRequired(tokens) ? [] : [`tokens are ${JSON.stringify(tokens)}`];
  }

  private document(value: unknown): string[] {
    if (isAbsent(value)) { return ['there is no document']; }
    return new Judge({ ...this.fact, form: 'object' }, this.template, this.isAlone).at(documentOf(value), [DOCUMENT_KEY]);
  }

  /** Whether the option exists under all conditions, and always disables version 1. */
  private options(value: unknown): string[] {
    if (!isAbsent(value) && !Array.isArray(value)) { return []; }
    const list: unknown[] = Array.isArray(value) ? value : [];
    return assignments(conditionsIn(list)).flatMap(holds => {
      const elements = list.map(element => decide(element, holds)).filter(isTheOption);
      const wrong = elements.filter(element => !this.isRequired(own(element, 'Value')));
      return elements.length > 0 && wrong.length === 0 ? [] : [`under ${JSON.stringify([...holds])} the option is ${JSON.stringify(elements)}`];
    });
  }

  /** Whether each possible value requires tokens. An inherited value can also be missing. */
  private isRequired(value: unknown): boolean {
    const branches = ifOf(value);
    if (branches) { return this.isRequired(branches[1]) && this.isRequired(branches[2]); }
    if (isAbsent(value)) { return this.fact.inherits === true && value !== null; }
    const allowed = isObject(value) && !isPlain(value) ? this.allowedValues(own(value, 'Ref')) : undefined;
    return (allowed ?? [value]).every(each => this.fact.required.includes(each));
  }

  private allowedValues(parameter: unknown): readonly unknown[] | undefined {
    const declared = typeof parameter === 'string' ? own(this.template.Parameters, parameter) : undefined;
    const byDefault = own(declared, 'Default');
    const allowed = this.isAlone || byDefault === undefined ? own(declared, 'AllowedValues') : [byDefault];
    const isDirect = !String(own(declared, 'Type')).startsWith('AWS::SSM::');
    return isDirect && Array.isArray(allowed) && allowed.length > 0 ? allowed : undefined;
  }
}

function isTheOption(element: unknown): boolean {
  return isPlain(element) && own(element, 'Namespace') === OPTION.Namespace && own(element, 'OptionName') === OPTION.OptionName;
}

function conditionsIn(value: unknown): string[] {
  const branches = ifOf(value);
  if (branches) { return [JSON.stringify(branches[0]), ...conditionsIn(branches[1]), ...conditionsIn(branches[2])]; }
  return Array.isArray(value) ? [...new Set(value.flatMap(conditionsIn))] : [];
}

function assignments(conditions: readonly string[]): Map<string, boolean>[] {
  const [first, ...rest] = [...new Set(conditions)];
  if (first === undefined) { return [new Map()]; }
  return assignments(rest).flatMap(others => [true, false].map(holds => new Map([...others, [first, holds] as const])));
}

function decide(value: unknown, holds: ReadonlyMap<string, boolean>): unknown {
  const branches = ifOf(value);
  return branches ? decide(holds.get(JSON.stringify(branches[0])) ? branches[1] : branches[2], holds) : value;
}
