import type { Dialect } from './dialects';
import { parsePath } from './path';
import type { Carrier, DecidesAlone, Gap, InstanceFacts, LaunchReference, Paths, PropertyCondition, ResourceRecord, SpecificationKeys, Update } from './record';

/** A record in its short form: empty fields are left out. */
type Written = Partial<Omit<ResourceRecord, 'type' | 'takesHopLimit' | 'hasOwnOptions' | 'carriers' | 'gaps' | 'instances'>> & {
  readonly carriers?: readonly WrittenCarrier[];
  readonly gaps?: readonly Omit<Gap, 'type'>[];
  readonly instances?: Partial<InstanceFacts>;
};

/** A place with metadata options, in its short form. */
type WrittenCarrier = Omit<Carrier, 'type' | 'decidesAlone'>;

/** The defaults for the instances of a type. */
export const NO_FACTS: InstanceFacts = {
  instanceTypes: [],
  takesFamilies: false,
  instanceRequirements: [],
  launchOverrides: [],
  subnets: [],
  tags: [],
  tagMaps: [],
  tagSpecifications: [],
  choosesTags: false,
  serviceTags: [],
  userData: [],
  images: [],
  usesServiceImage: false,
  access: [],
};

/** EC2's names for the parts of a launch template specification. */
const EC2_KEYS: SpecificationKeys = { id: 'LaunchTemplateId', name: 'LaunchTemplateName', version: 'Version' };

/** The record of a type. */
export function record(type: string, { carriers = [], gaps = [], scripts = [], instances, isTemplate = false, ...others }: Written): ResourceRecord {
  return {
    ...others,
    type,
    isTemplate,
    takesHopLimit: carriers.some(({ dialect }) => dialect.fields.hopLimit),
    hasOwnOptions: carriers.some(({ inherits }) => !inherits),
    scripts,
    carriers: carriers.map(place => ({ ...place, type, decidesAlone: decidesAlone(place) })),
    gaps: gaps.map(each => ({ ...each, type })),
    instances: instances ? { ...NO_FACTS, ...instances } : NO_FACTS,
  };
}

/** A place with metadata options. */
export function carrier(
  block: string, dialect: Dialect, update: Update, more: Partial<Pick<Carrier, 'needsParent' | 'inherits' | 'replacement' | 'interruption' | 'countsWith' | 'fixedHopLimit'>> = {},
): WrittenCarrier {
  return { block, path: parsePath(block), dialect, update, needsParent: false, inherits: false, ...more };
}

function decidesAlone({ dialect, inherits, fixedHopLimit, needsParent, countsWith }: WrittenCarrier): DecidesAlone {
  if (inherits || fixedHopLimit !== undefined || !dialect.holds) { return 'never'; }
  return needsParent || countsWith ? 'if written' : 'always';
}

/** A case in which a type has no property for metadata options. */
export function gap(when: PropertyCondition, known: Pick<Gap, 'governedBy' | 'remedy' | 'remedyUnless' | 'source'>): Omit<Gap, 'type'> {
  return { when, ...known };
}

/** A place that names a launch template and its version. */
export function template(path: string, keys: SpecificationKeys = EC2_KEYS): LaunchReference {
  return { path, segments: parsePath(path), target: 'AWS::EC2::LaunchTemplate', keys };
}

/** A place that names a resource of another type. */
export function named(path: string, target: string): LaunchReference {
  return { path, segments: parsePath(path), target };
}

/** Paths of properties; `[]` is every element of a list. */
export function paths(...written: readonly string[]): Paths {
  return written.map(parsePath);
}
