import type { Dialect } from './dialects';

/** What CloudFormation does with a deployed resource when something in it changes. */
export type Update = 'in place' | 'new version' | 'replacement';

/** Everything that is known of a CloudFormation type that launches EC2 instances, or says how they are launched. */
export interface ResourceRecord {
  readonly type: string;
  /** The places that hold metadata options. */
  readonly carriers: readonly Carrier[];
  /** What it launches from, where it launches from something else: what it names there answers for it. */
  readonly launchesFrom?: LaunchesFrom;
  /** When it launches instances and has no place for their metadata options. */
  readonly gaps: readonly Gap[];
  /** Where it says what its instances are like. */
  readonly instances: InstanceFacts;
  /** What makes it a launcher of container hosts by its nature. */
  readonly containers?: ContainerService;
  /** The property that names it: others may name it by that. Without it CloudFormation makes a name up, which nobody can know. */
  readonly nameProperty?: string;
  /** Whether it can say a hop limit. */
  readonly takesHopLimit: boolean;
  /** Whether it has no instances of its own: all of them are launched by what names it, or by the service. */
  readonly isTemplate: boolean;
  /** Who decides on what is left unset, where that is neither the account default nor the image. */
  readonly unsetIsLeftTo?: string;
  /** When the service requires tokens by itself, where nothing is said of them. */
  readonly requiredByService?: RequiredByService;
  /** How a service that launches managed instances puts their tags into the metadata, where it has no metadata options. */
  readonly tagsOfManaged?: TagsOfManaged;
  /** The releases of the service that can require tokens. */
  readonly releases?: Releases;
  /** What a usage record calls what launches its instances; not given where they are in no record, as those that a service keeps in accounts of its own. */
  readonly watchedAs?: WatchedAs;
  /** How AWS Config spells the metadata options in what it records of it; not given where it does not record them. */
  readonly configSpelling?: ConfigSpelling;
  /** Where it says, besides user data, what is run on instances, or in containers on them. */
  readonly scripts: readonly ScriptPlace[];
}

/** A place that holds a script: a text or a document, lines of commands, or a command in words. */
export type ScriptPlace =
  | { readonly kind: 'text' | 'document'; readonly path: readonly string[] }
  /** `document` is where the document that runs the lines is named. */
  | { readonly kind: 'lines'; readonly path: readonly string[]; readonly document: readonly string[] }
  /** `path` leads to what has the words below `keys`, those in front first; `platforms` to where it runs, one of which may have no instances. */
  | {
    readonly kind: 'words';
    readonly path: readonly string[];
    readonly keys: readonly string[];
    readonly platforms: readonly string[];
    readonly withoutInstances: string;
  };

/** What launches instances, in the words of a usage record. */
export type WatchedAs =
  | 'instance' | 'Auto Scaling group' | 'EC2 Fleet' | 'Spot Fleet' | 'EKS node group' | 'Batch compute environment' | 'ECS capacity provider'
  | 'Elastic Beanstalk environment' | 'EMR cluster';

/** How AWS Config spells the properties of a type in its configuration items. */
export type ConfigSpelling = 'camel case' | 'as in CloudFormation';

/** A place that holds metadata options. */
export interface Carrier {
  readonly type: string;
  /** The path of the block; `[]` stands for every element of a list. */
  readonly block: string;
  /** The same path, taken apart. */
  readonly path: readonly string[];
  readonly dialect: Dialect;
  /** What CloudFormation does with the resource when the options change. */
  readonly update: Update;
  /** What a replacement means for the user, where the update is one. */
  readonly replacement?: string;
  /** The hop limit that the service gives where tokens are required, if nothing can change it. */
  readonly fixedHopLimit?: number;
  /** What the service does with running instances when the options change, where it does not leave them alone. */
  readonly interruption?: string;
  /** Whether the object that holds the block has required properties of its own: where it is missing, it is not made up. */
  readonly needsParent: boolean;
  /** Whether a block that says nothing leaves the tokens to a launch template, whose own record answers, or to the service. */
  readonly inherits: boolean;
  /** The values of a property of the resource with which the block counts; it always does where none are given. */
  readonly countsWith?: CountsWith;
}

/** With what options count that the service ignores otherwise. */
export interface CountsWith extends PropertyValues {
  /** What is so where they do not count, as it is written. */
  readonly otherwise: string;
  /** What to do with them there. */
  readonly remedy: string;
  /** The page that documents it. */
  readonly source: string;
}

