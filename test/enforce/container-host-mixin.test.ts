import type { Stack } from 'aws-cdk-lib';
import { Lazy, Mixins } from 'aws-cdk-lib';
import { AutoScalingGroup, CfnAutoScalingGroup, CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ContainerHost, Imdsv2 } from '../../src';
import { NOW_AND_LATER } from '../harness/doors';
import { enforcedStack, findingsIn, hopLimitsIn, textsOf } from '../harness/in-a-tree';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
const instanceType = new InstanceType('m5.large');
const vpc = (stack: Stack) => new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 1 });
const AGENT = { userData: 'RUNTX0NMVVNURVI9d2ViCg==' };

const template = (stack: Stack, data: CfnLaunchTemplate.LaunchTemplateDataProperty = {}) => new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: data });
const specification = (made: CfnLaunchTemplate) => ({ launchTemplateId: made.ref, version: made.attrLatestVersionNumber });
const group = (stack: Stack, made: CfnLaunchTemplate, id = 'Group') =>
  new CfnAutoScalingGroup(stack, id, { minSize: '0', maxSize: '1', launchTemplate: specification(made) });

describe.each(NOW_AND_LATER)('by %s', (_, door) => {
  const limits = (build: (stack: Stack) => unknown, props = {}) => hopLimitsIn(enforcedStack(stack => { build(stack); }, props, door));

  test.each<readonly [string, (stack: Stack, host: ContainerHost) => unknown]>([
    ['an L1 instance', (stack, host) => new CfnInstance(stack, 'Host').with(host)],
    ['an L1 template', (stack, host) => template(stack).with(host)],
    ['an L1 launch configuration', (stack, host) => new CfnLaunchConfiguration(stack, 'Host', { imageId: 'ami-1', instanceType: 'm5.large' }).with(host)],
    ['an L1 group', (stack, host) => group(stack, template(stack)).with(host)],
    ['an L1 capacity provider', (stack, host) =>
      new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: group(stack, template(stack)).ref } }).with(host)],
    ['an L2 instance', (stack, host) => new Instance(stack, 'Host', { vpc: vpc(stack), instanceType, machineImage }).with(host)],
    ['an L2 template', (stack, host) => new LaunchTemplate(stack, 'Host', { instanceType, machineImage }).with(host)],
    ['an L2 group with a template of its own', (stack, host) => new AutoScalingGroup(stack, 'Host', { vpc: vpc(stack), instanceType, machineImage }).with(host)],
    ['an L2 group with a template beside it', (stack, host) => new AutoScalingGroup(stack, 'Host', {
      vpc: vpc(stack), launchTemplate: new LaunchTemplate(stack, 'Template', { instanceType, machineImage }),
    }).with(host)],
    ['a stack', (stack, host) => {
      new CfnInstance(stack, 'Host');
      Mixins.of(stack).apply(host);
    }],
  ])('ContainerHost marks %s as a container host', (__, build) => {
    expect(limits(stack => build(stack, new ContainerHost()))).toEqual([2]);
    expect(limits(stack => build(stack, new ContainerHost()), { containerHopLimit: 4 })).toEqual([4]);
    expect(limits(stack => build(stack, new ContainerHost({ hopLimit: 3 })), { httpPutResponseHopLimit: 1 })).toEqual([3]);
    expect(limits(stack => build(stack, new ContainerHost({ hopLimit: 1 })))).toEqual([1]);
    expect(limits(stack => build(stack, ContainerHost.no()), { httpPutResponseHopLimit: 1 })).toEqual([1]);
  });

  test.each<readonly [string, (stack: Stack) => unknown]>([
    ['an instance', stack => new CfnInstance(stack, 'Host', AGENT).with(ContainerHost.no())],
    ['a template', stack => template(stack, AGENT).with(ContainerHost.no())],
    ['the group of a template', stack => group(stack, template(stack, AGENT)).with(ContainerHost.no())],
    ['a template behind a capacity provider', stack => {
      const made = template(stack);
      new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: group(stack, made).ref } });
      made.with(ContainerHost.no());
    }],
    ['a group behind a capacity provider', stack => {
      const scaling = group(stack, template(stack));
      new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: scaling.ref } });
      scaling.with(ContainerHost.no());
    }],
    ['a stack', stack => {
      new CfnInstance(stack, 'Host', AGENT);
      Mixins.of(stack).apply(ContainerHost.no());
    }],
  ])('ContainerHost.no() marks %s as no container host, whatever its other signs are', (__, build) => {
    expect(limits(build)).toEqual([undefined]);
  });

  test('ContainerHost.no() removes the finding', () => {
    const { reports } = enforcedStack(stack => {
      new CfnInstance(stack, 'Host', { ...AGENT, metadataOptions: { httpPutResponseHopLimit: 1 } }).with(ContainerHost.no());
    }, {}, door);
    expect(findingsIn(reports)).toEqual([]);
  });

  test('the last call counts', () => {
    expect(limits(stack => new CfnInstance(stack, 'Host').with(new ContainerHost({ hopLimit: 3 })).with(new ContainerHost()))).toEqual([2]);
    expect(limits(stack => new CfnInstance(stack, 'Host').with(new ContainerHost()).with(ContainerHost.no()))).toEqual([undefined]);
    expect(limits(stack => new CfnInstance(stack, 'Host').with(ContainerHost.no(), new ContainerHost()))).toEqual([2]);
  });

  test('ContainerHost.no() on one group of a template does not apply to the other group', () => {
    expect(limits(stack => {
      const made = template(stack);
      group(stack, made, 'One').with(ContainerHost.no());
      group(stack, made, 'Two').with(new ContainerHost());
    })).toEqual([2]);
    expect(limits(stack => {
      const made = template(stack, AGENT);
      group(stack, made, 'One').with(ContainerHost.no());
      group(stack, made, 'Two');
    })).toEqual([2]);
    expect(limits(stack => {
      const made = template(stack, AGENT);
      group(stack, made, 'One').with(ContainerHost.no());
      group(stack, made, 'Two').with(ContainerHost.no());
    })).toEqual([undefined]);
  });

  test('a template with two hop limits gets the higher one', () => {
    expect(limits(stack => {
      const made = template(stack);
      group(stack, made, 'One').with(new ContainerHost({ hopLimit: 3 }));
      group(stack, made, 'Two').with(new ContainerHost({ hopLimit: 1 }));
    })).toEqual([3]);
  });

  test('a launcher without its own limit gets that of the policy, whatever the limit of another launcher is', () => {
    const nodes = (stack: Stack, made: CfnLaunchTemplate, id: string) => new CfnNodegroup(stack, id, {
      clusterName: 'cluster', nodeRole: 'role', subnets: ['subnet-1'], launchTemplate: { id: made.ref, version: made.attrLatestVersionNumber },
    });
    expect(limits(stack => {
      const made = template(stack);
      nodes(stack, made, 'One').with(new ContainerHost({ hopLimit: 1 }));
      nodes(stack, made, 'Two');
    })).toEqual([2]);
    expect(limits(stack => { nodes(stack, template(stack), 'One').with(new ContainerHost({ hopLimit: 1 })); })).toEqual([1]);
  });

  test('ContainerHost on a template overrides ContainerHost on its group', () => {
    expect(limits(stack => {
      const made = template(stack);
      made.with(new ContainerHost({ hopLimit: 1 }));
      group(stack, made).with(new ContainerHost({ hopLimit: 3 }));
    })).toEqual([1]);
  });

  test('a marked instance gets the hop limit through its template, and none itself', () => {
    const { options } = enforcedStack(stack => {
      new CfnInstance(stack, 'Host', { launchTemplate: specification(template(stack)) }).with(new ContainerHost({ hopLimit: 3 }));
    }, {}, door);
    expect(options).toMatchObject({ Template: { HttpPutResponseHopLimit: 3 }, Host: { HttpTokens: 'required' } });
    expect(options.Host).not.toHaveProperty('HttpPutResponseHopLimit');
  });

  test('a hop limit of ContainerHost can be above maxHopLimit', () => {
    const { options, reports } = enforcedStack(stack => { new CfnInstance(stack, 'Host').with(new ContainerHost({ hopLimit: 3 })); }, { maxHopLimit: 2 }, door);
    expect(options.Host?.HttpPutResponseHopLimit).toBe(3);
    expect(findingsIn(reports)).toEqual([]);
  });

  test.each([[3, 2, 'must be at least 3, got 2'], [1, 1, undefined], [undefined, 1, 'must be at least 2, got 1']] as const)(
    'a hop limit that the user set stays, and is checked against that of ContainerHost: %s and %s', (hopLimit, httpPutResponseHopLimit, words) => {
      const { options, reports } = enforcedStack(stack => {
        new CfnInstance(stack, 'Host', { metadataOptions: { httpPutResponseHopLimit } }).with(new ContainerHost({ hopLimit }));
      }, {}, door);
      expect(options.Host?.HttpPutResponseHopLimit).toBe(httpPutResponseHopLimit);
      expect(textsOf(reports, 'Imdsv2::ContainerHopLimit')).toEqual(words === undefined
        ? []
        : [expect.stringContaining(`${words}, because containers run on its instances (ContainerHost was applied to 'Stack/Host')`)]);
    });
});

