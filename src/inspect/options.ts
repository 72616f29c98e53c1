import { certainlyHas, mayCount, settingAt } from '../launch/setting-at';
import type { LaunchResource } from '../launch/world';
import { intrinsicName, isAbsent } from '../model/intrinsics';
import type { Setting } from '../model/setting';
import { UNSET, isAlways } from '../model/setting';
import type { SettingName, Settings } from '../model/settings';
import { parsePath } from '../resources/path';
import { mayHold } from '../resources/property-condition';
import type { Carrier, Gap } from '../resources/record';
import { isBoundToReleases, recordOf } from '../resources/record-table';
import type { InspectedBlock, ReadBlock } from './blocks';
import { blocksAt, isOff, mayBeOff, mayLaunchFromNothing, ownSetting, pathOfSetting, turnsOn } from './blocks';
import type { Finding, FoundValue } from './finding';
import type { Judged } from './judged';
import { siteOfLaunchOverride } from './launch-overrides';
import { oldReleasesOf, releaseCauses } from './releases';

const NONE: readonly never[] = [];

/** The settings of a block that is missing. */
const NO_SETTINGS: Settings = { tokens: UNSET };

/** Findings on metadata options, written or missing. */
export function optionFindings(judged: Judged): readonly Finding[] {
  return judged.blocks.flatMap(block => block.settings ? blockFindings(block, judged) : [unreadable(block)]);
}

/** Findings on a resource that has no metadata options at all. They need no properties of the resource. */
export function unsetFindings(judged: Judged): readonly Finding[] {
  return judged.record.carriers.flatMap(carrier => tokenFindings({ carrier, where: carrier.block, settings: NO_SETTINGS }, judged));
}

/** Findings on a resource that launches instances without metadata options: its type has no property for them, and it names no source with them. */
export function gapFindings({ resource, record: { gaps } }: Judged): readonly Finding[] {
  if (gaps.length === 0 || oldReleasesOf(resource).length > 0) { return []; }
  return possibleGaps(gaps, resource).map(gap => {
    const { type, when, governedBy } = gap;
    const remedy = remedyOf(gap, resource);
    return {
      rule: remedy === undefined ? 'Imdsv2::CannotBeSet' : 'Imdsv2::LaunchSourceMissing',
      path: when.present ?? when.absent ?? '',
      because: [{ kind: 'no property', type, governedBy, remedy, butFor: requiringValues(resource) }],
    };
  });
}

/** The gaps that a resource has, or may have. */
export function possibleGaps(gaps: readonly Gap[], resource: LaunchResource): readonly Gap[] {
  return gaps.filter(gap => mayBeGap(gap, resource) && mayHold(gap.when, resource.properties()));
}

/** What to set instead, if the resource supports it. */
export function remedyOf({ remedy, remedyUnless }: Gap, resource: LaunchResource): string | undefined {
  return remedyUnless && certainlyHas(remedyUnless, resource) ? undefined : remedy;
}

/** The property that makes the service require tokens, if it has certain values, and its current value. */
function requiringValues(resource: LaunchResource): { readonly path: string; readonly got: Setting } | undefined {
  const when = recordOf(resource.type)?.requiredByService?.when;
  return when && { path: when.path, got: settingAt(resource, when.path) };
}

/** Findings on options that the service ignores. */
export function ignoredFindings({ resource, record: { carriers } }: Judged): readonly Finding[] {
  return carriers.flatMap((carrier): Finding[] => {
    const { countsWith } = carrier;
    if (!countsWith || mayCount(carrier, resource)) { return []; }
    const ignored = blocksAt(carrier, resource).find(({ settings }) => settings && hasValue(settings));
    const because = [{ kind: 'does not count' as const, countsWith, got: settingAt(resource, countsWith.path) }];
    return ignored ? [{ rule: 'Imdsv2::OptionsIgnored', path: ignored.where, because }] : [];
  });
}

function hasValue(settings: Settings): boolean {
  return Object.values(settings).some(setting => setting.some(({ kind }) => kind !== 'unset'));
}

/** Whether a resource may have a gap. It reads only the property that causes the gap, because rendering the whole resource takes longer. */
function mayBeGap({ when: { present } }: Gap, resource: LaunchResource): boolean {
  return present === undefined || resource.at(parsePath(present).slice(0, 1), true).some(({ value }) => !isAbsent(value));
}

