import { readFileSync } from 'fs';
import { join } from 'path';
import type { Stack } from 'aws-cdk-lib';
import { Fn, Lazy, NestedStack, Stage, CfnParameter } from 'aws-cdk-lib';
import { AutoScalingGroup, CfnAutoScalingGroup, CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import {
  AmazonLinuxCpuType, CfnInstance, CfnLaunchTemplate, Instance, InstanceType, LaunchTemplate, MachineImage, MultipartBody, MultipartUserData,
  OperatingSystemType, UserData, Vpc, WindowsVersion,
} from 'aws-cdk-lib/aws-ec2';
import type { IMachineImage } from 'aws-cdk-lib/aws-ec2';
import { CfnCapacityProvider, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { Imdsv2 } from '../../src';
import { when } from '../harness/condition-forms';
import { NOW_AND_LATER } from '../harness/doors';
import { IN_A_TREE, enforcedStack, enforcedTemplate, hopLimitsIn, textsOf, withOptions } from '../harness/in-a-tree';
import { pairs } from '../harness/pairs';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import type { Synthesized } from '../harness/synthesized';
import { read } from '../harness/synthesized';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const wrapped = (text: string) => base64(text).replace(/.{76}/g, '$&\n');
const ECS = '#!/bin/bash\necho ECS_CLUSTER=web >> /etc/ecs/ecs.config\n';
const MIME = (encoded: boolean, script: string) => [
  'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="//"', '', '--//', 'Content-Type: text/x-shellscript; charset="us-ascii"',
  ...encoded ? ['Content-Transfer-Encoding: base64'] : [], '', encoded ? wrapped(script) : script, '--//--', '',
].join('\n');
const NODE_CONFIG = 'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  cluster:\n    name: web\n';

/** User data that configures an agent, and the words for the reason. */
const AGENTS: readonly (readonly [name: string, userData: unknown, sign: string])[] = [
  ['Fn::Base64 of a text', { 'Fn::Base64': ECS }, 'ECS agent'],
  ['Fn::Base64 of Fn::Join', { 'Fn::Base64': { 'Fn::Join': ['', ['#!/bin/bash\necho ECS_CLUSTER=', { Ref: 'AWS::StackName' }, ' >> /etc/ecs/ecs.config']] } }, 'ECS agent'],
  ['Fn::Base64 of lines that are joined', { 'Fn::Base64': { 'Fn::Join': ['\n', ['#!/bin/bash', '# the cluster', 'echo ECS_CLUSTER=web']] } }, 'ECS agent (ECS_CLUSTER)'],
  ['a word in pieces', { 'Fn::Base64': { 'Fn::Join': ['', ['echo ECS_CLU', 'STER=web']] } }, 'ECS agent (ECS_CLUSTER)'],
  ['Fn::Base64 of Fn::Sub', { 'Fn::Base64': { 'Fn::Sub': 'echo ECS_CLUSTER=${AWS::StackName}' } }, 'ECS agent'],
  ['Fn::Sub with variables', { 'Fn::Base64': { 'Fn::Sub': ['${Script} web', { Script: '/etc/eks/bootstrap.sh' }] } }, 'Kubernetes agent (/etc/eks/bootstrap.sh)'],
  ['Base64 as it is', base64(ECS), 'ECS agent'],
  ['Base64 in lines', wrapped(`${ECS}${'echo some more of it\n'.repeat(9)}`), 'ECS agent'],
  ['one branch of Fn::If', when('IsProduction', { 'Fn::Base64': ECS }, { Ref: 'AWS::NoValue' }), 'ECS agent'],
  ['one branch inside Fn::Base64', { 'Fn::Base64': when('IsProduction', 'echo', ECS) }, 'ECS agent'],
  ['a parameter', { Ref: 'Script' }, 'Kubernetes agent (nodeadm)'],
  ['a MIME part', { 'Fn::Base64': MIME(false, ECS) }, 'ECS agent'],
  ['a MIME part in Base64', { 'Fn::Base64': MIME(true, ECS) }, 'ECS agent'],
  ['a MIME part in Base64, all of it in Base64', base64(MIME(true, ECS)), 'ECS agent'],
  ['cloud-init', { 'Fn::Base64': '#cloud-config\nwrite_files:\n- path: /etc/ecs/ecs.config\n  content: ECS_CLUSTER=web\n' }, 'ECS agent (/etc/ecs/ecs.config)'],
  ['PowerShell', { 'Fn::Base64': '<powershell>\nImport-Module ECSTools\nInitialize-ECSAgent -Cluster web\n</powershell>' }, 'ECS agent (Initialize-ECSAgent)'],
  ['PowerShell with an environment variable', { 'Fn::Base64': '<powershell>$env:ECS_CLUSTER = "web"</powershell>' }, 'ECS agent'],
  ['PowerShell for EKS', { 'Fn::Base64': '<powershell>& "C:\\Program Files\\Amazon\\EKS\\Start-EKSBootstrap.ps1"</powershell>' }, 'Kubernetes agent'],
  ['Bottlerocket for ECS', { 'Fn::Base64': '[settings.ecs]\ncluster = "web"\n' }, 'ECS agent'],
  ['Bottlerocket for Kubernetes', base64('[settings.kubernetes]\ncluster-name = "web"\n'), 'Kubernetes agent'],
  ['Bottlerocket with a table below', base64('[settings.kubernetes.node-labels]\nrole = "web"\n'), 'Kubernetes agent'],
  ['the bootstrap of EKS', base64('#!/bin/bash\nset -o xtrace\n/etc/eks/bootstrap.sh web --kubelet-extra-args "--max-pods=8"'), 'Kubernetes agent'],
  ['a NodeConfig of nodeadm', base64(NODE_CONFIG), 'Kubernetes agent (node.eks.aws/)'],
  ['a kubelet', { 'Fn::Base64': 'systemctl enable --now kubelet' }, 'Kubernetes agent (kubelet)'],
  ['kubeadm', { 'Fn::Base64': 'kubeadm join web:6443' }, 'Kubernetes agent (kubeadm)'],
  ['k3s', { 'Fn::Base64': 'curl -sfL https://get.k3s.io | sh -' }, 'Kubernetes agent'],
  ['settings of Bottlerocket with a dot', { 'Fn::Base64': '[settings]\necs.cluster = "web"\n' }, 'ECS agent'],
  ['a line with a comment behind it', { 'Fn::Base64': 'echo ECS_CLUSTER=web >> config # join the cluster' }, 'ECS agent'],
];

/** User data that configures no agent. */
const NO_AGENTS: readonly (readonly [name: string, userData: unknown])[] = [
  ['none', { Ref: 'AWS::NoValue' }],
  ['an empty script', { 'Fn::Base64': '' }],
  ['something else', { 'Fn::Base64': 'yum install -y httpd' }],
  ['a comment', { 'Fn::Base64': '#!/bin/bash\n# not an ECS_CLUSTER\n   # nor a kubelet\nyum update' }],
  ['a comment without a blank', { 'Fn::Base64': 'yum update #kubelet' }],
  ['a comment of PowerShell', { 'Fn::Base64': '<powershell>\n<# the kubelet\nis not here #>\nGet-Date\n</powershell>' }],
  ['a comment in a batch file', { 'Fn::Base64': '<script>\nREM no kubelet\n:: nor ECS_CLUSTER\necho 1\n</script>' }],
  ['an agent that is stopped and removed', { 'Fn::Base64': 'systemctl disable kubelet\nrm -f /etc/ecs/ecs.config\ngrep kubelet /var/log/messages' }],
  ['a comment in Base64', base64('#!/bin/bash\n# not an ECS_CLUSTER\nyum update -y httpd')],
  ['a comment that is joined', { 'Fn::Base64': { 'Fn::Join': ['', ['#!/bin/bash\n# kubelet of ', { Ref: 'AWS::StackName' }, ' and its nodeadm\nyum update']] } }],
  ['a comment behind a line', { 'Fn::Base64': 'yum update # no kubelet here' }],
  ['a comment in a MIME part', { 'Fn::Base64': MIME(true, '#!/bin/bash\n# no kubelet here\n') }],
  ['kubectl', { 'Fn::Base64': 'kubectl get pods' }],
  ['the AWS CLI for ECS', { 'Fn::Base64': 'aws ecs update-service --cluster web --service web' }],
  ['the AWS CLI with a variable', { 'Fn::Base64': 'aws ecs list-tasks --cluster $ECS_CLUSTER --region ${ECS_CLUSTER}' }],
  ['an unknown parameter', { Ref: 'Unknown' }],
];

const IMAGES: readonly (readonly [name: string, image: unknown, sign: string])[] = [
  ['resolve:ssm:', 'resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id', '/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id'],
  ['resolve:ssm: with a version', 'resolve:ssm:/aws/service/eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id:3', '/image_id'],
  ['a dynamic reference', '{{resolve:ssm:/aws/service/bottlerocket/aws-k8s-1.33/arm64/latest/image_id}}', '/aws/service/bottlerocket/aws-k8s-1.33/arm64/latest/image_id'],
  ['a dynamic reference in Fn::Sub', { 'Fn::Sub': '{{resolve:ssm:/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id}}' }, '/aws/service/bottlerocket/aws-ecs-2'],
  ['a dynamic reference that is joined', { 'Fn::Join': ['/', ['resolve:ssm:/aws/service/ecs', 'optimized-ami', 'amazon-linux-2023']] }, '/aws/service/ecs/optimized-ami/amazon-linux-2023'],
  ['a parameter of Systems Manager', { Ref: 'Image' }, '/aws/service/eks/optimized-ami/1.33/amazon-linux-2/recommended/image_id'],
  ['one branch', when('IsProduction', { Ref: 'Image' }, 'ami-1'), '/aws/service/eks/optimized-ami'],
  ['Windows', 'resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-ECS_Optimized/image_id', 'ECS_Optimized'],
  ['Ubuntu', 'resolve:ssm:/aws/service/canonical/ubuntu/eks/22.04/1.33/stable/current/amd64/hvm/ebs-gp2/ami-id', '/aws/service/canonical/ubuntu/eks'],
];

const NO_IMAGES: readonly (readonly [name: string, image: unknown])[] = [
  ['an id', 'ami-1'],
  ['Amazon Linux', 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'],
  ['Windows', 'resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base/image_id'],
  ['Ubuntu', 'resolve:ssm:/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id'],
  ['an own parameter', '{{resolve:ssm:/images/ecs/optimized-ami}}'],
  ['a mapping', { 'Fn::FindInMap': ['Images', { Ref: 'AWS::Region' }, 'ecs'] }],
];

const PARAMETERS = {
  Script: { Type: 'String', Default: base64('#!/bin/bash\nnodeadm init') },
  Unknown: { Type: 'String' },
  Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/aws/service/eks/optimized-ami/1.33/amazon-linux-2/recommended/image_id' },
};
const Mappings = { Images: { 'eu-west-1': { ecs: 'ami-2' } } };

/** Resources with their own user data and image. */
const CARRIERS = [
  ['AWS::EC2::Instance', (own: object) => ({ Type: 'AWS::EC2::Instance', Properties: { ...own } })],
  ['AWS::EC2::LaunchTemplate', (own: object) => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ...own } } })],
  ['AWS::AutoScaling::LaunchConfiguration', (own: object) => ({
    Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: 'ami-1', InstanceType: 'm5.large', ...own },
  })],
] as const;

