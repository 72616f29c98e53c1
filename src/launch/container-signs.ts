import type { JsonObject } from '../model/intrinsics';
import { intrinsicName } from '../model/intrinsics';
import { Memo } from '../model/memo';
import type { AgentPlace, ContainerEvidence } from './container-evidence';
import { textsIn, whatIsDone } from './texts';
import { userDataOf } from './user-data';
import type { LaunchResource, LaunchStack } from './world';

/** What configures an agent that runs containers, and whose it is. */
const AGENTS: readonly { readonly pattern: RegExp; readonly agent: string }[] = [
  { pattern: /(?<!\$\{?)\bECS_CLUSTER\b|\/etc\/ecs\/ecs\.config|\becs-init\b|\bamazon-ecs-agent\b|\bInitialize-ECSAgent\b|\bsettings\.ecs\b|^[ \t]*ecs\.cluster\b/im, agent: 'ECS agent' },
  {
    pattern: /\/etc\/eks\/bootstrap\.sh|\bnodeadm\b|\bnode\.eks\.aws\/|\bkubelet\b|\bkubeadm\b|\bStart-EKSBootstrap\b|\bsettings\.kubernetes\b|\bk3s\b|\brke2\b/i,
    agent: 'Kubernetes agent',
  },
];

/** The public parameters of images that are made to run containers. */
const CONTAINER_IMAGES = new RegExp('/aws/service/(?:' + [
  'ecs/optimized-ami', 'eks/optimized-ami', 'bottlerocket/aws-(?:ecs|k8s)', 'canonical/ubuntu/eks', 'ami-windows-latest/[^/\\s]*-(?:ECS|EKS)_Optimized',
].join('|') + ')[^\\s"\'}:]*');

/** Commands that start containers; one that builds or installs starts none. */
const STARTS = new RegExp('\\b(?:(?:docker|podman|nerdctl)\\s+(?:container\\s+)?run|(?:docker|podman|nerdctl)[\\s-]compose\\s(?:(?:(?!(?:docker|podman|nerdctl)[\\s-]compose\\s)[^\\n;&|])*\\s)?up'
  + '|docker\\s+(?:stack\\s+deploy|service\\s+create)|podman\\s+(?:play\\s+kube|kube\\s+play))\\b');

/** Containers in the network of the host are no hop further away. */
const HOST_NETWORK = /--net(?:work)?[=\s]+["']?host\b/;
const COMPOSED_HOST_NETWORK = /\bnetwork_mode["']?\s*:\s*["']?host\b/;

const NONE: readonly ContainerEvidence[] = [];

/** Finds what in resources themselves shows that they run containers. Many resources have the same user data and image: a text is looked through once. */
export class ContainerSigns {
  private readonly byResource = new Memo((resource: LaunchResource) => this.find(resource));
  private readonly inUserData = new Map<string, readonly ContainerEvidence[]>();
  private readonly inImages = new Map<string, readonly ContainerEvidence[]>();

  /** The signs of a resource. */
  public of(resource: LaunchResource): readonly ContainerEvidence[] {
    return this.byResource.of(resource);
  }

  private find(resource: LaunchResource): readonly ContainerEvidence[] {
    const found: ContainerEvidence[] = [];
    for (const { values } of resource.reading.of(userDataOf)) { found.push(...this.userDataSigns(values, resource.stack)); }
    for (const path of resource.record?.instances.images ?? []) { found.push(...this.imageSigns(resource.valuesAt(path), resource.stack)); }
    const init = resource.init();
    if (init !== undefined) { found.push(...signs('AWS::CloudFormation::Init', whatIsDone(textsIn(init, resource.stack)))); }
    return found.length > 0 ? found : NONE;
  }

  private userDataSigns(values: readonly unknown[], stack: LaunchStack): readonly ContainerEvidence[] {
    const look = () => signs('user data', whatIsDone(textOf(values, stack)));
    return onceFor(values.length === 1 ? literalIn(values[0]) : undefined, this.inUserData, look);
  }

  private imageSigns(values: readonly unknown[], stack: LaunchStack): readonly ContainerEvidence[] {
    const look = () => imageSignsIn(textOf(values, stack));
    return values.length === 0 ? NONE : onceFor(values.length === 1 ? values[0] : undefined, this.inImages, look);
  }
}

/** What is found in values. A single literal is searched once, however many resources have it. */
function onceFor(
  literal: unknown, found: Map<string, readonly ContainerEvidence[]>, look: () => readonly ContainerEvidence[],
): readonly ContainerEvidence[] {
  if (typeof literal !== 'string') { return look(); }
  let known = found.get(literal);
  if (!known) {
    known = look();
    found.set(literal, known);
  }
  return known;
}

/** The text of user data that is nothing but that, encoded by CloudFormation or not. */
function literalIn(value: unknown): string | undefined {
  const text = intrinsicName(value) === 'Fn::Base64' ? (value as JsonObject)['Fn::Base64'] : value;
  return typeof text === 'string' ? text : undefined;
}

function signs(place: AgentPlace, text: string): ContainerEvidence[] {
  if (text === '') { return []; }
  const agents = AGENTS.flatMap(({ pattern, agent }) => {
    const sign = pattern.exec(text)?.[0];
    return sign === undefined ? [] : [{ kind: 'agent' as const, place, agent, sign }];
  });
  return agents.length > 0 ? agents : commandsIn(place, text);
}

/** The first command that starts containers on a network of their own. */
function commandsIn(place: AgentPlace, text: string): ContainerEvidence[] {
  const lines = text.replace(/\\\r?\n/g, ' ').split('\n').filter(line => !HOST_NETWORK.test(line));
  const command = lines.map(line => STARTS.exec(line)?.[0]).find(found => found !== undefined);
  const isOnHost = command?.includes('compose') === true && COMPOSED_HOST_NETWORK.test(text);
  return command === undefined || isOnHost ? [] : [{ kind: 'command', place, command: command.replace(/\s+/g, ' ') }];
}

function imageSignsIn(text: string): readonly ContainerEvidence[] {
  const image = text.includes('/aws/service/') ? CONTAINER_IMAGES.exec(text)?.[0] : undefined;
  return image === undefined ? NONE : [{ kind: 'image', image }];
}

function textOf(values: readonly unknown[], stack: LaunchStack): string {
  return values.map(value => textsIn(value, stack)).join('\n');
}
