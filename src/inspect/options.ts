import type { LaunchResource } from '../launch/world';
import { intrinsicName, isAbsent } from '../model/intrinsics';
import { isAlways } from '../model/setting';
import type { SettingName } from '../model/settings';
import { parsePath } from '../resources/paths';
import { mayHold } from '../resources/property-condition';
import type { Gap } from '../resources/record';
import type { InspectedBlock, ReadBlock } from './blocks';
import { blocksOf, isOff, isOverrideOf, mayLaunchFromNothing, ownSetting, pathOfSetting, turnsOn } from './blocks';
import type { Finding, FoundValue } from './finding';
import type { Judged } from './judged';

/** What is wrong with the metadata options as they are written, or left out. */
export function optionFindings(judged: Judged): readonly Finding[] {
  return judged.blocks.flatMap(block => block.settings ? blockFindings(block, judged) : [unreadable(block)]);
}

/** That a type launches instances and has no property that could require tokens. */
export function gapFindings({ resource, record: { gaps } }: Judged): readonly Finding[] {
  return gaps.filter(gap => mayBeGap(gap, resource) && mayHold(gap.when, resource.properties())).map(({ type, when, governedBy, remedy }) => ({
    rule: 'Imdsv2::CannotBeSet',
    path: when.present ?? when.absent ?? '',
    because: [{ kind: 'no property', type, governedBy, remedy }],
  }));
}

/** A quick look before the whole resource is rendered: not where what makes the gap is certainly not there. */
function mayBeGap({ when: { present } }: Gap, resource: LaunchResource): boolean {
  return present === undefined || resource.at(parsePath(present).slice(0, 1), true).some(({ value }) => !isAbsent(value));
}

function blockFindings(block: ReadBlock, judged: Judged): Finding[] {
  return (Object.keys(block.settings!) as SettingName[])
    .flatMap(name => name === 'tokens' ? tokenFindings(block, judged) : valueFindings(block, name));
}

function tokenFindings(block: ReadBlock, judged: Judged): Finding[] {
  const { row, settings } = block;
  const { accepts, accepted } = row.dialect.fields.tokens;
  const setting = settings!.tokens!;
  const said = row.inherits ? setting.filter(possible => possible.kind !== 'unset') : setting;
  const isSaid = isAlways(said, accepts) || (row.inherits && said.length === 0);
  if (isOff(row, settings!) || (isSaid && !wakesTemplate(block, judged)) || isLeftToSources(block, judged)) { return []; }
  return [{
    rule: 'Imdsv2::TokensRequired', path: pathOfSetting(block, 'tokens'), want: { kind: 'accepted', values: accepted }, got: setting,
  }];
}

/**
 * Whether a block says nothing of tokens that what it launches from would not say as well, or of which something else is to be said; one that
 * turns the service on cannot leave it to sources that turn it off.
 */
function isLeftToSources({ row, settings }: InspectedBlock, { resource, analysis: { graph } }: Judged): boolean {
  if (row.inherits || graph.launchesOf(resource).length === 0 || mayLaunchFromNothing(resource)) { return false; }
  const { accepts } = row.dialect.fields.tokens;
  const isFine = settings!.tokens!.every(possible => possible.kind === 'unset' || (possible.kind === 'set' && accepts(possible.value)));
  return isFine && !(turnsOn(row, settings!) && graph.sourcesOf(resource).some(source => !isAlways(ownSetting(source, 'tokens'), accepts)));
}

/** Whether an override has the service answer and leaves tokens to a template that turns it off, and so need not require them. */
function wakesTemplate(block: InspectedBlock, { resource, analysis: { graph } }: Judged): boolean {
  const { row, settings } = block;
  if (!row.inherits || !turnsOn(row, settings!) || settings!.tokens!.every(({ kind }) => kind !== 'unset')) { return false; }
  const { accepts } = row.dialect.fields.tokens;
  return graph.launchesOf(resource).some(launch => isOverrideOf(block, launch, graph) && launch.source.kind === 'resource'
    && blocksOf(launch.source.resource).some(template => template.settings && isOff(template.row, template.settings))
    && !isAlways(ownSetting(launch.source.resource, 'tokens'), accepts));
}

function valueFindings(block: ReadBlock, name: SettingName): Finding[] {
  const { accepts, accepted } = block.row.dialect.fields[name]!;
  return block.settings![name]!.flatMap(possible => possible.kind === 'set' && !accepts(possible.value)
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