function blockFindings(block: ReadBlock, judged: Judged): Finding[] {
  return (Object.keys(block.settings!) as SettingName[])
    .flatMap(name => name === 'tokens' ? tokenFindings(block, judged) : valueFindings(block, name));
}

function tokenFindings(block: InspectedBlock, judged: Judged): Finding[] {
  const { carrier, settings } = block;
  const { accepts, accepted } = carrier.dialect.fields.tokens;
  const setting = settings!.tokens!;
  const values = carrier.inherits ? setting.filter(possible => possible.kind !== 'unset') : setting;
  const isAccepted = isAlways(values, accepts) || (carrier.inherits && values.length === 0);
  if (isOff(carrier, settings!) || (isAccepted && !reenablesWithoutTokens(block, judged)) || isLeftToSources(block, judged)) { return []; }
  const because = isBoundToReleases(carrier.type) ? judged.analysis.graph.launchingFrom(judged.resource).flatMap(releaseCauses) : [];
  if (because.length === 0) { return [tokensOptional(block, setting)]; }
  return [{ rule: 'Imdsv2::ReleaseTooOld', path: pathOfSetting(block, 'tokens'), want: { kind: 'accepted', values: accepted }, because }];
}

/** The finding on a carrier without options. */
export function tokensNotRequired(carrier: Carrier): Finding {
  return tokensOptional({ carrier, where: carrier.block, settings: NO_SETTINGS }, UNSET);
}

function tokensOptional(block: InspectedBlock, got: Setting): Finding {
  const { accepted } = block.carrier.dialect.fields.tokens;
  return { rule: 'Imdsv2::TokensRequired', path: pathOfSetting(block, 'tokens'), want: { kind: 'accepted', values: accepted }, got };
}

/**
 * Whether the launch templates decide on tokens for a block: each of its values is unset or requires tokens. A template that disables the service
 * need not require tokens, so a block that enables the service must set them itself.
 */
export function isLeftToSources({ carrier, settings }: InspectedBlock, { resource, analysis: { graph } }: Pick<Judged, 'resource' | 'analysis'>): boolean {
  if (carrier.inherits || graph.launchesOf(resource).length === 0 || mayLaunchFromNothing(resource)) { return false; }
  const { accepts } = carrier.dialect.fields.tokens;
  const isFine = settings!.tokens!.every(possible => possible.kind === 'unset' || (possible.kind === 'set' && accepts(possible.value)));
  return isFine && !(turnsOn(carrier, settings!) && graph.sourcesOf(resource).some(source => !isAlways(ownSetting(source, 'tokens'), accepts)));
}

/** Whether a launch override enables the service without setting tokens, and its template disables the service and does not require tokens. */
function reenablesWithoutTokens(block: InspectedBlock, { resource, analysis: { graph } }: Judged): boolean {
  const { carrier, settings } = block;
  if (!carrier.inherits || !turnsOn(carrier, settings!) || settings!.tokens!.every(({ kind }) => kind !== 'unset')) { return false; }
  const { accepts } = carrier.dialect.fields.tokens;
  return graph.sourcesAt(resource, siteOfLaunchOverride(block, resource, graph)).some(source =>
    mayBeOff(source) && !isAlways(ownSetting(source, 'tokens'), accepts));
}

function valueFindings(block: ReadBlock, name: SettingName): readonly Finding[] {
  const { accepts, accepted, mandatory } = block.carrier.dialect.fields[name]!;
  const setting = block.settings![name]!;
  if (setting === UNSET && mandatory === undefined) { return NONE; }
  const isMissing = mandatory !== undefined && !block.settings!.tokens!.every(({ kind }) => kind === 'unset');
  return setting.flatMap(possible => (possible.kind === 'set' && !accepts(possible.value)) || (possible.kind === 'unset' && isMissing)
    ? [{ rule: 'Imdsv2::ValueNotAccepted' as const, path: pathOfSetting(block, name), want: { kind: 'accepted' as const, values: accepted }, got: [possible] }]
    : []);
}

/** A place that is neither an object nor a list, so that nothing can be read or written there. */
function unreadable({ value, where }: ReadBlock): Finding {
  return { rule: 'Imdsv2::OptionsUnreadable', path: where || 'Properties', got: [foundAt(value)] };
}

function foundAt(value: unknown): FoundValue {
  if (isAbsent(value)) { return { kind: 'unset' }; }
  const intrinsic = intrinsicName(value);
  return intrinsic ? { kind: 'unknown', reason: intrinsic } : { kind: 'set', value };
}
