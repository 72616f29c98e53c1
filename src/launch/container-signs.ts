import { Memo } from '../model/memo';
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

/** The signs that were found in a resource so far. Each place is read on the first question. */
class SignsOfResource {
  public userData: readonly ContainerEvidence[] | undefined;
  public images: readonly ContainerEvidence[] | undefined;
  public init: readonly ContainerEvidence[] | undefined;
}

/** Finds signs of containers in resources. Many resources have the same user data and image, so the results are cached by text. */
export class ContainerSigns {
  private readonly inUserData = new Map<string, readonly ContainerEvidence[]>();
  private readonly inImages = new Map<string, readonly ContainerEvidence[]>();
  private readonly known = new Memo((_resource: LaunchResource) => new SignsOfResource());

  /** The signs of a resource, without places that others replace. User data is expensive to read. */
  public of(resource: LaunchResource, replaced: readonly SignPlace[] = NOWHERE): readonly ContainerEvidence[] {
    const known = this.known.of(resource);
    const userData = replaced.includes('user data') ? NONE : known.userData ??= this.lookInUserData(resource);
    const images = replaced.includes('image') ? NONE : known.images ??= this.lookInImages(resource);
    const init = replaced.includes(INIT) ? NONE : known.init ??= lookInInit(resource);
    return userData.length + images.length + init.length === 0 ? NONE : [...userData, ...images, ...init];
  }

  private lookInUserData(resource: LaunchResource): readonly ContainerEvidence[] {
    return collected(resource.reading.of(userDataOf), userData => this.userDataSigns(userData, resource));
  }

  private userDataSigns({ values, text }: UserData, { stack }: LaunchResource): readonly ContainerEvidence[] {
    if (text === undefined) { return signs('user data', whatIsDone(textOf(values, stack))); }
    const here = this.inUserData.get(text) ?? signs('user data', whatIsDone(textsIn(text, stack)));
    this.inUserData.set(text, here);
    return here;
  }

  private lookInImages(resource: LaunchResource): readonly ContainerEvidence[] {
    return collected(resource.record?.instances.images ?? NOWHERE, path => this.imageSigns(resource.valuesAt(path), resource));
  }

  private imageSigns(values: readonly unknown[], { stack }: LaunchResource): readonly ContainerEvidence[] {
    if (values.length !== 1 || typeof values[0] !== 'string') { return values.length === 0 ? NONE : imageSignsIn(textOf(values, stack)); }
    const here = this.inImages.get(values[0]) ?? imageSignsIn(textOf(values, stack));
    this.inImages.set(values[0], here);
    return here;
  }
}

/** What is found in any of these; most show nothing. */
function collected<T>(places: readonly T[], look: (place: T) => readonly ContainerEvidence[]): readonly ContainerEvidence[] {
  let found = NONE;
  for (let index = 0; index < places.length; index++) {
    const here = look(places[index]);
    if (here.length > 0) { found = [...found, ...here]; }
  }
  return found;
}

function lookInInit(resource: LaunchResource): readonly ContainerEvidence[] {
  const init = resource.init();
  return init === undefined ? NONE : signs(INIT, whatIsDone(textsIn(init, resource.stack)));
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