/** What a type launches from. */
export interface LaunchesFrom {
  /** Where it names it. */
  readonly references: readonly LaunchReference[];
  /** What CloudFormation does with the launcher when the version that it names changes. */
  readonly onNewVersion: Update;
  /** Whether the service looks up what `$Latest` is when a deployment changes the launcher, and not with every launch. */
  readonly evaluatesOnce?: boolean;
}

/** A place where a launcher names what it launches from. */
export interface LaunchReference {
  /** The path of a launch template specification, or of the name itself. */
  readonly path: string;
  /** The same path, taken apart. */
  readonly segments: readonly string[];
  /** The CloudFormation type of what is named. */
  readonly target: string;
  /** The keys of a launch template specification; none where the value is the name itself. */
  readonly keys?: SpecificationKeys;
}

/** What a service calls the parts of a launch template specification. */
export interface SpecificationKeys {
  readonly id: string;
  readonly name?: string;
  readonly version: string;
}

/** A case in which a type launches instances and CloudFormation has no property for their metadata options. */
export interface Gap {
  readonly type: string;
  /** When that is so: always, or only with or without some property. */
  readonly when: PropertyCondition;
  /** What decides on its instances instead, as it is written. */
  readonly governedBy: string;
  /** What to do in the template for the instances to require tokens, if anything can be done there: `set LaunchTemplate to ...`. */
  readonly remedy?: string;
  /** The values of a property with which that cannot be done. */
  readonly remedyUnless?: PropertyValues;
  /** The page that documents it. */
  readonly source: string;
}

/** That a service requires tokens by itself. */
export interface RequiredByService {
  /** The values of a property with which it does; it always does where none are given. */
  readonly when?: PropertyValues;
  /** Who requires them, in words. */
  readonly by: string;
}

/** When the tags of managed instances are in the metadata: EC2 launches none then that has a key which is not allowed there. */
export interface TagsOfManaged {
  /** The property that says whether they are. */
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

/** A condition on properties: what has to be there, what must not be there, and what keeps it from holding. */
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

/** Paths below `Properties`, taken apart. */
export type Paths = readonly (readonly string[])[];

/** Where a type says, besides the metadata options, what its instances are like. */
export interface InstanceFacts {
  readonly instanceTypes: Paths;
  /** Whether a family may stand for all its sizes. */
  readonly takesFamilies: boolean;
  /** Attributes that instance types are chosen by. */
  readonly instanceRequirements: Paths;
  /** Elements of lists that say something else than the rest for launches of what holds the list, or for one that they name themselves. */
  readonly launchOverrides: Paths;
  /** Subnets, and network interfaces that are in one. */
  readonly subnets: Paths;
  /** Lists of tags that reach the instances: with `PropagateAtLaunch`, only those that say so. */
  readonly tags: Paths;
  /** Maps from tag keys to values. */
  readonly tagMaps: Paths;
  /** Lists of tag specifications, of which those for instances count. */
  readonly tagSpecifications: Paths;
  /** The values of a property without one of which none of these tags reach the instances. */
  readonly tagsReachWith?: PropertyValues;
  /** Whose tags by `Tags.of()` reach the instances: its own and those of its stacks, or those of its L2; nobody's where it is not given. */
  readonly tagsOf?: 'itself and its stacks' | 'its L2';
  /** Whether a tag by `Tags.of()` may be for the resource alone, by `applyToLaunchedInstances`. */
  readonly choosesTags: boolean;
  /** The keys of tags that the service puts on the instances. */
  readonly serviceTags: readonly string[];
  readonly userData: Paths;
  readonly images: Paths;
  /** Whether the service starts instances from an image of its own making, whatever the launch template says. */
  readonly bringsItsImage: boolean;
  /** What reaches an instance through the metadata service: key pairs, instance profiles and roles. */
  readonly access: Paths;
}

/** A service that runs containers on the instances that it launches. */
export interface ContainerService {
  readonly title: string;
  /** The property without which it runs none. */
  readonly present?: string;
  /** The values without one of which it runs none. */
  readonly only?: { readonly paths: Paths; readonly pattern: RegExp };
  /** The values with which it launches no instances. */
  readonly unless?: PropertyValues;
}

/** What is known of a type that launches nothing, and that instances are in: whether it has IPv6. */
export interface NetworkRecord {
  readonly type: string;
  /** For a subnet: the properties that give it IPv6 addresses. */
  readonly ipv6?: readonly string[];
  /** For a subnet: the property that says that it has nothing else. */
  readonly ipv6Native?: string;
  /** For what is in a subnet: the property that names that. */
  readonly subnet?: string;
  /** For what gives a subnet IPv6 addresses: the property that names that. */
  readonly givesIpv6To?: string;
}
