import type { Images, NamedImage } from '../launch/images';
import type { LaunchResource } from '../launch/world';
import { IMDS_SUPPORT_HOP_LIMIT } from '../model/hop-limit';
import type { SettingName } from '../model/settings';
import { isImageWithImdsSupport } from '../policy/image-types';
import type { EffectiveValue } from './effective-value';

/** The settings of an AMI with `ImdsSupport` v2.0. */
const IMAGE_DEFAULTS: { readonly [name in SettingName]?: unknown } = { tokens: 'required', hopLimit: IMDS_SUPPORT_HOP_LIMIT };

/** The value of an unset setting: that of each image from which the instances can start, if it is visible. */
export function byImage(open: EffectiveValue, resource: LaunchResource, name: SettingName, known: Images): readonly EffectiveValue[] {
  const value = IMAGE_DEFAULTS[name];
  if (value === undefined) { return [open]; }
  const { images, isComplete } = known.of(resource, open.through ?? []);
  const values = images.map((image): EffectiveValue => {
    const path = pathOf(image);
    return path === undefined ? open : { kind: 'set', value, requires: true, origin: { kind: 'image', image: path }, ...launchesTo(image, open), written: open };
  });
  return isComplete ? values : [...values, open];
}

/** The path of an image of the app that has the attribute. */
function pathOf({ target }: NamedImage): string | undefined {
  if (target.kind !== 'resource' || !isImageWithImdsSupport(target.resource.type)) { return undefined; }
  return target.attribute === 'Ref' || target.attribute === 'ImageId' ? ownerPath(target.resource) : undefined;
}

/** The path of the construct that creates a custom resource. */
function ownerPath({ path }: LaunchResource): string {
  return path.replace(/(?:\/Resource)?\/Default$/, '');
}

/** The launches from a resource to the one that names its image. */
function launchesTo({ namedBy }: NamedImage, { through = [] }: EffectiveValue): Pick<EffectiveValue, 'through' | 'fromResource'> {
  const last = through.findIndex(({ source }) => source.kind === 'resource' && source.resource === namedBy);
  return { through: through.slice(0, last + 1), fromResource: last < 0 ? undefined : namedBy };
}
