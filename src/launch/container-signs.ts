import { surroundingsOf } from './surroundings';
import { textsIn, whatIsDone } from './texts';
import type { LaunchResource } from './world';

/** Something about a resource itself that shows containers on its instances. */
export interface ContainerSign {
  readonly place: 'user data' | 'image' | 'metadata';
  readonly reason: string;
}

/** What configures an agent that runs containers, and whose it is. */
const AGENTS: readonly { readonly pattern: RegExp; readonly agent: string }[] = [
  { pattern: /(?<!\$\{?)\bECS_CLUSTER\b|\/etc\/ecs\/ecs\.config|\becs-init\b|\bamazon-ecs-agent\b|\bInitialize-ECSAgent\b|\bsettings\.ecs\b|^\s*ecs\.cluster\b/im, agent: 'ECS agent' },
  {
    pattern: /\/etc\/eks\/bootstrap\.sh|\bnodeadm\b|\bnode\.eks\.aws\/|\bkubelet\b|\bkubeadm\b|\bStart-EKSBootstrap\b|\bsettings\.kubernetes\b|\bk3s\b|\brke2\b/i,
    agent: 'Kubernetes agent',
  },
];

/** The public parameters of images that are made to run containers. */
const CONTAINER_IMAGES = new RegExp('/aws/service/(?:' + [
  'ecs/optimized-ami', 'eks/optimized-ami', 'bottlerocket/aws-(?:ecs|k8s)', 'canonical/ubuntu/eks', 'ami-windows-latest/[^/\\s]*-(?:ECS|EKS)_Optimized',
].join('|') + ')[^\\s"\'}:]*');

/** What in a resource itself shows that it runs containers. */
export function containerSignsOf(resource: LaunchResource): readonly ContainerSign[] {
  const { userData, images } = surroundingsOf(resource.type);
  return [
    ...userData.flatMap(path => signs('user data', whatIsDone(textAt(resource, path)))),
    ...images.flatMap(path => imageSigns(textAt(resource, path))),
    ...signs('metadata', whatIsDone(initText(resource))),
  ];
}

function signs(place: 'user data' | 'metadata', text: string): ContainerSign[] {
  if (text === '') { return []; }
  return AGENTS.flatMap(({ pattern, agent }) => {
    const sign = pattern.exec(text)?.[0];
    const where = place === 'metadata' ? 'AWS::CloudFormation::Init' : 'user data';
    return sign === undefined ? [] : [{ place, reason: `${where} configures the ${agent} (${sign})` }];
  });
}

function imageSigns(text: string): ContainerSign[] {
  const image = CONTAINER_IMAGES.exec(text)?.[0];
  return image === undefined ? [] : [{ place: 'image', reason: `the image is ${image}` }];
}

function textAt(resource: LaunchResource, path: readonly string[]): string {
  return resource.at(path, true).map(({ value, layer }) => textsIn(layer.resolve(value), resource.stack)).join('\n');
}

function initText(resource: LaunchResource): string {
  const init = resource.init();
  return init === undefined ? '' : textsIn(init, resource.stack);
}
