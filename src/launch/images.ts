import { grouped } from '../model/grouped';
import { mayBeAbsent } from '../model/intrinsics';
import { Memo } from '../model/memo';
import type { Place } from '../resources/paths';
import { before, placesAt } from '../resources/paths';
import { instancesOf } from '../resources/record-table';
import type { Launch } from './launch-graph';
import { launchesOfOverride } from './overrides';
import type { References } from './references';
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
  /** Whether one of them is named, whatever conditions turn out to be. */
  readonly isComplete: boolean;
}

/** What may name an image: the places of one property, of which conditions choose. */
type Spot = readonly Place[];

const NONE: StartingImages = { images: [], isComplete: false };

/** What names no image for any launch, in a branch of a condition. */
const NOTHING: readonly [launch: string, spot: Spot] = ['', []];

/** Knows the images that instances may start from. */
export class Images {
  /** What a resource itself names: path by path, and by what stands before the launch that it is for; before nothing stands what is for all. */
  private readonly own = new Memo((resource: LaunchResource) => instancesOf(resource.type).images.map(path => this.imagesAt(resource, path)));

  public constructor(private readonly references: References) {}

  /** The images of a resource, by way of what it launches from: a launcher's own before those of its template. */
  public of(resource: LaunchResource, [launch, ...rest]: readonly Launch[]): StartingImages {
    if (!launch) { return this.named(resource, ''); }
    if (instancesOf(resource.type).bringsItsImage) { return { images: [{ target: unknown('an image of its own'), namedBy: resource }], isComplete: true }; }
    const { source, where, reference } = launch;
    const own = this.named(resource, before(where));
    const below = source.kind === 'resource' ? this.of(source.resource, rest) : NONE;
    // Batch: the image of a launch template that overrides another one comes before that of the environment.
    const isOverride = reference.segments[reference.segments.length - 1] === '[]';
    return isOverride ? over(below, own) : over(own, below);
  }

  /** What a resource names for a launch: one property is enough, and where there are more, any of them may be it. */
  private named(resource: LaunchResource, launch: string): StartingImages {
    const found = this.own.of(resource).flatMap(images => [...new Set(['', launch])].map(key => images.get(key) ?? NONE));
    return { images: found.flatMap(({ images }) => images), isComplete: found.some(({ isComplete }) => isComplete) };
  }

  private imagesAt(resource: LaunchResource, path: readonly string[]): ReadonlyMap<string, StartingImages> {
    return new Map([...grouped(spotsAt(resource, path))].map(([launch, spots]) => [launch, this.imagesOf(resource, spots)]));
  }

  private imagesOf(namedBy: LaunchResource, spots: readonly Spot[]): StartingImages {
    const targets = spots.map(places => places.flatMap(({ value, layer, isBarred }) =>
      isBarred ? [unknown(reasonFor(layer.resolve(value)))] : this.references.targetsOf(layer.resolve(value), namedBy.stack)));
    return {
      images: targets.flat().map(target => ({ target, namedBy })),
      isComplete: targets.every(some => some.length > 0) && !spots.flat().some(({ value, layer }) => mayBeAbsent(layer.resolve(value))),
    };
  }
}

/** The first images, and where they leave it open the others. */
function over(first: StartingImages, others: StartingImages): StartingImages {
  return first.isComplete ? first : { ...others, images: [...first.images, ...others.images] };
}

/** All that may name an image at a path, with what stands before the launch that it is for. */
function spotsAt(resource: LaunchResource, path: readonly string[]): readonly (readonly [launch: string, spot: Spot])[] {
  const [holder, property] = [path.slice(0, -1), path[path.length - 1]];
  const [list, element] = holder.slice(-2);
  if (element !== '[]') { return [['', resource.at(path, true)], ...resource.mayLack(path) ? [NOTHING] : []]; }
  const launchesOf = (place: Place) => list === 'Overrides' ? launchesOfOverride(place) : [''];
  const spots = resource.at(holder).flatMap(place => launchesOf(place).map(launch => [launch, spotIn(place, property)] as const));
  const empty = resource.at(holder.slice(0, -2)).filter(place => mayBeEmpty(place, list));
  return [...spots, ...empty.map(({ where }) => [list === 'Overrides' ? `${where}.` : '', []] as const)];
}

function spotIn(place: Place, property: string): Spot {
  return place.isBarred ? [place] : placesAt(place.value, [property], place.layer, place.where, true);
}

/** Whether a list may have nothing in it for what holds it: all overrides may be for launches of their own. */
function mayBeEmpty(holder: Place, list: string): boolean {
  const whole = spotIn(holder, list);
  const isOpen = whole.length === 0 || whole.some(({ value, layer }) => mayBeAbsent(layer.resolve(value)));
  return isOpen || placesAt(holder.value, [list], holder.layer, holder.where)
    .some(({ value, layer, where }) => Array.isArray(value) && value.every((element, index) =>
      mayBeAbsent(layer.resolve(element)) || mayBeForOthers(placesAt(element, [], layer, `${where}[${index}]`), list, `${holder.where}.`)));
}

function mayBeForOthers(elements: readonly Place[], list: string, launch: string): boolean {
  return list === 'Overrides' && elements.some(element => launchesOfOverride(element).some(other => other !== launch));
}
