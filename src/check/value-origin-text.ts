import { sourceTitle } from '../inspect/source-title';
import type { Launch } from '../launch/launch-graph';
import type { Version } from '../launch/versions';
import { followsChanges } from '../launch/versions';
import { UNSET_HOP_LIMIT } from '../model/hop-limit';
import { describeValue } from '../model/setting';
import type { SettingName } from '../model/settings';
import { recordOf } from '../resources/record-table';
import type { EffectiveValue, ValueOrigin, ValuePlace } from './effective-value';

const NOT_WRITTEN: { readonly [name in SettingName]: string } = {
  tokens: 'decided by the account default of the Region or the AMI, which the app does not show',
  hopLimit: `decided by the account default of the Region or the AMI, which the app does not show; otherwise it is ${UNSET_HOP_LIMIT}`,
  endpoint: 'decided by the account default of the Region, which the app does not show; otherwise the service is on',
  ipv6: 'nothing else can turn it on',
  tags: 'decided by the account default of the Region, which the app does not show; otherwise they are off',
};

const UNLESS = 'unless the account default of the Region, which the app does not show, overrides it';

/** The origin of a value, and the launches that pass it on, in words. */
export function valueOriginText({ origin, offBy, through = [] }: EffectiveValue): string {
  return through.map(launchText).join('') + (offBy === undefined ? originText(origin) : `${offBy} is 'disabled': the metadata service is off`);
}

function originText(origin: ValueOrigin): string {
  switch (origin.kind) {
    case 'property': return placeOf(origin);
    case 'unresolved': return `${placeOf(origin)}: only known at deployment${origin.reason === undefined ? '' : ` (${origin.reason})`}`;
    case 'not written': return `not set: ${whoDecides(origin.type, origin.setting)}`;
    case 'service': return origin.words;
    case 'outside': return `${sourceTitle(origin.reference.target)} ${describeValue(origin.name)}, which is not in this app`;
    case 'unknown source': return `${sourceTitle(origin.reference.target)}: only known at deployment (${origin.reason})`;
    case 'deployed version':
      return `${sourceTitle(origin.reference.target)} '${origin.template}' (${wordsOf(origin.versions)}): decided by the deployed version`;
    case 'image': return `the AMI '${origin.image}' (ImdsSupport v2.0), ${UNLESS}`;
    case 'error': return `${origin.type} cannot be read: ${origin.error}`;
  }
}

function placeOf({ path, parameter }: ValuePlace): string {
  return parameter === undefined ? path : `the parameter ${describeValue(parameter)}`;
}

/** What decides about an unset setting. */
function whoDecides(type: string, name: SettingName): string {
  const decides = recordOf(type)?.unsetIsLeftTo;
  return decides === undefined ? NOT_WRITTEN[name] : `decided by ${decides}`;
}

function wordsOf(versions: readonly Version[]): string {
  return versions.map(({ words }) => words).join(' or ');
}

/** A launch that passes a value on, in words. */
function launchText({ source, versions, reference }: Launch): string {
  const title = source.kind === 'resource' ? `${sourceTitle(reference.target)} '${source.resource.path}'` : sourceTitle(reference.target);
  const followed = versions.filter(followsChanges);
  return followed.length > 0 ? `${title} (${wordsOf(followed)}): ` : `${title}: `;
}