const SITES = IN_A_TREE.flatMap(([way, build]) => CARRIERS.map(([type, carrier]) => ({ way, build, type, carrier })));
type Site = typeof SITES[number];

/** Signs on carriers in different forms: all pairs of sign, carrier and form. */
function everywhere<T extends readonly [name: string, ...signs: unknown[]]>(signs: readonly T[]) {
  return pairs(SITES.flatMap(site => signs.map(sign => ({ site, sign }))), ({ site: { way, type }, sign: [name] }) => [way, type, name])
    .map(({ site, sign }) => [`${sign[0]}, in ${site.type} ${site.way}`, site, sign] as const);
}

const enforced = ({ build, carrier }: Site, own: object) =>
  enforcedTemplate(build, { Parameters: PARAMETERS, Mappings, Resources: { Host: carrier(own) } });
const hopLimits = (site: Site, own: object) => hopLimitsIn(enforced(site, own));
const tooLow = (site: Site, own: object) =>
  textsOf(enforced(site, { ...own, MetadataOptions: { HttpPutResponseHopLimit: 1 } }).reports, 'Imdsv2::ContainerHopLimit');

test.each(everywhere(AGENTS))('user data of a container host: %s', (_, site, [, script, sign]) => {
  expect(hopLimits(site, { UserData: script })).toEqual([2]);
  expect(tooLow(site, { UserData: script })).toEqual([expect.stringContaining(`user data configures the ${sign}`)]);
});

