import type { JsonObject } from '../model/intrinsics';
import { intrinsicName } from '../model/intrinsics';
import { Memo } from '../model/memo';
import type { AgentPlace, ContainerEvidence } from './container-evidence';
import { textsIn, whatIsDone } from './texts';
import { userDataOf } from './user-data';
import type { LaunchResource, LaunchStack } from './world';

/** Configuration of a container agent, with its name. */
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

/** Commands that start containers; commands that build or install do not. */
const STARTS = new RegExp('\\b(?:(?:docker|podman|nerdctl)\\s+(?:container\\s+)?run|(?:docker|podman|nerdctl)[\\s-]compose\\s(?:(?:(?!(?:docker|podman|nerdctl)[\\s-]compose\\s)[^\\n;&|])*\\s)?up'
  + '|docker\\s+(?:stack\\s+deploy|service\\s+create)|podman\\s+(?:play\\s+kube|kube\\s+play))\\b');

/** Containers in the network of the host are no hop further away. */
const HOST_NETWORK = /--net(?:work)?[=\s]+["']?host\b/;
const COMPOSED_HOST_NETWORK = /\bnetwork_mode["']?\s*:\s*["']?host\b/;

/** The properties of a resource that can show containers. */
export type SignPlace = AgentPlace | 'image';

/** The places that are searched for signs, in the order of the report. */
const INIT = 'AWS::CloudFormation::Init';
const PLACES: readonly SignPlace[] = ['user data', 'image', INIT];

const NONE: readonly ContainerEvidence[] = [];
const NOWHERE: readonly never[] = [];

/** The signs that were found in a resource so far. */
type KnownSigns = { [place in SignPlace]?: readonly ContainerEvidence[] };

/** Finds signs of containers in resources. Many resources have the same user data and image, so the results are cached by text. */
export class ContainerSigns {
  private readonly inUserData = new Map<unknown, readonly ContainerEvidence[]>();
  private readonly inImages = new Map<unknown, readonly ContainerEvidence[]>();
  private readonly byResource = new Memo((_resource: LaunchResource): KnownSigns => ({ 'user data': undefined, 'image': undefined, [INIT]: undefined }));

  /** The signs of a resource, without places that others replace. User data is expensive to read. */
  public of(resource: LaunchResource, replaced: readonly SignPlace[] = NOWHERE): readonly ContainerEvidence[] {
    const known = this.byResource.of(resource);
    let found = NONE;
    for (const place of PLACES) {
      if (replaced.includes(place)) { continue; }
      const here = known[place] ??= this.look(resource, place);
      if (here.length > 0) { found = found.length === 0 ? here : [...found, ...here]; }
    }
    return found;
  }

  private look(resource: LaunchResource, place: SignPlace): readonly ContainerEvidence[] {
    switch (place) {
      case 'user data': return this.lookInUserData(resource);
      case 'image': return this.lookInImages(resource);
      case INIT: return lookInInit(resource);
    }
  }

  private lookInUserData(resource: LaunchResource): readonly ContainerEvidence[] {
    let found = NONE;
    for (const { values } of resource.reading.of(userDataOf)) {
      const literal = values.length === 1 ? literalIn(values[0]) : undefined;
      const here = this.inUserData.get(literal) ?? signs('user data', whatIsDone(textOf(values, resource.stack)));
      if (literal !== undefined) { this.inUserData.set(literal, here); }
      if (here.length > 0) { found = [...found, ...here]; }
    }
    return found;
  }

  private lookInImages(resource: LaunchResource): readonly ContainerEvidence[] {
    let found = NONE;
    for (const path of resource.record?.instances.images ?? NOWHERE) {
      const values = resource.valuesAt(path);
      if (values.length === 0) { continue; }
      const literal = values.length === 1 ? values[0] : undefined;
      const here = this.inImages.get(literal) ?? imageSignsIn(textOf(values, resource.stack));
      if (typeof literal === 'string') { this.inImages.set(literal, here); }
      if (here.length > 0) { found = [...found, ...here]; }
    }
    return found;
  }
}

function lookInInit(resource: LaunchResource): readonly ContainerEvidence[] {
  const init = resource.init();
  return init === undefined ? NONE : signs(INIT, whatIsDone(textsIn(init, resource.stack)));
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

/** The first command that starts containers with a separate network. */
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
