import type { Stack } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describeValue } from '../model/setting';
import { fewestBins } from './fewest-bins';
import { PolicyText } from './policy-text';

/** The limit of a policy document, and how its size is counted. */
export interface PolicyLimit {
  /** The kind of policy, for messages: `a service control policy`. */
  readonly policy: string;
  /** The most characters of a document. */
  readonly maxSize: number;
  /** Counts the size of a text. */
  readonly measure: (text: PolicyText) => number;
  /** How statements would fit, for the end of an error message; it starts with `: `. */
  readonly hint?: () => string;
}

/** A policy document with some of the statements. */
export interface PackedDocument {
  readonly statements: readonly PolicyStatement[];
  /** The document as an object. */
  readonly content: object;
  /** The document as minified JSON, which is how CloudFormation sends it; unresolved if a statement is. */
  readonly text: string;
  /** Its size; tokens of unknown length count as nothing. */
  readonly size: number;
}

/** A statement that was read and is frozen. */
interface ReadStatement {
  readonly statement: PolicyStatement;
  /** The statement in messages: `statement 'DenyLaunch'`. */
  readonly name: string;
  readonly json: StatementJson;
  readonly text: PolicyText;
}

/** The needed parts of the JSON of a statement. */
interface StatementJson {
  readonly [element: string]: unknown;
  readonly Sid?: string;
}

/**
 * Packs statements into as few policy documents as the limit allows: each statement into one of them, in the given order.
 *
 * A repeated statement is packed once. All of them are frozen, because later changes would have no effect.
 *
 * @throws Error if there are none, one names principals or no actions or resources, two different ones have the same Sid, or one does not fit
 */
export function packStatements(statements: readonly PolicyStatement[], limit: PolicyLimit, stack: Stack): PackedDocument[] {
  checkStatements(statements);
  if (statements.length === 0) { throw new Error('statements must hold at least one statement, got none'); }
  const read = withoutRepetitions(statements.map((statement, index) => readStatement(statement, index, limit, stack)));
  const frame = limit.measure(PolicyText.of(documentOf([]), stack));
  const sizes = read.map(one => {
    const size = limit.measure(one.text);
    if (frame + size > limit.maxSize) { throw tooLong(one, frame + size, limit); }
    return size;
  });
  // Each statement adds a comma, except the first one of a document.
  return fewestBins(sizes.map(size => size + 1), limit.maxSize - frame + 1).map(indices => {
    const packed = indices.map(index => read[index]);
    const content = documentOf(packed.map(({ json }) => json));
    const text = PolicyText.of(content, stack);
    return { statements: packed.map(({ statement }) => statement), content, text: text.text, size: limit.measure(text) };
  });
}

/**
 * Checks that the statements are a list of statements. In plain JavaScript, they can be anything.
 *
 * @throws Error if they are not
 */
export function checkStatements(statements: unknown): void {
  if (!Array.isArray(statements)) { throw new Error(`statements must be a list of PolicyStatement, got ${describeValue(statements)}`); }
  statements.forEach((statement: Partial<PolicyStatement> | undefined | null) => {
    if (typeof statement?.toStatementJson !== 'function') { throw new Error(`statements must be instances of PolicyStatement, got ${describeValue(statement)}`); }
  });
}

/** Whether statements fit into a number of documents, each within the limit. */
export function packInto(most: number, statements: readonly PolicyStatement[], limit: PolicyLimit, stack: Stack): boolean {
  const areShort = statements.every(statement => documentSize(statement, limit, stack) <= limit.maxSize);
  return statements.length === 0 || areShort && packStatements(statements, limit, stack).length <= most;
}

function tooLong({ name }: ReadStatement, size: number, { policy, maxSize, hint = () => '' }: PolicyLimit): Error {
  return new Error(`${name} must fit into ${policy} of ${maxSize} characters, got ${size}${hint()}`);
}

/** The size of a document with one statement. */
function documentSize(statement: PolicyStatement, limit: PolicyLimit, stack: Stack): number {
  return limit.measure(PolicyText.of(documentOf([reviewable(statement.toStatementJson())]), stack));
}

/** Checks a limit in the properties of a user. */
export function checkMaxDocumentSize(value: unknown): void {
  if (value !== undefined && (typeof value !== 'number' || !Number.isInteger(value) || value < 1)) {
    throw new Error(`maxDocumentSize must be a whole number from 1, got ${describeValue(value)}`);
  }
}

function documentOf(statements: readonly StatementJson[]) {
  return { Version: '2012-10-17', Statement: statements };
}

function readStatement(statement: PolicyStatement, index: number, limit: PolicyLimit, stack: Stack): ReadStatement {
  const json = reviewable(statement.freeze().toStatementJson());
  const name = json.Sid === undefined ? `statement ${index + 1} (it has no Sid)` : `statement '${json.Sid}'`;
  if ('Principal' in json || 'NotPrincipal' in json) { throw new Error(`${name} must not name principals: it is for ${limit.policy}`); }
  if (!('Action' in json) && !('NotAction' in json)) { throw new Error(`${name} must have actions or notActions, got neither`); }
  if (!('Resource' in json) && !('NotResource' in json)) { throw new Error(`${name} must have resources or notResources, got neither`); }
  return { statement, name, json, text: PolicyText.of(json, stack) };
}

/** The elements in the usual order; missing ones are left out. */
function reviewable(json: StatementJson): StatementJson {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition, ...rest } = json;
  const elements = { Sid, Effect, Action, NotAction, Resource, NotResource, Condition: asText(Condition), ...rest };
  return Object.fromEntries(Object.entries(elements).filter(([, value]) => value !== undefined));
}

/** The same with `'true'` for `true` and `'1'` for `1`, because CloudFormation sends JSON that way. Both forms mean the same in policies. */
function asText(value: unknown): unknown {
  if (Token.isUnresolved(value)) { return value; }
  if (typeof value === 'boolean' || typeof value === 'number') { return String(value); }
  if (Array.isArray(value)) { return value.map(asText); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]));
}

function withoutRepetitions(statements: readonly ReadStatement[]): ReadStatement[] {
  const distinct = new Map<string, ReadStatement>();
  const sids = new Set<string>();
  for (const statement of statements) {
    const { json: { Sid }, text: { key } } = statement;
    if (distinct.has(key)) { continue; }
    if (Sid !== undefined && sids.has(Sid)) { throw new Error(`statements must not share a Sid, got two different ones with '${Sid}'`); }
    distinct.set(key, statement);
    if (Sid !== undefined) { sids.add(Sid); }
  }
  return [...distinct.values()];
}
