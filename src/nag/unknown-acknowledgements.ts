import type { IConstruct } from 'constructs';
import type { CheckedFinding } from '../check/checked-resource';
import { nearestId, unknownAcknowledgementsOn } from '../policy/acknowledgements';
import type { Exemptions } from '../policy/exemptions';

/** What is acknowledged somewhere in a tree and is no rule: cdk-nag comes by resources alone. */
export function unknownAcknowledgementsIn(root: IConstruct, exemptions: Exemptions): readonly CheckedFinding[] {
  const found: CheckedFinding[] = [];
  const rest = [root];
  for (let construct = rest.pop(); construct; construct = rest.pop()) {
    for (const id of unknownAcknowledgementsOn(construct)) {
      if (exemptions.covering(construct, 'Imdsv2::UnknownRule')) { continue; }
      const because = [{ kind: 'no rule' as const, id, nearest: nearestId(id) }];
      found.push({ rule: 'Imdsv2::UnknownRule', path: '', because, construct, reportedOn: construct, fails: false });
    }
    for (const child of construct.node.children) { rest.push(child); }
  }
  return found;
}
