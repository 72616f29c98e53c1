import type { IConstruct } from 'constructs';
import type { CheckedFinding } from '../check/checked-resource';
import { endOfExemption } from '../inspect/ending-exemptions';
import type { Finding } from '../inspect/finding';
import { nearestId, unknownAcknowledgementsOn } from '../policy/acknowledgements';
import type { Exemptions } from '../policy/exemptions';

/**
 * What is wrong with acknowledgements and exemptions in a tree: one that is no rule, and one that ends. cdk-nag comes by resources alone.
 *
 * @param told the scopes of which was said that an exemption ends, on a resource in them
 */
export function foundOnScopes(root: IConstruct, exemptions: Exemptions, told: ReadonlySet<IConstruct>): readonly CheckedFinding[] {
  const found: CheckedFinding[] = [];
  const rest = [root];
  for (let construct = rest.pop(); construct; construct = rest.pop()) {
    const findings = [...unknownOn(construct), ...told.has(construct) ? [] : endsOn(construct, exemptions)];
    for (const finding of findings) {
      if (!exemptions.covering(construct, finding.rule)) { found.push({ ...finding, construct, reportedOn: construct, fails: false }); }
    }
    for (const child of construct.node.children) { rest.push(child); }
  }
  return found;
}

function unknownOn(construct: IConstruct): readonly Finding[] {
  return unknownAcknowledgementsOn(construct).map(id => ({ rule: 'Imdsv2::UnknownRule', path: '', because: [{ kind: 'no rule', id, nearest: nearestId(id) }] }));
}

function endsOn(construct: IConstruct, exemptions: Exemptions): readonly Finding[] {
  return exemptions.endingOn(construct).map(ending => endOfExemption(ending));
}