test('ContainerHost alone writes nothing', () => {
  const stack = scratchStack();
  new CfnInstance(stack, 'Host', { imageId: 'ami-1' }).with(new ContainerHost({ hopLimit: 3 }));
  expect(synthesize(stack).template.Resources.Host.Properties).toEqual({ ImageId: 'ami-1' });
});

test('ContainerHost also works after Imdsv2.enforce()', () => {
  const stack = scratchStack();
  const host = new CfnInstance(stack, 'Host');
  Imdsv2.enforce(stack);
  host.with(new ContainerHost());
  expect(synthesize(stack).template.Resources.Host.Properties).toEqual({ MetadataOptions: { HttpPutResponseHopLimit: 2, HttpTokens: 'required' } });
});

test('ContainerHost supports resources that launch instances, and their templates', () => {
  const stack = scratchStack(scratchApp());
  const host = new ContainerHost();
  const bucket = new Bucket(stack, 'Bucket');
  expect([new CfnInstance(stack, 'Host'), template(stack), group(stack, stack.node.findChild('Template') as CfnLaunchTemplate)].map(one => host.supports(one)))
    .toEqual([true, true, true]);
  expect([stack, bucket, bucket.node.defaultChild!].map(one => host.supports(one))).toEqual([false, false, false]);
});

test.each([0, 65, -1, 1.5, NaN, Infinity, '2', null, true])('ContainerHost takes no hop limit of %p', hopLimit => {
  expect(() => new ContainerHost({ hopLimit: hopLimit as number })).toThrow(/hopLimit must be a whole number from 1 to 64, got /);
});

test('ContainerHost rejects an unresolved hop limit', () => {
  expect(() => new ContainerHost({ hopLimit: Lazy.number({ produce: () => 2 }) })).toThrow('hopLimit must be known at synthesis, got an unresolved value');
});

test.each([1, 2, 64, undefined])('ContainerHost takes a hop limit of %p', hopLimit => {
  expect(() => new ContainerHost({ hopLimit })).not.toThrow();
});
