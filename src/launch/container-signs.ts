import type { AgentPlace, ContainerEvidence } from './container-evidence';
import { textsIn, whatIsDone } from './texts';
import type { UserData } from './user-data';
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

const INIT = 'AWS::CloudFormation::Init';

const NONE: readonly ContainerEvidence[] = [];
const NOWHERE: readonly never[] = [];

/** Finds signs of containers in resources. Many resources have the same user data and image, so the results are cached by text. */
export class ContainerSigns {
  private readonly inUserData = new Map<string, readonly ContainerEvidence[]>();
  private readonly inImages = new Map<string, readonly ContainerEvidence[]>();
  private readonly known = new Map<LaunchResource, readonly ContainerEvidence[]>();

  /** The signs of a resource. User data is expensive to read. */
  public of(resource: LaunchResource): readonly ContainerEvidence[] {
    let found = this.known.get(resource);
    if (!found) {
      found = this.without(NOWHERE, resource);
      this.known.set(resource, found);
    }
    return found;
  }

  /** The signs of a resource, without places that others replace. */
  public without(replaced: readonly SignPlace[], resource: LaunchResource): readonly ContainerEvidence[] {
    const { record, stack } = resource;
    let found = NONE;
    const userData = replaced.includes('user data') ? NOWHERE : resource.reading.of(userDataOf);
    for (let index = 0; index < userData.length; index++) {
      const here = this.userDataSigns(userData[index], stack);
      if (here.length > 0) { found = [...found, ...here]; }
    }
    const images = replaced.includes('image') || !record ? NOWHERE : record.instances.images;
    for (let index = 0; index < images.length; index++) {
      const here = this.imageSigns(resource.valuesAt(images[index]), stack);
      if (here.length > 0) { found = [...found, ...here]; }
    }
    const init = resource.init();
    return init === undefined ? found : [...found, ...signs(INIT, whatIsDone(textsIn(init, stack)))];
  }

  private userDataSigns({ values, text }: UserData, stack: LaunchStack): readonly ContainerEvidence[] {
    if (text === undefined) { return signs('user data', whatIsDone(textOf(values, stack))); }
    let here = this.inUserData.get(text);
    if (!here) {
      here = signsInUserData(text, stack);
      this.inUserData.set(text, here);
    }
    return here;
  }

  private imageSigns(values: readonly unknown[], stack: LaunchStack): readonly ContainerEvidence[] {
    const image = values.length === 1 ? values[0] : undefined;
    if (typeof image !== 'string') { return values.length === 0 ? NONE : imageSignsIn(textOf(values, stack)); }
    let here = this.inImages.get(image);
    if (!here) {
      here = imageSignsIn(textOf(values, stack));
      this.inImages.set(image, here);
    }
    return here;
  }
}

/** Whether a text shows containers, if a resource has it as user data. */
export function showsContainersByUserData(text: string, stack: LaunchStack): boolean {
  return signsInUserData(text, stack).length > 0;
}

/** Whether an image is made to run containers, as far as it is known. */
export function showsContainersByImage(image: unknown, stack: LaunchStack): boolean {
  return imageSignsIn(textOf([image], stack)).length > 0;
}

function signsInUserData(text: string, stack: LaunchStack): readonly ContainerEvidence[] {
  return signs('user data', whatIsDone(textsIn(text, stack)));
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
