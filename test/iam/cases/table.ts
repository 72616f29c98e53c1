import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ImdsStatements } from '../../../src/iam/imds-statements';
import { resourceArn } from '../authorization-data';
import type { IamRequest, RequestKeys } from '../evaluator/request';

/** A request, and the expected decision of a factory's statements. */
export interface Case {
  /** The request, in words. */
  readonly when: string;

  /** The factory of the statements, and its arguments. */
  readonly factory: string;
  readonly arguments: readonly unknown[];

  readonly request: CaseRequest;

  /** The Sids of the statements that deny it. Empty if it is allowed. */
  readonly denied: readonly string[];
}

export interface CaseRequest {
  readonly action: string;

  /** The resource types that it is authorized for, with the keys of each. Empty if the action has no resource types. */
  readonly on: Readonly<Record<string, RequestKeys>>;

  /** The keys that exist for any resource. */
  readonly keys?: RequestKeys;

  /** The values in the resources' ARNs, by the variables of their formats. */
  readonly names?: Readonly<Record<string, string>>;

  /** The caller, in the form of `aws:PrincipalArn`. By default, a user of the account. */
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

/** The JSON of a factory's statements. */
export function statementsOf({ factory, arguments: given }: Pick<Case, 'factory' | 'arguments'>): object[] {
  const made = (ImdsStatements as unknown as Record<string, (...values: readonly unknown[]) => { toStatementJson(): object }[]>)[factory](...given);
  return made.map(statement => statement.toStatementJson());
}

/** The request of a case, with the keys of every request. */
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
