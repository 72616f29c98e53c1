import { actionsOf } from '../authorization-data';
import { changedArns } from './arn-mutants';
import { changedConditions } from './condition-mutants';
import type { Mutant, StatementJson } from './statement-json';
import { replaced } from './statement-json';

const NOTHING = 'none:Nothing';

/** The mutants of a statement: each action, resource, operator, key and value removed or changed, one at a time. */
export async function mutantsOf(statement: StatementJson): Promise<Mutant[]> {
  return [
    ...await withOtherActions(statement),
    ...withOtherResources(statement),
    ...changedConditions(statement.Condition).map(([name, Condition]) => ({ name, statement: { ...statement, Condition } })),
  ];
}

/** A wildcard is replaced by its actions for these resources, so that each of them is removed once. */
async function withOtherActions(statement: StatementJson): Promise<Mutant[]> {
  if (statement.Action.includes('*')) { return ['ec2', 's3'].map(service => withActions(statement, `${service} alone`, [`${service}:*`])); }
  const expanded = [...new Set((await Promise.all(statement.Action.map(async pattern => actionsOf(pattern, statement)))).flat())];
  const services = [...new Set(statement.Action.map(action => action.split(':')[0]))];
  return [
    ...statement.Action.map(pattern => withActions(statement, `without ${pattern}`, statement.Action.filter(other => other !== pattern))),
    ...expanded.map(action => withActions(statement, `without ${action}`, expanded.filter(other => other !== action))),
    ...services.map(service => withActions(statement, `all of ${service}`, [...statement.Action, `${service}:*`])),
  ];
}

function withActions(statement: StatementJson, name: string, actions: readonly string[]): Mutant {
  return { name, statement: { ...statement, Action: actions.length > 0 ? actions : [NOTHING] } };
}

/** Resources are named by their index, because users give some of them. */
function withOtherResources(statement: StatementJson): Mutant[] {
  return statement.Resource.flatMap((pattern, index) => {
    const changed = pattern === '*' ? [['none', `arn:aws:${NOTHING}`]] : changedArns(pattern);
    return [
      ...statement.Resource.length > 1 ? [{ name: `without resource ${index + 1}`, statement: { ...statement, Resource: statement.Resource.filter(other => other !== pattern) } }] : [],
      ...changed.map(([change, value]) => ({ name: `resource ${index + 1}: ${change}`, statement: { ...statement, Resource: replaced(statement.Resource, index, value) } })),
    ];
  });
}