test.each(everywhere(NO_AGENTS))('user data without containers: %s', (_, site, [, script]) => {
  expect(hopLimits(site, { UserData: script })).toEqual([undefined]);
});

test.each(everywhere(IMAGES))('image of a container host: %s', (_, site, [, ImageId, sign]) => {
  expect(hopLimits(site, { ImageId })).toEqual([2]);
  const [text] = tooLow(site, { ImageId });
  expect(text).toMatch(/the image is \/aws\/service\//);
  expect(text).toContain(sign);
});

test.each(everywhere(NO_IMAGES))('image without containers: %s', (_, site, [, ImageId]) => {
  expect(hopLimits(site, { ImageId })).toEqual([undefined]);
});

test.each(everywhere([['AWS::CloudFormation::Init']]))('sign of a container host: %s', (_, { build, carrier }) => {
  const Metadata = { 'AWS::CloudFormation::Init': { config: { commands: { join: { command: '/etc/eks/bootstrap.sh web' } } } } };
  const other = { Comment: '/etc/eks/bootstrap.sh' };
  expect(hopLimitsIn(enforcedTemplate(build, { Resources: { Host: { ...carrier({}), Metadata } } }))).toEqual([2]);
  expect(hopLimitsIn(enforcedTemplate(build, { Resources: { Host: { ...carrier({}), Metadata: other } } }))).toEqual([undefined]);
});

describe.each(NOW_AND_LATER)('by %s', (_, door) => {
  const limits = (build: (stack: Stack) => void) => hopLimitsIn(enforcedStack(build, {}, door));

  test.each<readonly [string, (stack: Stack) => void]>([
    ['an instance', stack => new CfnInstance(stack, 'Host', { userData: Fn.base64(ECS) })],
    ['an instance by a Lazy', stack => new CfnInstance(stack, 'Host', { userData: Lazy.string({ produce: () => Fn.base64(ECS) }) })],
    ['a launch template', stack => new CfnLaunchTemplate(stack, 'Host', { launchTemplateData: { userData: Fn.base64(Fn.sub('ECS_CLUSTER=${AWS::StackName}')) } })],
    ['a launch template by a Lazy', stack => new CfnLaunchTemplate(stack, 'Host', { launchTemplateData: Lazy.any({ produce: () => ({ userData: Fn.base64(ECS) }) }) })],
    ['a launch configuration', stack => new CfnLaunchConfiguration(stack, 'Host', { imageId: 'ami-1', instanceType: 'm5.large', userData: Fn.base64(ECS) })],
    ['an instance by override', stack => new CfnInstance(stack, 'Host').addPropertyOverride('UserData', base64(ECS))],
    ['a launch template by override', stack => new CfnLaunchTemplate(stack, 'Host', { launchTemplateData: {} }).addPropertyOverride('LaunchTemplateData.UserData', base64(ECS))],
    ['a parameter with a default', stack => new CfnInstance(stack, 'Host', { userData: Fn.base64(new CfnParameter(stack, 'P', { default: ECS }).valueAsString) })],
  ])('user data of an L1: %s', (__, build) => {
    expect(limits(build)).toEqual([2]);
  });

  test('MultipartUserData with a part in Base64', () => {
    const script = UserData.forLinux();
    script.addCommands('echo ECS_CLUSTER=web');
    const multipart = new MultipartUserData();
    multipart.addPart(MultipartBody.fromUserData(script));
    multipart.addPart(MultipartBody.fromRawBody({ contentType: 'text/x-shellscript', body: 'echo' }));
    expect(limits(stack => new LaunchTemplate(stack, 'Host', { userData: multipart }))).toEqual([2]);
  });

  test('UserData for Windows', () => {
    const userData = UserData.forWindows();
    userData.addCommands('Initialize-ECSAgent -Cluster web');
    expect(limits(stack => new LaunchTemplate(stack, 'Host', { userData }))).toEqual([2]);
  });

  test.each<readonly [string, (stack: Stack) => IMachineImage]>([
    ['EcsOptimizedImage.amazonLinux2()', () => EcsOptimizedImage.amazonLinux2()],
    ['EcsOptimizedImage.amazonLinux2023()', () => EcsOptimizedImage.amazonLinux2023()],
    ['MachineImage.fromSsmParameter()', () => MachineImage.fromSsmParameter('/aws/service/eks/optimized-ami/1.33/amazon-linux-2/recommended/image_id', { os: OperatingSystemType.LINUX })],
    ['MachineImage.resolveSsmParameterAtLaunch()', () => MachineImage.resolveSsmParameterAtLaunch('/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id')],
    ['MachineImage.latestWindows() for ECS', () => MachineImage.latestWindows(WindowsVersion.WINDOWS_SERVER_2019_ENGLISH_FULL_ECS_OPTIMIZED)],
  ])('an image by %s', (__, machineImage) => {
    expect(limits(stack => new LaunchTemplate(stack, 'Host', { machineImage: machineImage(stack) }))).toEqual([2]);
  });

  test.each<readonly [string, () => IMachineImage]>([
    ['Amazon Linux', () => MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 })],
    ['an id', () => MachineImage.genericLinux({ 'eu-west-1': 'ami-1' })],
  ])('an image without containers: %s', (__, machineImage) => {
    expect(limits(stack => new LaunchTemplate(stack, 'Host', { machineImage: machineImage() }))).toEqual([undefined]);
  });
});

