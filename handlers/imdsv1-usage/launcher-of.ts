import type { Launcher } from './memory';

/** Tags of an instance. */
export interface Tags {
  readonly [key: string]: string;
}

/** Returns the launcher that tags name, if they do. */
type Sign = (tags: Tags) => Launcher | undefined;

/** The tags of launch templates, and of the CloudFormation resource. */
export const TEMPLATE_ID = 'aws:ec2launchtemplate:id';
export const TEMPLATE_VERSION = 'aws:ec2launchtemplate:version';
export const STACK = 'aws:cloudformation:stack-name';
export const LOGICAL_ID = 'aws:cloudformation:logical-id';

const GROUP = 'aws:autoscaling:groupName';
const FLEET = 'aws:ec2:fleet-id';
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const BATCH_GROUP = new RegExp(`^AWSBatch-(.+)-asg-${UUID}$`);
const OLD_NODE_GROUP = new RegExp(`^eks-${UUID}$`);

/**
 * The signs of a launcher. The first match counts. Only AWS can set tags that begin with `aws:`. Other tags count only if such a tag confirms them,
 * because anybody who can tag an instance can change them. Only node pools have no other tags.
 */
const SIGNS: readonly Sign[] = [
  named('ECS capacity provider', tags => inCluster(tags['aws:ecs:clusterName'], tags['aws:ecs:capacityProviderName'])),
  named('EKS node group', nodeGroup),
  named('Batch compute environment', tags => tags['aws:batch:compute-environment']?.split('/').pop() ?? BATCH_GROUP.exec(tags[GROUP])?.[1]),
  named('Elastic Beanstalk environment', environment),
  named('EMR cluster', tags => tags['aws:elasticmapreduce:job-flow-id']),
  named('Auto Scaling group', tags => tags[GROUP]),
  named('Karpenter node pool', nodePool),
  named('Spot Fleet', tags => tags['aws:ec2spot:fleet-request-id']),
  named('EC2 Fleet', tags => tags[FLEET]),
  named('launch template', tags => tags[LOGICAL_ID] === undefined ? tags[TEMPLATE_ID] : undefined),
];

/** The launcher of an instance with these tags. If they name none, it is the instance itself. */
export function launcherOf(id: string, tags: Tags): Launcher {
  for (const sign of SIGNS) {
    const launcher = sign(tags);
    if (launcher !== undefined) { return launcher; }
  }
  return { kind: 'instance', name: id };
}

function named(kind: Launcher['kind'], nameIn: (tags: Tags) => string | undefined): Sign {
  return tags => {
    const name = nameIn(tags);
    return name ? { kind, name, cluster: clusterIn(tags) } : undefined;
  };
}

function nodeGroup(tags: Tags): string | undefined {
  const name = tags['eks:nodegroup-name'];
  const group = tags[GROUP] ?? '';
  return name && (group.startsWith(`eks-${name}-`) || OLD_NODE_GROUP.test(group)) ? inCluster(tags['eks:cluster-name'], name) : undefined;
}

function environment(tags: Tags): string | undefined {
  const id = tags['elasticbeanstalk:environment-id'];
  return id && tags[GROUP]?.startsWith(`awseb-${id}-`) ? tags['elasticbeanstalk:environment-name'] : undefined;
}

function nodePool(tags: Tags): string | undefined {
  const name = tags['karpenter.sh/nodepool'] ?? tags['karpenter.sh/provisioner-name'] ?? tags['eks:kubernetes-node-pool-name'];
  return tags[FLEET] === undefined ? undefined : inCluster(clusterIn(tags), name);
}

function clusterIn(tags: Tags): string | undefined {
  const said = tags['aws:ecs:clusterName'] ?? tags['eks:cluster-name'] ?? tags['eks:eks-cluster-name'];
  return said ?? Object.keys(tags).find(key => key.startsWith(OF_CLUSTER))?.slice(OF_CLUSTER.length);
}

const OF_CLUSTER = 'kubernetes.io/cluster/';

function inCluster(cluster: string | undefined, name: string | undefined): string | undefined {
  return name && cluster ? `${cluster}/${name}` : name;
}
