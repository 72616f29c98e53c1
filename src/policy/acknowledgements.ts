import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { metadataOf } from '../model/construct-metadata';
import { isObject } from '../model/intrinsics';
import { distance } from '../model/nearest';
import { RULE_IDS, ruleNameOf } from './rules';

/** The ids of warnings that are no rules: what guardrails and AMIs say. */
export const IDS_OF_CONSTRUCTS: readonly string[] = [
  'Imdsv2::AdministratorNotExempt',
  'Imdsv2::ClientSettingsLeft',
  'Imdsv2::ClientSettingsReplace',
  'Imdsv2::ClientSettingsWritten',
  'Imdsv2::CutsOffImdsv1',
  'Imdsv2::ExemptionFrozen',
  'Imdsv2::ExemptionNotGuarded',
  'Imdsv2::ExemptionNotKnown',
  'Imdsv2::ExemptionNotReached',
  'Imdsv2::ExemptionOfOwnAccount',
  'Imdsv2::ExemptionOfUsualBootstrap',
  'Imdsv2::ExemptionStopsDeployments',
  'Imdsv2::ExemptionTooWide',
  'Imdsv2::HookNotInPartition',
  'Imdsv2::HookRoleUnknown',
  'Imdsv2::ImageInOtherStack',
  'Imdsv2::RemediationRoleUnknown',
  'Imdsv2::RulesBucketUnknown',
  'Imdsv2::RulesInOtherRegion',
  'Imdsv2::StageDoesNotFit',
  'Imdsv2::UnknownRegion',
];

const PREFIX = /^imdsv2::/i;

const NONE: readonly string[] = [];

/** The ids that are acknowledged on this very construct, look like ones of the library, and are none. */
export function unknownAcknowledgementsOn(construct: IConstruct): readonly string[] {
  const metadata = metadataOf(construct);
  if (!metadata.some(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)) { return NONE; }
  const acknowledged = metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  const ids = acknowledged.flatMap(({ data }) => isObject(data) ? Object.keys(data) : []);
  return [...new Set(ids)].filter(id => PREFIX.test(id) && !allIds().some(known => known === id));
}

/** The id that is most like what was written, with its prefix or without. */
export function nearestId(written: string, ids: readonly string[] = allIds()): string {
  const distances = ids.map(id => [id, Math.min(distance(written, id), distance(written, ruleNameOf(id)))] as const);
  return distances.reduce((closest, other) => other[1] < closest[1] ? other : closest)[0];
}

function allIds(): readonly string[] {
  return [...RULE_IDS, ...IDS_OF_CONSTRUCTS];
}