describe('across stacks', () => {
  const limits = (build: (app: ReturnType<typeof scratchApp>) => readonly Stack[]) => {
    const app = scratchApp();
    const stacks = build(app);
    Imdsv2.enforce(app);
    const assembly = app.synth();
    return stacks.flatMap(stack => hopLimitsIn(withOptions(stack.nestedStackParent ? nestedIn(assembly.directory, stack) : read(assembly, stack))));
  };
  const group = (stack: Stack, template: CfnLaunchTemplate) => new CfnAutoScalingGroup(stack, 'Group', {
    minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
  });

  test.each([['before', ['Templates', 'Launchers']], ['after', ['Launchers', 'Templates']]])('a template in a stack %s the stack of its group', (_, ids) => {
    expect(limits(app => {
      const stacks = Object.fromEntries(ids.map(id => [id, scratchStack(app, id)]));
      const template = new CfnLaunchTemplate(stacks.Templates, 'Template', { launchTemplateData: {} });
      new CfnCapacityProvider(stacks.Launchers, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: group(stacks.Launchers, template).ref } });
      return [stacks.Templates];
    })).toEqual([2]);
  });

  test('a template, a group and a capacity provider in separate stacks', () => {
    expect(limits(app => {
      const [one, two, three] = ['One', 'Two', 'Three'].map(id => scratchStack(app, id));
      const template = new CfnLaunchTemplate(two, 'Template', { launchTemplateData: {} });
      new CfnCapacityProvider(one, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: group(three, template).ref } });
      return [two];
    })).toEqual([2]);
  });

  test('a group in a nested stack', () => {
    expect(limits(app => {
      const stack = scratchStack(app);
      const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
      const nested = new NestedStack(stack, 'Nested');
      new CfnCapacityProvider(nested, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: group(nested, template).ref } });
      return [stack];
    })).toEqual([2]);
  });

  test('a template in a nested stack', () => {
    expect(limits(app => {
      const stack = scratchStack(app);
      const nested = new NestedStack(stack, 'Nested');
      const template = new CfnLaunchTemplate(nested, 'Template', { launchTemplateData: {} });
      new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: group(stack, template).ref } });
      return [nested];
    })).toEqual([2]);
  });

  test('in a stage, but not the same template in another stage', () => {
    expect(limits(app => ['Beta', 'Production'].map(id => {
      const stack = scratchStack(new Stage(app, id));
      const scaling = group(stack, new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} }));
      if (id === 'Beta') { new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: scaling.ref } }); }
      return stack;
    }))).toEqual([2, undefined]);
  });

  test('an image and user data that are passed to a nested stack', () => {
    expect(limits(app => {
      const stack = scratchStack(app);
      const nested = ['Image', 'Script'].map(id => new NestedStack(stack, id, {
        parameters: {
          Image: id === 'Image' ? 'resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id' : 'ami-1',
          Script: id === 'Script' ? ECS : 'echo',
        },
      }));
      for (const inner of nested) {
        const [image, script] = ['Image', 'Script'].map(name => new CfnParameter(inner, name, { default: 'none' }).valueAsString);
        new CfnLaunchTemplate(inner, 'Template', { launchTemplateData: { imageId: image, userData: Fn.base64(script) } });
      }
      return nested;
    })).toEqual([2, 2]);
  });

  test('an image of the parent stack, as a parameter of Systems Manager', () => {
    expect(limits(app => {
      const stack = scratchStack(app);
      const image = new CfnParameter(stack, 'Image', {
        type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', default: '/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id',
      });
      const nested = new NestedStack(stack, 'Nested');
      new CfnInstance(nested, 'Host', { imageId: image.valueAsString });
      return [nested];
    })).toEqual([2]);
  });
});

