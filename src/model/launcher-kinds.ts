/** What is known about the launchers of a kind, for the record of what their instances call. */
interface KindFacts {
  /** Whether the instances have tags with the stack and the resource of their launcher. */
  readonly isInTags?: true;
  /** Whether it launches from a copy of a launch template: its instances do not show the original. */
  readonly copiesTemplates?: true;
}

/** All kinds of launchers in a usage record. */
export const LAUNCHER_KINDS = {
  'Auto Scaling group': { isInTags: true },
  'EKS node group': { copiesTemplates: true },
  'Karpenter node pool': {},
  'Batch compute environment': { copiesTemplates: true },
  'ECS capacity provider': {},
  'Elastic Beanstalk environment': {},
  'EMR cluster': {},
  'EC2 Fleet': {},
  'Spot Fleet': {},
  'launch template': {},
  'instance': { isInTags: true },
} as const satisfies { readonly [kind: string]: KindFacts };

/** What launches instances. */
export type LauncherKind = keyof typeof LAUNCHER_KINDS;

/** The facts of a kind. `undefined` for a kind in a record of a newer version. */
export function factsOfKind(kind: LauncherKind): KindFacts | undefined {
  return LAUNCHER_KINDS[kind];
}

/** Where a launcher is. */
interface Where {
  readonly account: string;
  readonly region: string;
}

/**
 * The physical id in CloudFormation of a launcher that no tags name. A kind is missing if it is no resource.
 *
 * The usage collector contains this table. It is short, because the size of its code is limited.
 */
export const PHYSICAL_IDS: { readonly [kind in LauncherKind]?: (name: string, where: Where) => string } = {
  'EKS node group': itsName,
  'Elastic Beanstalk environment': itsName,
  'EMR cluster': itsName,
  'EC2 Fleet': itsName,
  'Spot Fleet': itsName,
  'ECS capacity provider': name => name.split('/').pop()!,
  'Batch compute environment': (name, { region, account }) => `arn:${partitionOf(region)}:batch:${region}:${account}:compute-environment/${name}`,
};

function itsName(name: string): string {
  return name;
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
