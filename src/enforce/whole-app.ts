import { AspectPriority, Aspects, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import { CONSTRUCT, checkValue } from '../model/kinds';
import { notePolicy } from '../policy/noted-policy';
import { Enforcement } from './enforcement';
import { leftovers } from './leftovers';
import { Pass } from './pass';
import { EarlyPass, LastPass } from './passes';
import type { RequireImdsv2Props } from './require-imdsv2';

/** After every aspect that changes something, before those that only read. */
const LAST_WORD = AspectPriority.READONLY - 1;

/** On the root of a tree: the searches for leftovers when the tree is validated. */
const LEFTOVERS = new ConstructNote<(() => string[])[]>('Leftovers');

/** Enforces everything under a scope at synthesis, in every stage. If it did not reach a resource, the synthesis fails. */
export function enforceAll(scope: IConstruct, props: RequireImdsv2Props): void {
  checkValue('scope', scope, CONSTRUCT);
  const { enforcer, exemptions, policy } = Enforcement.of(props);
  const early = new EarlyPass(enforcer);
  const last = new LastPass(scope, new Pass(enforcer, exemptions, 'CDK'));
  for (const root of [scope, ...scope.node.findAll().filter(construct => construct !== scope && Stage.isStage(construct))]) {
    Aspects.of(root).add(early, { priority: AspectPriority.MUTATING });
    Aspects.of(root).add(last, { priority: LAST_WORD });
  }
  validateOnce(scope.node.root, () => leftovers(scope, last.visited, enforcer));
  notePolicy(scope, policy);
}

/** Searches for leftovers when CDK validates the tree. If several calls find the same, it is reported once. */
function validateOnce(root: IConstruct, find: () => string[]): void {
  const before = LEFTOVERS.of(root);
  LEFTOVERS.write(root, [...before ?? [], find]);
  if (!before) { root.node.addValidation({ validate: () => [...new Set(LEFTOVERS.of(root)!.flatMap(each => each()))] }); }
}
