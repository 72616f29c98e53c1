import type { CfnResource } from 'aws-cdk-lib';
import { Annotations, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isObject } from '../model/intrinsics';
import type { Finding } from '../policy/requirements';
import { explain } from '../policy/requirements';
import type { CarrierRow } from '../resources/resource-types';
import { Followers } from './followers';
import type { Change, Outcome } from './writing-visitor';

/** Says what enforcement could not do, and what a deployment replaces because of it. */
export class Reporter {
  /** Warns where the changes replace the resource itself, or a launcher that follows it. */
  public reportReplacements(resource: CfnResource, outcome: Outcome): void {
    const followers = Followers.of(resource);
    for (const template of followers.follow(resource)) { warn(resource, replacesFollower(template)); }
    for (const row of new Set(outcome.changes.map(change => change.row))) {
      if (row.update === 'replacement') { warn(resource, replacesResource(row, outcome.changes)); }
      if (row.update !== 'new version') { continue; }
      for (const follower of followers.change(resource)) { warn(follower, replacesFollower(resource)); }
    }
  }

  /** Warns of what could not be read or set. */
  public reportFindings(resource: CfnResource, outcome: Outcome): void {
    for (const finding of outcome.findings) { warn(resource, finding); }
  }
}

function replacesResource(row: CarrierRow, changes: readonly Change[]): Finding {
  const own = changes.filter(change => change.row === row);
  const places = [...new Set(own.map(({ where }) => where))].join(', ');
  const before = [...new Set(own.map(change => change.before).filter(words => words !== undefined))].join(' or ');
  const what = before ? `now requires tokens (it was ${before})` : 'now sets what was unset';
  return {
    id: 'Imdsv2::ReplacesResource',
    path: places,
    message: `${places} of this ${row.type} ${what}, which replaces the resource if it is deployed already: ${row.replacement}`,
  };
}

function replacesFollower(template: IConstruct): Finding {
  return {
    id: 'Imdsv2::ReplacesFollower',
    path: '',
    message: `the launch template '${template.node.path}' was changed and gets a new version, `
      + 'and this resource follows its LatestVersionNumber: CloudFormation replaces it if it is deployed already',
  };
}

function warn(resource: CfnResource, finding: Finding): void {
  if (!isAcknowledgedAtRoot(resource, finding)) { Annotations.of(resource).addWarningV2(finding.id, explain(finding)); }
}

/** CDK honours an acknowledgement on the resource and on the scopes above it, but for the app itself. */
function isAcknowledgedAtRoot(resource: CfnResource, { id }: Finding): boolean {
  return resource.node.root.node.metadata.some(({ type, data }) =>
    type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && isObject(data) && id in data);
}
