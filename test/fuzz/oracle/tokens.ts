import type { CarrierFact } from './facts';
import { CARRIERS, DOCUMENT_KEY, OPTION } from './facts';
import { documentObject, documentText, isPlain, own, parsed } from './json';
import type { Meaning } from './meaning';
import { Reference, UNKNOWN } from './meaning';

/**
 * The tokens of instances. `open`: nothing sets them, so the account default and the AMI decide. `off`: the endpoint is disabled.
 * `barred`: an invalid value is on the path to the options, or instead of them.
 */
export type Tokens = 'required' | 'optional' | 'open' | 'off' | 'unknown' | 'barred';

/** The settings of one place for an instance. Unset fields are `undefined`. */
export interface Said {
  readonly tokens: unknown;
  readonly endpoint: unknown;
}

const NOTHING: Said = { tokens: undefined, endpoint: undefined };

/** The place of a type's own options. */
export function carrierOf(type: string): CarrierFact | undefined {
  return CARRIERS.find(fact => fact.type === type);
}

/** The tokens of a resource itself. `undefined` if its type has none, or it launches nothing. */
export function ownTokens(logicalId: string, meaning: Meaning): Tokens | undefined {
  const block = blockOf(logicalId, meaning);
  return block && tokensOf(saidIn(block.fact, block.value, meaning), block.fact);
}

/** The decided block of a resource, and its kind. */
export function blockOf(logicalId: string, meaning: Meaning): { readonly fact: CarrierFact; readonly value: unknown } | undefined {
  const { Type, Properties } = meaning.template.Resources![logicalId];
  const fact = carrierOf(Type);
  if (!fact || fact.inherits) { return undefined; }
  let value = meaning.value(Properties);
  for (const [index, key] of fact.path.entries()) {
    if (fact.within && index > 0 && value === undefined) { return undefined; }
    value = fact.form === 'document' && isPlain(value) ? meaning.branch(own(value, key)) : meaning.at(value, key);
  }
  return { fact, value };
}

/** The simplifications if the combinations are unknown: a disabled endpoint, or the template of an override. */
export interface Loosely {
  /** Whether an instance counts as with an endpoint although its template disables it. */
  readonly isAnswering?: boolean;
  /** Whether an instance counts as with an endpoint although it disables the endpoint itself. */
  readonly isAnsweringItself?: boolean;
  /** Whether each template of a fleet is combined with each of its overrides, and with none. */
  readonly isMixed?: boolean;
}

/**
 * The tokens of every instance of a resource, or of its launchers.
 */
export function effectiveTokens(logicalId: string, meaning: Meaning, loosely: Loosely = {}): readonly Tokens[] {
  const { Type, Properties } = meaning.template.Resources![logicalId];
  const properties = meaning.value(Properties);
  const follow = (...path: readonly string[]) => path.reduce<unknown>((value, key) => meaning.at(value, key), properties);
  switch (Type) {
    case 'AWS::EC2::Instance': return [ofInstance(logicalId, follow('LaunchTemplate'), meaning, loosely)];
    case 'AWS::EC2::EC2Fleet': return loosely.isMixed ? ofMixedFleet(follow('LaunchTemplateConfigs'), meaning) : ofFleet(follow('LaunchTemplateConfigs'), meaning);
    case 'AWS::AutoScaling::AutoScalingGroup': return ofGroup(follow('MixedInstancesPolicy', 'LaunchTemplate'), meaning);
    case 'AWS::Batch::ComputeEnvironment':
      return follow('ComputeResources') === undefined ? [] : [fromTemplate(follow('ComputeResources', 'LaunchTemplate'), meaning)];
    default: return [ownTokens(logicalId, meaning) ?? 'open'];
  }
}

function ofInstance(logicalId: string, specification: unknown, meaning: Meaning, { isAnswering, isAnsweringItself }: Loosely): Tokens {
  const { fact, value } = blockOf(logicalId, meaning)!;
  const itself = saidIn(fact, value, meaning);
  const template = saidByTemplate(specification, meaning);
  return tokensOf(merged(isAnsweringItself ? answering(itself) : itself, isAnswering ? answering(template) : template), fact);
}

function answering(said: Said | 'barred'): Said | 'barred' {
  return said === 'barred' ? said : { ...said, endpoint: undefined };
}

/** A fleet launches with each configuration and each of its overrides. */
function ofFleet(configs: unknown, meaning: Meaning): readonly Tokens[] {
  const fact = carrierOf('AWS::EC2::EC2Fleet')!;
  const list = meaning.list(configs);
  if (list === UNKNOWN) { return ['unknown']; }
  return list.flatMap(config => {
    const template = saidByTemplate(meaning.at(config, 'LaunchTemplateSpecification'), meaning);
    const overrides = meaning.list(meaning.at(config, 'Overrides'));
    if (overrides === UNKNOWN) { return ['unknown' as const]; }
    const said = overrides.length === 0 ? [NOTHING] : overrides.map(override => saidIn(fact, meaning.at(override, 'MetadataOptions'), meaning));
    return said.map(one => tokensOf(merged(one, template), fact));
  });
}

