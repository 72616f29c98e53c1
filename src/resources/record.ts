import type { LauncherKind } from '../model/launcher-kinds';
import type { Dialect } from './dialects';
import type { ContainerPlatforms, Environment } from './environment';

/** What CloudFormation does with a deployed resource when something in it changes. */
export type Update = 'in place' | 'new version' | 'replacement';

/** What it does when user data changes. A restart stops and starts the instance. */
export type UserDataUpdate = 'restart' | 'new version' | 'replacement';

/** All data about a CloudFormation type that launches EC2 instances, or defines how they are launched. */
export interface ResourceRecord {
  readonly type: string;
  /** The places with metadata options. */
  readonly carriers: readonly Carrier[];
  /** The property that names a launch template or similar, whose options then apply. */
  readonly launchesFrom?: LaunchesFrom;
  /** When it launches instances without metadata options of its own, and uses no resource that has them. */
  readonly gaps: readonly Gap[];
  /** The properties that describe its instances. */
  readonly instances: InstanceFacts;
  /** The reason why all its instances are container hosts, if they are. */
  readonly containers?: ContainerService;
  /** The property with its name, by which others can refer to it. Without it, CloudFormation generates an unknown name. */
  readonly nameProperty?: string;
  /** Whether it has a hop limit. */
  readonly takesHopLimit: boolean;
  /** Whether it has its own metadata options, in addition to those of its launch template. */
  readonly hasOwnOptions: boolean;
  /** Whether it has no instances itself: its launchers, or the service, launch all of them. */
  readonly isTemplate: boolean;
  /** The source of unset settings, if it is neither the account default nor the image. */
  readonly unsetIsLeftTo?: string;
  /** When the service requires tokens by default. */
  readonly requiredByService?: RequiredByService;
  /** How a service that launches managed instances puts their tags into the metadata, where it has no metadata options. */
  readonly tagsOfManaged?: TagsOfManaged;
  /** The releases of the service that can require tokens. */
  readonly releases?: Releases;
  /** The kind of its launchers in a usage record. Missing if they are in no record, such as those in accounts of the service. */
  readonly watchedAs?: LauncherKind;
  /** The form of the metadata options in AWS Config's records. Missing if AWS Config does not record them. */
  readonly configSpelling?: ConfigSpelling;
  /** Properties with scripts, in addition to user data, that run on instances or in their containers. */
  readonly scripts: readonly ScriptPlace[];
  /** The environment variables of its programs, if the template can set them. */
  readonly environment?: Environment;
}

/** A place with a script: a text or a document, lines of commands, or a command as words. */
export type ScriptPlace =
  | { readonly kind: 'text' | 'document'; readonly path: readonly string[] }
  /** `document` is where the document that runs the lines is named. */
  | { readonly kind: 'lines'; readonly path: readonly string[]; readonly document: readonly string[] }
  /** `path` is the object that has the words below `keys`, first keys first. */
  | { readonly kind: 'words'; readonly path: readonly string[]; readonly keys: readonly string[]; readonly platforms: ContainerPlatforms };

/** How AWS Config spells the properties of a type in its configuration items. */
export type ConfigSpelling = 'camel case' | 'as in CloudFormation';

/** A place with metadata options. */
export interface Carrier {
  readonly type: string;
  /** The path of the block; `[]` is every element of a list. */
  readonly block: string;
  /** The segments of the same path. */
  readonly path: readonly string[];
  readonly dialect: Dialect;
  /** What CloudFormation does with the resource when the options change. */
  readonly update: Update;
  /** The effect of a replacement on the user, if an update is a replacement. */
  readonly replacement?: string;
  /** The hop limit that the service gives where tokens are required, if nothing can change it. */
  readonly fixedHopLimit?: number;
  /** The effect of changed options on running instances, if there is one. */
  readonly interruption?: string;
  /** Whether the object with the block has other required properties. Then it is not created if it is missing. */
  readonly needsParent: boolean;
  /** Whether an empty block leaves the tokens to a launch template, which has its own record, or to the service. */
  readonly inherits: boolean;
  /** The values of a property with which the block applies; without them, it always does. */
  readonly countsWith?: CountsWith;
  /** Whether nothing but the block decides about options. */
  readonly decidesAlone: DecidesAlone;
}

/**
 * When nothing but a block decides about options, so that a short look at it is enough.
 *
 * - `always`: also if the block is not written. Then nothing is set.
 * - `if written`: if the block is not written, something else matters: whether its parent may be created, or whether the block would apply at all.
 * - `never`: a launch template or the service decides a part of it, or the block has a form that cannot be read in short.
 */
export type DecidesAlone = 'always' | 'if written' | 'never';

/** With what options count that the service ignores otherwise. */
export interface CountsWith extends PropertyValues {
  /** The effect if the block does not apply, as text. */
  readonly otherwise: string;
  /** What to do with them there. */
  readonly remedy: string;
  /** The page that documents it. */
  readonly source: string;
}

/** The sources from which a type launches. */
export interface LaunchesFrom {
  /** The properties that name a source. */
  readonly references: readonly LaunchReference[];
  /** What CloudFormation does with the launcher when the version that it names changes. */
  readonly onNewVersion: Update;
  /** The page that documents that the service looks up `$Latest` when a deployment changes the launcher; absent if it does so with every launch. */
  readonly evaluatesOnce?: string;
}