describe('user data that is added later', () => {
  const build = (stack: Stack) => new AutoScalingGroup(stack, 'Group', {
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }), instanceType: new InstanceType('m5.large'), machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
  });

  test('applies after Imdsv2.enforce()', () => {
    const stack = scratchStack();
    const group = build(stack);
    Imdsv2.enforce(stack);
    group.addUserData('echo ECS_CLUSTER=web >> /etc/ecs/ecs.config');
    expect(hopLimitsIn(withOptions(read(scratchSynth(stack), stack)))).toEqual([2]);
  });

  test('applies even if enforcement has already visited the resource', () => {
    const stack = scratchStack();
    const host = new Instance(stack, 'Host', {
      vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }), instanceType: new InstanceType('m5.large'), machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
    });
    NOW_AND_LATER[0][1](stack);
    host.userData.addCommands('echo later');
    expect(JSON.stringify(read(scratchSynth(stack), stack).template)).toContain('echo later');
  });
});

/** The template of a nested stack. */
function nestedIn(directory: string, stack: Stack): Synthesized {
  return { template: JSON.parse(readFileSync(join(directory, stack.templateFile), 'utf8')) as Synthesized['template'], reports: [] };
}

function scratchSynth(stack: Stack) {
  return (stack.node.root as ReturnType<typeof scratchApp>).synth();
}
