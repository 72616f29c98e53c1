import { mayBeAbsent } from '../model/intrinsics';
import type { Place } from '../resources/places';
import { placesAt } from '../resources/places';
import type { LaunchSite, LaunchSites } from './launch-sites';
import type { LaunchResource } from './world';

/** The sites of a launch override: itself if it names a template, else its parent; both if this is unknown. */
export function sitesOfLaunchOverride(launcher: LaunchResource, { value, layer, where, isBarred }: Place, sites: LaunchSites): readonly LaunchSite[] {
  const named = isBarred ? [] : placesAt(value, ['LaunchTemplateSpecification'], layer, where, true);
  const isOpen = named.length === 0 || named.some(place => place.isBarred || mayBeAbsent(place.layer.resolve(place.value)));
  return [...named.length > 0 ? [sites.at(launcher, where)] : [], ...isOpen ? [sites.holding(launcher, where)] : []];
}
