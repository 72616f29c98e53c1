import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ImdsStatements } from '../../../src/iam/imds-statements';
import { resourceArn } from '../authorization-data';
import type { IamRequest, RequestKeys } from '../evaluator/request';

/** A request, and what the statements of a factory have to say of it. */
export interface Case {
  /** What is asked for, in words. */
  readonly when: string;

  /** The factory that makes the statements, and its arguments. */
  readonly factory: string;
  readonly arguments: readonly unknown[];

  readonly request: CaseRequest;

  /** The Sids of the statements that deny it: none where it is let through. */
  readonly denied: readonly string[];
}

export interface CaseRequest {
  readonly action: string;

  /** The types of the resources that it is authorized for, with the keys that exist for each: none where the action knows no resources. */
  readonly on: Readonly<Record<string, RequestKeys>>;

  /** The keys that exist whatever the resource. */
  readonly keys?: RequestKeys;

  /** What stands in the resources' ARNs, by the names of the variables in their formats. */
  readonly names?: Readonly<Record<string, string>>;

  /** Who asks, as `aws:PrincipalArn` names it: a user of the account where it is not said. */
  readonly principal?: string;
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
}

/** Every case, by the name of its file. */
export const CASES: readonly (readonly [file: string, cases: readonly Case[]])[] = readdirSync(__dirname)
  .filter(name => name.endsWith('.json'))
  .map(name => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(__dirname, name), 'utf8')) as Case[]]);

/** The names of the factories. */
export const FACTORIES: readonly string[] = Object.getOwnPropertyNames(ImdsStatements).filter(name => name.startsWith('deny'));

/** The JSON of the statements that a factory makes. */
export function statementsOf({ factory, arguments: given }: Pick<Case, 'factory' | 'arguments'>): object[] {
  const made = (ImdsStatements as unknown as Record<string, (...values: readonly unknown[]) => { toStatementJson(): object }[]>)[factory](...given);
  return made.map(statement => statement.toStatementJson());
}

/** The request of a case, with the keys that every request has. */
export async function requestOf({ action, on, keys, names, ...where }: CaseRequest): Promise<IamRequest> {
  const { partition = 'aws', region = 'eu-west-1', account = '111122223333', principal = `arn:${partition}:iam::${account}:user/alice` } = where;
  const variables = { Partition: partition, Region: region, Account: account, ...names };
  const resources = Object.entries(on).map(async ([type, its]) => ({ arn: await resourceArn(action, type, variables), keys: its }));
  return {
    action,
    resources: resources.length > 0 ? await Promise.all(resources) : [{ arn: '*' }],
    keys: { 'aws:PrincipalArn': principal, 'aws:PrincipalAccount': principal.split(':')[4], 'aws:RequestedRegion': region, ...keys },
  };
}
