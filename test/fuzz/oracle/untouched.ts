import type { CarrierFact } from './facts';
import { CARRIERS, DOCUMENT_KEY, OPTION } from './facts';
import type { JsonObject, Template } from './json';
import { NO_VALUE, documentObject, documentText, ifOf, isAbsent, isObject, isPlain, own, parsed, withKey } from './json';

/** The settings to fill if they are unset: names of the library's props, and CloudFormation's values. */
export type Fill = { readonly [prop: string]: unknown };

/**
 * A template without its token settings, and without objects that contain nothing else. `fill` adds settings that enforcement should have filled in. Two
 * templates that differ only in tokens have the same result.
 */
export function withoutTokens(template: Template, fill: Fill = {}): unknown {
  const resources = Object.entries(template.Resources ?? {}).map(([logicalId, resource]) => {
    const facts = CARRIERS.filter(fact => fact.type === resource.Type);
    const properties = facts.reduce<unknown>((value, fact) => new Eraser(fact, fillOf(fact, fill)).at(value, fact.path), resource.Properties);
    return [logicalId, withKey(resource, 'Properties', emptyToAbsent(properties))];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** The settings that can be filled in a resource. Empty if a launch template decides. */
function fillOf(fact: CarrierFact, fill: Fill): Fill {
  return fact.inherits ? {} : Object.fromEntries(Object.entries(fact.others).map(([prop, key]) => [key, fill[prop] ?? fact.mandatory?.[key]]));
}

class Eraser {
  public constructor(private readonly fact: CarrierFact, private readonly fill: JsonObject) {}

  public at(value: unknown, path: readonly string[]): unknown {
    const branches = ifOf(value);
    if (branches && !(path.length === 0 && this.fact.form === 'flag')) {
      return { 'Fn::If': [branches[0], this.at(branches[1], path) ?? NO_VALUE, this.at(branches[2], path) ?? NO_VALUE] };
    }
    if (path.length === 0) { return emptyToAbsent(this.block(value)); }
    const [head, ...rest] = path;
    if (head === '[]') { return Array.isArray(value) ? value.map(element => this.at(element, rest)) : value; }
    if (isAbsent(value)) {
      const cannotBeMade = this.fact.inherits || (this.fact.within && path.length < this.fact.path.length);
      return cannotBeMade ? value : this.created(path);
    }
    return isPlain(value) ? emptyToAbsent(replaceKey(value, head, this.at(own(value, head), rest))) : value;
  }

  private created(path: readonly string[]): unknown {
    const [head, ...rest] = path;
    return emptyToAbsent(withKey({}, head, this.at(undefined, rest)));
  }

  private block(value: unknown): unknown {
    switch (this.fact.form) {
      case 'flag': return undefined;
      case 'options': return Array.isArray(value) ? value.map(maskOption).filter(element => !isAbsent(element)) : absentToNothing(value);
      case 'document': return this.document(value);
      case 'object': return this.object(value);
    }
  }

  private object(value: unknown): unknown {
    if (!isAbsent(value) && !isPlain(value)) { return value; }
    if (isAbsent(value) && this.fact.inherits) { return undefined; }
    const block = withKey(isAbsent(value) ? {} : value as JsonObject, this.fact.tokens, undefined);
    return Object.entries(this.fill).reduce((filled, [key, wanted]) => wanted === undefined ? filled
      : replaceKey(filled, key, fillUnset(own(block, key), wanted)), block);
  }

  /** The form and the contents of a document, without white space. */
  private document(value: unknown): unknown {
    const text = documentText(value);
    const content = isAbsent(value) ? {} : text ? parsed(text.text) : documentObject(value);
    if (!isPlain(content)) { return value; }
    const erased = new Eraser({ ...this.fact, form: 'object' }, this.fill).at(content, [DOCUMENT_KEY]) ?? {};
    const form = text ? text.form : isAbsent(value) || isPlain(value) ? 'object' : 'Fn::ToJsonString';
    const isEmpty = emptyToAbsent(erased) === undefined;
    return form === 'object' || (form === 'Fn::ToJsonString' && isEmpty) ? erased : { form, erased };
  }
}

/** The option that was changed or added is removed. An element with more than the option keeps the rest. */
function maskOption(element: unknown): unknown {
  const branches = ifOf(element);
  if (branches) {
    const [whenTrue, whenFalse] = [maskOption(branches[1]), maskOption(branches[2])];
    return isAbsent(whenTrue) && isAbsent(whenFalse) ? NO_VALUE : { 'Fn::If': [branches[0], whenTrue, whenFalse] };
  }
  const isOption = isPlain(element) && own(element, 'Namespace') === OPTION.Namespace && own(element, 'OptionName') === OPTION.OptionName;
  if (!isOption) { return isAbsent(element) ? NO_VALUE : element; }
  const masked = withKey(element, 'Value', undefined);
  return Object.keys(masked).length === 2 ? NO_VALUE : masked;
}

function fillUnset(value: unknown, wanted: unknown): unknown {
  const branches = ifOf(value);
  if (branches) { return { 'Fn::If': [branches[0], fillUnset(branches[1], wanted), fillUnset(branches[2], wanted)] }; }
  return isAbsent(value) ? wanted : value;
}

/** A copy with another value for a key at the same place. Without the key if the value is `undefined`. */
function replaceKey(object: JsonObject, key: string, value: unknown): JsonObject {
  return value === undefined || !Object.hasOwn(object, key)
    ? withKey(object, key, value)
    : Object.fromEntries(Object.entries(object).map(([name, current]) => [name, name === key ? value : current]));
}

function absentToNothing(value: unknown): unknown {
  return isAbsent(value) ? undefined : value;
}

function emptyToAbsent(value: unknown): unknown {
  const isEmpty = (isObject(value) && Object.keys(value).length === 0) || (Array.isArray(value) && value.length === 0);
  return isAbsent(value) || isEmpty ? undefined : value;
}
