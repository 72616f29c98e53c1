import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { IConstruct } from 'constructs';
import { Dependable } from 'constructs';
import { ConstructNote } from '../../model/construct-note';

/** The order of the policies, stored on their stack. */
const ORDER = new ConstructNote<PolicyOrder>('organizationPolicyOrder');

/**
 * Makes CloudFormation change the policies of a stack one after the other: Organizations refuses parallel changes, and CloudFormation does not retry
 * to create a policy.
 *
 * The order is determined at synthesis: the order of creation, unless other dependencies differ. A chain that contradicts them would be a cycle,
 * which only CloudFormation detects.
 */
export class PolicyOrder {
  /** The order of the stack that a construct is in. */
  public static of(construct: IConstruct): PolicyOrder {
    const stack = Stack.of(construct);
    const known = ORDER.of(stack);
    if (known) { return known; }
    const order = new PolicyOrder();
    ORDER.write(stack, order);
    return order;
  }

  private readonly policies: CfnPolicy[] = [];
  private sorting = false;

  private constructor() {}

  /** Adds a policy, which depends on the policy before it. */
  public add(policy: CfnPolicy): void {
    this.policies.push(policy);
    const roots = () => this.before(policy);
    const before = {};
    Dependable.implement(before, { get dependencyRoots() { return roots(); } });
    policy.node.addDependency(before);
  }

  /** Whether the policy was added here. */
  public has(policy: CfnPolicy): boolean {
    return this.policies.includes(policy);
  }

  /** The policy before another one, if there is one. During the sort there is none, because these links are not the dependencies of the user. */
  private before(policy: CfnPolicy): CfnPolicy[] {
    if (this.sorting) { return []; }
    this.sorting = true;
    try {
      const sorted = this.sorted();
      const index = sorted.indexOf(policy);
      return sorted.slice(Math.max(index - 1, 0), index);
    } finally {
      this.sorting = false;
    }
  }

  /** The policies, each after its dependencies. */
  private sorted(): CfnPolicy[] {
    const seen = new Set<CfnResource>();
    const sorted: CfnResource[] = [];
    const visit = (resource: CfnResource): void => {
      if (seen.has(resource)) { return; }
      seen.add(resource);
      dependenciesOf(resource).forEach(visit);
      sorted.push(resource);
    };
    this.policies.filter(isInTree).forEach(visit);
    return sorted.filter((resource): resource is CfnPolicy => this.has(resource as CfnPolicy));
  }
}

/** Whether a policy is still in its parent: a construct can be removed. */
function isInTree(policy: CfnPolicy): boolean {
  return policy.node.scopes.every(({ node }) => node.scope === undefined || node.scope.node.tryFindChild(node.id) !== undefined);
}

/** The dependencies of a resource: its own, and those of its parents. */
function dependenciesOf(resource: CfnResource): CfnResource[] {
  const constructs = resource.node.scopes.flatMap(({ node }) => node.dependencies).flatMap(({ node }) => node.findAll());
  return [...resource.obtainDependencies(), ...constructs].filter(CfnResource.isCfnResource);
}
