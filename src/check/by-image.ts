import type { Images, NamedImage } from '../launch/images';
import type { LaunchResource } from '../launch/world';
import { IMDS_SUPPORT_HOP_LIMIT } from '../model/hop-limit';
import type { SettingName } from '../model/settings';
import { isImageWithImdsSupport } from '../policy/image-types';
import type { EffectiveValue } from './effective-value';
import { through } from './launch-words';

/** What an AMI with `ImdsSupport` v2.0 brings. */
const BROUGHT: { readonly [name in SettingName]?: unknown } = { tokens: 'required', hopLimit: IMDS_SUPPORT_HOP_LIMIT };

const UNLESS = 'unless the account default of the Region, which is not visible here, says otherwise';

/** What a setting comes to that a resource leaves open: what the images bring that its instances may start from, as far as those are visible. */
export function byImage(open: EffectiveValue, resource: LaunchResource, name: SettingName, known: Images): readonly EffectiveValue[] {
  const value = BROUGHT[name];
  if (value === undefined) { return [open]; }
  const { images, isComplete } = known.of(resource, open.via ?? []);
  const values = images.map((image): EffectiveValue => {
    const title = titleOf(image);
    if (title === undefined) { return open; }
    const { way, fromResource } = wayTo(image, open);
    return { kind: 'set', value, requires: true, from: `${way}${title}, ${UNLESS}`, fromResource, written: open };
  });
  return isComplete ? values : [...values, open];
}

/** An image of the app that has the attribute, in words. */
function titleOf({ target }: NamedImage): string | undefined {
  if (target.kind !== 'resource' || !isImageWithImdsSupport(target.resource.type)) { return undefined; }
  return target.attribute === 'Ref' || target.attribute === 'ImageId' ? `the AMI '${ownerPath(target.resource)}' (ImdsSupport v2.0)` : undefined;
}

/** The path of the construct that a custom resource is the resource of. */
function ownerPath({ path }: LaunchResource): string {
  return path.replace(/(?:\/Resource)?\/Default$/, '');
}

/** By way of what a resource comes to an image that another one names. */
function wayTo({ namedBy }: NamedImage, { via = [] }: EffectiveValue): { readonly way: string; readonly fromResource?: LaunchResource } {
  const last = via.findIndex(({ source }) => source.kind === 'resource' && source.resource === namedBy);
  return { way: via.slice(0, last + 1).map(through).join(''), fromResource: last < 0 ? undefined : namedBy };
}
