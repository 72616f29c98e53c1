import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isMetadataOn, metadataOf } from '../model/construct-metadata';
import { isObject } from '../model/intrinsics';
import { Memo } from '../model/memo';
import { nearest } from '../model/nearest';
import type { RuleId } from './rules';
import { RULE_IDS, ruleNameOf } from './rules';

/** The ids of warnings that do not belong to a rule, such as those of guardrails and AMIs. */
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

/** The name of a rule in the pack for cdk-nag. */
const packNameOf = (id: RuleId) => `Imdsv2-${ruleNameOf(id)}`;

/** The id of a rule of the pack as CDK prints it, with the name of the plugin before it. */
export const printedIdOf = (id: RuleId): string => `Imdsv2::${packNameOf(id)}`;

/**
 * The ids that acknowledge a rule: its own id, and the ids of the pack as CDK prints them and as cdk-nag uses them. CDK writes `Annotation::` before
 * an id without a prefix.
 */
export function acknowledgedIdsOf(id: RuleId): readonly string[] {
  return ACKNOWLEDGED_IDS.of(id);
}

const ACKNOWLEDGED_IDS = new Memo((id: RuleId): readonly string[] => {
  const inPack = packNameOf(id);
  return [id, printedIdOf(id), `Annotation::${inPack}`, `annotation::${inPack}`, inPack];
});

const NONE: readonly string[] = [];

/** The acknowledged ids on this construct that look like ids of the library but do not exist. */
export function unknownAcknowledgementsOn(construct: IConstruct): readonly string[] {
  if (!isMetadataOn(construct, Validations.ACKNOWLEDGED_RULES_METADATA_KEY)) { return NONE; }
  const acknowledged = metadataOf(construct).filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  const ids = acknowledged.flatMap(({ data }) => isObject(data) ? Object.keys(data) : []);
  return [...new Set(ids)].filter(id => PREFIX.test(id) && !allIds().includes(id) && !RULE_IDS.some(rule => printedIdOf(rule) === id));
}

/** The id that is most similar, with or without its prefix. */
export function nearestId(written: string, ids: readonly string[] = allIds()): string | undefined {
  if (written.includes('*')) { return undefined; } // an id has no wildcards
  const name = nearest(written.replace(/^imdsv2::?/i, ''), ids.map(ruleNameOf));
  return ids.find(id => ruleNameOf(id) === name);
}

function allIds(): readonly string[] {
  return [...RULE_IDS, ...IDS_OF_CONSTRUCTS];
}