/** A place where a launcher names its source. */
export interface LaunchReference {
  /** The path of a launch template specification, or of the name itself. */
  readonly path: string;
  /** The segments of the same path. */
  readonly segments: readonly string[];
  /** The CloudFormation type of the source. */
  readonly target: string;
  /** The keys of a launch template specification; empty if the value is the name itself. */
  readonly keys?: SpecificationKeys;
}

/** The names of the parts of a launch template specification. */
export interface SpecificationKeys {
  readonly id: string;
  readonly name?: string;
  readonly version: string;
}

/** A case in which a type launches instances without metadata options: it has none of its own, and uses no resource that has them. */
export interface Gap {
  readonly type: string;
  /** When that is so: always, or only with or without some property. */
  readonly when: PropertyCondition;
  /** The source that decides about its instances instead, as text. */
  readonly governedBy: string;
  /** What to do in the template for the instances to require tokens, if anything can be done there: `set LaunchTemplate to ...`. */
  readonly remedy?: string;
  /** The values of a property with which that cannot be done. */
  readonly remedyUnless?: PropertyValues;
  /** The page that documents it. */
  readonly source: string;
}

/** When a service requires tokens by default. */
export interface RequiredByService {
  /** The values of a property with which it does; without them, it always does. */
  readonly when?: PropertyValues;
  /** The name of what requires them. */
  readonly by: string;
}

/** When the tags of managed instances are in the metadata. Then EC2 does not launch instances with a key that is not allowed there. */
export interface TagsOfManaged {
  /** The property that decides this. */
  readonly path: string;
  /** Whether they are where that is unset. */
  readonly byDefault: boolean;
  /** The values of a property with which tags of the resource reach its instances. */
  readonly reachWith: PropertyValues;
}

/** The releases of a service that can require tokens: one that cannot does not start where they are required. */
export interface Releases {
  /** The property that names the release. */
  readonly path: string;
  /** Those that can, in words. */
  readonly accepted: string;
  accepts(release: string): boolean;
}

/** A condition on properties: those that must exist, those that must not, and exceptions. */
export interface PropertyCondition {
  readonly present?: string;
  readonly absent?: string;
  readonly unless?: PropertyValues;
}

/** Values of a property. */
export interface PropertyValues {
  readonly path: string;
  readonly values: readonly string[];
}

/** The segments of paths below `Properties`. */
export type Paths = readonly (readonly string[])[];

/** Properties that describe the instances of a type, in addition to the metadata options. */
export interface InstanceFacts {
  readonly instanceTypes: Paths;
  /** Whether a family can be named for all its sizes. */
  readonly takesFamilies: boolean;
  /** Attributes that instance types are chosen by. */
  readonly instanceRequirements: Paths;
  /** Elements of lists with different values, for launches of the parent, or for a launch that they name themselves. */
  readonly launchOverrides: Paths;
  /** Subnets, and network interfaces that are in one. */
  readonly subnets: Paths;
  /** Lists of tags for the instances; with `PropagateAtLaunch`, only tags that have it. */
  readonly tags: Paths;
  /** Maps from tag keys to values. */
  readonly tagMaps: Paths;
  /** Lists of tag specifications; those for instances count. */
  readonly tagSpecifications: Paths;
  /** The values of a property that are needed for these tags to reach the instances. */
  readonly tagsReachWith?: PropertyValues;
  /** The constructs whose tags by `Tags.of()` reach the instances: the resource and its stacks, or its L2. By default, none. */
  readonly tagsOf?: 'itself and its stacks' | 'its L2';
  /** Whether a tag by `Tags.of()` can be limited to the resource, with `applyToLaunchedInstances`. */
  readonly choosesTags: boolean;
  /** The keys of tags that the service puts on the instances. */
  readonly serviceTags: readonly string[];
  readonly userData: Paths;
  /** What CloudFormation does with the resource when its user data changes. */
  readonly onNewUserData?: UserDataUpdate;
  readonly images: Paths;
  /** Whether the service starts instances from its own image, even if the launch template has another one. */
  readonly usesServiceImage: boolean;
  /** Properties that an instance gets through the metadata service: key pairs, instance profiles and roles. */
  readonly access: Paths;
}

/** A service that runs containers on the instances that it launches. */
export interface ContainerService {
  readonly title: string;
  /** The property that is needed to run it. */
  readonly present?: string;
  /** The values that are needed to run it. */
  readonly only?: { readonly paths: Paths; readonly pattern: RegExp };
  /** The values with which it launches no instances. */
  readonly unless?: PropertyValues;
}

/** The facts of a type that contains instances, such as a subnet: whether it has IPv6. */
export interface NetworkRecord {
  readonly type: string;
  /** For a subnet: the properties that give it IPv6 addresses. */
  readonly ipv6?: readonly string[];
  /** For a subnet: the property that shows that it has only IPv6. */
  readonly ipv6Native?: string;
  /** For a resource in a subnet: the property that names the subnet. */
  readonly subnet?: string;
  /** For what gives a subnet IPv6 addresses: the property that names that. */
  readonly givesIpv6To?: string;
}
