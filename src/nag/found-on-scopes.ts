import type { IConstruct } from 'constructs';
import type { CheckedFinding } from '../check/checked-resource';
import { endOfExemption } from '../inspect/ending-exemptions';
import type { Finding } from '../inspect/finding';
import { unknownRule } from '../inspect/unknown-rule';
import { unknownAcknowledgementsOn } from '../policy/acknowledgements';
import type { Exemptions } from '../policy/exemptions';

/**
 * Finds acknowledgements of unknown rules, and exemptions that end, anywhere in a tree. cdk-nag itself visits only resources.
 *
 * @param reportedScopes the scopes whose ending exemptions are already reported on a resource below them
 */
export function foundOnScopes(root: IConstruct, exemptions: Exemptions, reportedScopes: ReadonlySet<IConstruct>): readonly CheckedFinding[] {
  const found: CheckedFinding[] = [];
  const rest = [root];
  for (let construct = rest.pop(); construct; construct = rest.pop()) {
    const unknown = unknownAcknowledgementsOn(construct).map(unknownRule);
    const findings = [...unknown, ...reportedScopes.has(construct) ? [] : endsOn(construct, exemptions)];
    for (const finding of findings) {
      if (!exemptions.covering(construct, finding.rule)) { found.push({ ...finding, construct, reportedOn: construct, fails: false }); }
    }
    for (const child of construct.node.children) { rest.push(child); }
  }
  return found;
}

function endsOn(construct: IConstruct, exemptions: Exemptions): readonly Finding[] {
  return exemptions.endingOn(construct).map(ending => endOfExemption(ending));
}
