import type { State } from './states';
import { jsonata, task } from './states';

/** A string attribute of DynamoDB, from an expression. */
export function text(expression: string): object {
  return { S: jsonata(expression) };
}

/** Reads an item of the table. */
export function getItem(id: object, assign: { readonly [name: string]: string }, next: string): State {
  return task('dynamodb:getItem', { TableName: jsonata('$config.table'), Key: { id }, ConsistentRead: true }, next, { assign });
}
