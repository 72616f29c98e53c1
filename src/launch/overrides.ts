import { mayBeAbsent } from '../model/intrinsics';
import type { Place } from '../resources/paths';
import { before, placesAt } from '../resources/paths';

/** What stands before the launches that an override is for: itself where it names a template, else what holds it; both where that cannot be told. */
export function launchesOfOverride({ value, layer, where, isBarred }: Place): readonly string[] {
  const named = isBarred ? [] : placesAt(value, ['LaunchTemplateSpecification'], layer, where, true);
  const isOpen = named.length === 0 || named.some(place => place.isBarred || mayBeAbsent(place.layer.resolve(place.value)));
  return [...named.length > 0 ? [`${where}.`] : [], ...isOpen ? [before(where)] : []];
}