/** All combinations of a fleet's templates and overrides, and each template alone, with or without an endpoint. */
function ofMixedFleet(configs: unknown, meaning: Meaning): readonly Tokens[] {
  const fact = carrierOf('AWS::EC2::EC2Fleet')!;
  const list = meaning.list(configs);
  if (list === UNKNOWN) { return ['unknown']; }
  const templates = list.map(config => saidByTemplate(meaning.at(config, 'LaunchTemplateSpecification'), meaning));
  const overrides = list.flatMap(config => {
    const all = meaning.list(meaning.at(config, 'Overrides'));
    return all === UNKNOWN ? ['barred' as const] : all.map(override => saidIn(fact, meaning.at(override, 'MetadataOptions'), meaning));
  });
  return templates.flatMap(template => [NOTHING, ...overrides].flatMap(override =>
    [tokensOf(merged(override, template), fact), tokensOf(merged(answering(override), answering(template)), fact)]));
}

/** The main template counts, even if each override names another one. A group without any launches nothing, because Auto Scaling accepts none. */
function ofGroup(policy: unknown, meaning: Meaning): readonly Tokens[] {
  const overrides = meaning.list(meaning.at(policy, 'Overrides'));
  if (overrides === UNKNOWN) { return ['unknown']; }
  const named = overrides.map(override => meaning.at(override, 'LaunchTemplateSpecification')).filter(each => each !== undefined);
  return [meaning.at(policy, 'LaunchTemplateSpecification'), ...named].filter(each => each !== undefined).map(specification => fromTemplate(specification, meaning));
}

function fromTemplate(specification: unknown, meaning: Meaning): Tokens {
  return specification === undefined ? 'unknown' : tokensOf(saidByTemplate(specification, meaning), carrierOf('AWS::EC2::LaunchTemplate')!);
}

/** The settings of a launch template of the app in its latest version. Other versions are unknown. */
function saidByTemplate(specification: unknown, meaning: Meaning): Said | 'barred' {
  if (specification === undefined) { return NOTHING; }
  const unknown = { tokens: UNKNOWN, endpoint: UNKNOWN };
  const id = meaning.at(specification, 'LaunchTemplateId');
  if (id === undefined && meaning.at(specification, 'LaunchTemplateName') === undefined) { return NOTHING; }
  if (!(id instanceof Reference) || meaning.at(specification, 'Version') !== '$Latest') { return unknown; }
  const block = blockOf(id.logicalId, meaning);
  return block ? saidIn(block.fact, block.value, meaning) : unknown;
}

/** A parameter of a launch overrides its template, field by field. */
function merged(first: Said | 'barred', second: Said | 'barred'): Said | 'barred' {
  if (first === 'barred' || second === 'barred') { return 'barred'; }
  return { tokens: first.tokens ?? second.tokens, endpoint: first.endpoint ?? second.endpoint };
}

function saidIn(fact: CarrierFact, value: unknown, meaning: Meaning): Said | 'barred' {
  switch (fact.form) {
    case 'flag': return { tokens: value, endpoint: undefined };
    case 'options': return saidInOptions(fact, value, meaning);
    case 'document': return saidInDocument(fact, value, meaning);
    case 'object': return saidInObject(fact, value, meaning);
  }
}

function saidInObject(fact: CarrierFact, value: unknown, meaning: Meaning): Said | 'barred' {
  if (value === undefined) { return NOTHING; }
  if (!isPlain(value)) { return 'barred'; }
  return { tokens: present(own(value, fact.tokens), meaning), endpoint: 'httpEndpoint' in fact.others ? meaning.at(value, 'HttpEndpoint') : undefined };
}

/** No service accepts `null`, so it requires nothing. */
function present(value: unknown, meaning: Meaning): unknown {
  return value === null ? 'null' : meaning.value(value);
}

function saidInDocument(fact: CarrierFact, value: unknown, meaning: Meaning): Said | 'barred' {
  if (value === undefined) { return NOTHING; }
  const text = documentText(value);
  const content = text ? parsed(text.text) : documentObject(value);
  if (!isPlain(content)) { return 'barred'; }
  return saidInObject(fact, meaning.value(own(content, DOCUMENT_KEY) ?? undefined), meaning);
}

function saidInOptions(fact: CarrierFact, value: unknown, meaning: Meaning): Said | 'barred' {
  const list = meaning.list(value);
  if (list === UNKNOWN) { return 'barred'; }
  const options = list.filter(element => isPlain(element) && own(element, 'Namespace') === OPTION.Namespace && own(element, 'OptionName') === OPTION.OptionName);
  const values = options.map(option => present(own(option, 'Value'), meaning));
  const worst = values.find(each => each !== UNKNOWN && !fact.required.includes(each)) ?? values.find(each => each === UNKNOWN) ?? values[0];
  const isDoubtful = list.some(element => typeof element !== 'object' || element instanceof Reference);
  if (isDoubtful && (values.length === 0 || values.every(each => fact.required.includes(each)))) { return values.length === 0 ? NOTHING : 'barred'; }
  return { tokens: values.includes(undefined) ? 'nothing' : worst, endpoint: undefined };
}

function tokensOf(said: Said | 'barred', fact: CarrierFact): Tokens {
  if (said === 'barred') { return 'barred'; }
  if (said.endpoint === 'disabled') { return 'off'; }
  if (said.tokens === undefined) { return 'open'; }
  if (said.tokens === UNKNOWN || said.tokens instanceof Reference) { return 'unknown'; }
  return fact.required.includes(said.tokens) ? 'required' : 'optional';
}
