import { grouped } from '../model/grouped';
import { mayBeAbsent } from '../model/intrinsics';
import { Memo } from '../model/memo';
import type { Place } from '../resources/places';
import { placesAt } from '../resources/places';
import { instancesOf, isListOfLaunchOverrides } from '../resources/record-table';
import type { Launch, LaunchGraph } from './launch-graph';
import { sitesOfLaunchOverride } from './launch-override-sites';
import type { LaunchSite, LaunchSites } from './launch-sites';
import type { Target } from './targets';
import { reasonFor, unknown } from './targets';
import type { LaunchResource } from './world';

/** An image that instances may start from, and the resource that names it. */
export interface NamedImage {
  readonly target: Target;
  readonly namedBy: LaunchResource;
}

/** The images that instances may start from. */
export interface StartingImages {
  readonly images: readonly NamedImage[];
  /** Whether one of them is named under all conditions. */
  readonly isComplete: boolean;
}

/** The places that can name an image: those of one property, selected by conditions. */
type ImagePlaces = readonly Place[];

const NONE: StartingImages = { images: [], isComplete: false };

/** Knows the images that instances may start from. */
export class Images {
  /** The images that a resource names: by path, and by the site of the launches. The resource itself is the site for all launches. */
  private readonly own = new Memo((resource: LaunchResource) => instancesOf(resource.type).images.map(path => this.imagesAt(resource, path)));

  public constructor(private readonly graph: LaunchGraph) {}

  /** The images of a resource, also from its source: those of a launcher before those of its template. */
  public of(resource: LaunchResource, [launch, ...rest]: readonly Launch[]): StartingImages {
    if (!launch) { return this.named(resource); }
    if (instancesOf(resource.type).usesServiceImage) { return { images: [{ target: unknown('an image of its own'), namedBy: resource }], isComplete: true }; }
    const { source, site, reference } = launch;
    const own = this.named(resource, site);
    const below = source.kind === 'resource' ? this.of(source.resource, rest) : NONE;
    // Batch: the image of a launch template that overrides another one comes before that of the environment.
    const isOverride = reference.segments[reference.segments.length - 1] === '[]';
    return isOverride ? over(below, own) : over(own, below);
  }

  /** The images for a launch: one property is enough, and with several, any of them may apply. */
  private named(resource: LaunchResource, site = this.graph.sites.whole(resource)): StartingImages {
    const sites = new Set([this.graph.sites.whole(resource), site]);
    const found = this.own.of(resource).flatMap(images => [...sites].map(each => images.get(each) ?? NONE));
    return { images: found.flatMap(({ images }) => images), isComplete: found.some(({ isComplete }) => isComplete) };
  }

  private imagesAt(resource: LaunchResource, path: readonly string[]): ReadonlyMap<LaunchSite, StartingImages> {
    return new Map([...grouped(imagePlacesAt(resource, path, this.graph.sites))].map(([site, places]) => [site, this.imagesOf(resource, places)]));
  }

  private imagesOf(namedBy: LaunchResource, named: readonly ImagePlaces[]): StartingImages {
    const targets = named.map(places => places.flatMap(({ value, layer, isBarred }) =>
      isBarred ? [unknown(reasonFor(layer.resolve(value)))] : this.graph.references.targetsOf(layer.resolve(value), namedBy.stack)));
    return {
      images: targets.flat().map(target => ({ target, namedBy })),
      isComplete: targets.every(some => some.length > 0) && !named.flat().some(({ value, layer }) => mayBeAbsent(layer.resolve(value))),
    };
  }
}

/** The first images, and where they leave it open the others. */
function over(first: StartingImages, others: StartingImages): StartingImages {
  return first.isComplete ? first : { ...others, images: [...first.images, ...others.images] };
}

/** All that may name an image at a path, with the site of the launches that it is for. */
function imagePlacesAt(
  resource: LaunchResource, path: readonly string[], sites: LaunchSites,
): readonly (readonly [site: LaunchSite, places: ImagePlaces])[] {
  const [holder, property] = [path.slice(0, -1), path[path.length - 1]];
  const whole = sites.whole(resource);
  if (holder[holder.length - 1] !== '[]') { return [[whole, resource.at(path, true)], ...resource.mayLack(path) ? [[whole, []] as const] : []]; }
  const overrides = isListOfLaunchOverrides(resource.type, holder) ? sites : undefined;
  const sitesOf = (place: Place) => overrides ? sitesOfLaunchOverride(resource, place, overrides) : [whole];
  const named = resource.at(holder).flatMap(place => sitesOf(place).map(site => [site, imagePlacesIn(place, property)] as const));
  const empty = resource.at(holder.slice(0, -2)).flatMap(place => {
    const own = overrides ? overrides.at(resource, place.where) : whole;
    return mayBeEmpty(place, holder[holder.length - 2], element => sitesOf(element).every(site => site === own)) ? [[own, []] as const] : [];
  });
  return [...named, ...empty];
}

function imagePlacesIn(place: Place, property: string): ImagePlaces {
  return place.isBarred ? [place] : placesAt(place.value, [property], place.layer, place.where, true);
}

/** Whether a list may have no element for its parent: all launch overrides may be for other launches. */
function mayBeEmpty(holder: Place, list: string, isForHolder: (element: Place) => boolean): boolean {
  const whole = imagePlacesIn(holder, list);
  const isOpen = whole.length === 0 || whole.some(({ value, layer }) => mayBeAbsent(layer.resolve(value)));
  return isOpen || placesAt(holder.value, [list], holder.layer, holder.where)
    .some(({ value, layer, where }) => Array.isArray(value) && value.every((element, index) =>
      mayBeAbsent(layer.resolve(element)) || !placesAt(element, [], layer, `${where}[${index}]`).every(isForHolder)));
}
