import type { Json } from '../../harness/json';

/** The resources that a deployment creates in a Region, by logical id. */
export function deployedIn(region: string, { Conditions = {}, Resources }: Json): { readonly [id: string]: Json } {
  const conditions = Conditions as Json;
  const resources = Object.entries(Resources as { readonly [id: string]: Json });
  const isMade = (condition: unknown) => condition === undefined || holds({ Condition: condition }, conditions, region);
  return Object.fromEntries(resources.filter(([, { Condition }]) => isMade(Condition)));
}

/** The value of a condition, with CloudFormation's limits: `Fn::Or` accepts 2 to 10 branches. */
function holds(condition: unknown, conditions: Json, region: string): boolean {
  const [[name, argument]] = Object.entries(condition as Json);
  switch (name) {
    case 'Condition': return holds(conditions[argument as string], conditions, region);
    case 'Fn::Not': return !holds((argument as unknown[])[0], conditions, region);
    case 'Fn::Or': {
      const branches = argument as unknown[];
      expect(branches.length).toBeGreaterThanOrEqual(2);
      expect(branches.length).toBeLessThanOrEqual(10);
      return branches.some(branch => holds(branch, conditions, region));
    }
    case 'Fn::Equals': {
      const [one, other] = (argument as unknown[]).map(value => typeof value === 'string' ? value : region);
      return one === other;
    }
    default: throw new Error(`no condition is known as ${name}`);
  }
}
