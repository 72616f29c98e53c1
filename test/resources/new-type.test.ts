import { readFileSync } from 'fs';
import { join } from 'path';
import type { Stack } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { coveragePage } from '../../docs/coverage-page';
import type { Imdsv2CheckProps, RequireImdsv2Props } from '../../src';
import { ContainerHost, GuardRules, GuardSeverity, GuardTarget, ImdsReport, Imdsv2 } from '../../src';
import { RECORDS } from '../../src/resources/all-records';
import { appOf, checked, violationsIn } from '../check/checked';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import { HOST, POOL } from './made-up-types';

// Only the list of records contains it.
jest.mock('../../src/resources/all-records', () => {
  const all = jest.requireActual<typeof import('../../src/resources/all-records')>('../../src/resources/all-records');
  const madeUp = jest.requireActual<typeof import('./made-up-types')>('./made-up-types');
  return { ...all, RECORDS: [...all.RECORDS, madeUp.HOST, madeUp.POOL] };
});

const host = (stack: Stack, properties: Json, id = 'Host') => new CfnResource(stack, id, { type: HOST.type, properties });
const pool = (stack: Stack, Host: unknown) => new CfnResource(stack, 'Pool', { type: POOL.type, properties: { Host } });

describe('enforcement of a type that only has a record', () => {
  /** The result for a host, and the reports about it. */
  const enforced = (properties: Json, props: RequireImdsv2Props = {}) => {
    const stack = scratchStack();
    host(stack, properties);
    new CfnResource(stack, 'Subnet', { type: 'AWS::EC2::Subnet', properties: { VpcId: 'vpc-1' } });
    Imdsv2.enforce(appOf(stack), props);
    const template = Template.fromStack(stack).toJSON() as { Resources: { Host: { Properties: Json } } };
    const options = (template.Resources.Host.Properties.Launch as Json).Options;
    return { options, warned: Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data)).join('\n') };
  };

  test('requires tokens, and announces a replacement', () => {
    const { options, warned } = enforced({});
    expect(options).toEqual({ HttpTokens: 'required' });
    expect(warned).toContain('Launch.Options now requires tokens (was unset): Acme throws the host away');
  });

  test.each<[string, Json]>([
    ['the service runs them', { Pods: 3 }],
    ['its image shows them', { Launch: { Image: 'resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id' } }],
    ['its user data shows them', { Launch: { Script: 'echo ECS_CLUSTER=blue >> /etc/ecs/ecs.config' } }],
  ])('sets the hop limit of containers if %s', (_, properties) => {
    expect(enforced(properties).options).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  });

  test.each<[string, RequireImdsv2Props, Json, RegExp]>([
    ['instance types', { httpProtocolIpv6: true }, { Size: 'm3.large' }, /'m3\.large'.*Imdsv2::Ipv6NotSupported/],
    ['subnets', { httpProtocolIpv6: true }, { Size: 'm5.large', Subnet: { Ref: 'Subnet' } }, /'Stack\/Subnet'.*Imdsv2::Ipv6NotSupported/],
    ['tags', { instanceMetadataTags: true }, { Labels: [{ Key: 'cost center', Value: 'x' }] }, /'cost center'.*Imdsv2::TagKeyNotAllowed/],
    ['map of tags', { instanceMetadataTags: true }, { LabelMap: { 'cost center': 'x' } }, /'cost center'.*Imdsv2::TagKeyNotAllowed/],
    ['tag specifications', { instanceMetadataTags: true }, { LabelSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'cost center', Value: 'x' }] }] },
      /'cost center'.*Imdsv2::TagKeyNotAllowed/],
    ['key pair', { httpEndpoint: false }, { Key: 'blue' }, /Launch\.Key.*Imdsv2::EndpointNeeded/],
    ['user data', { httpEndpoint: false }, { Script: 'date' }, /Launch\.Script.*Imdsv2::EndpointNeeded/],
  ])('checks its %s', (_, props, Launch, reason) => {
    const { options, warned } = enforced({ Launch }, props);
    expect(options).toEqual({ HttpTokens: 'required' });
    expect(warned).toMatch(reason);
  });

  test('reports what it cannot set, and what determines it', () => {
    expect(enforced({ Legacy: true }).warned).toMatch(/Acme::Compute::Host has no property.*the console of Acme.*Imdsv2::CannotBeSet/);
  });

  test('can mark it as a container host', () => {
    const stack = scratchStack();
    expect(new ContainerHost().supports(host(stack, {}))).toBe(true);
    expect(new ContainerHost().supports(new CfnResource(stack, 'Other', { type: 'Acme::Compute::Other' }))).toBe(false);
  });
});

describe('a check of a type that only has a record', () => {
  const checkedWith = (fill: (stack: Stack) => void, props?: Imdsv2CheckProps) => {
    const stack = scratchStack();
    fill(stack);
    return { result: checked(appOf(stack), props), outdir: appOf(stack).outdir };
  };

  test('finds its options, its gaps and its sources', () => {
    const { result } = checkedWith(stack => host(stack, {
      Launch: { Options: { HttpTokens: 'optional', HttpPutResponseHopLimit: 9 } }, Legacy: true, From: { LaunchTemplateId: 'lt-1' },
    }));
    expect(violationsIn(result)).toEqual([
      'Imdsv2::CannotBeSet Stack/Host Properties.Legacy',
      'Imdsv2::HopLimitTooHigh Stack/Host Properties.Launch.Options.HttpPutResponseHopLimit',
      'Imdsv2::TokensRequired Stack/Host Properties.Launch.Options.HttpTokens',
    ]);
  });

  test('finds calls of IMDSv1 in its script', () => {
    const { result } = checkedWith(stack => host(stack, {
      Launch: { Options: { HttpTokens: 'required' }, Command: 'curl http://169.254.169.254/latest/meta-data/instance-id' },
    }));
    expect(violationsIn(result)).toEqual(['Imdsv2::UserDataCallsImdsv1 Stack/Host Properties.Launch.Command']);
  });

  test('reports it, and its launchers by their names', () => {
    const { outdir } = checkedWith(stack => {
      host(stack, { HostName: 'blue', Pods: 1, Launch: { Options: { HttpTokens: 'required' } } });
      pool(stack, 'blue');
    }, { reports: [ImdsReport.json()] });

    const { resources } = JSON.parse(readFileSync(join(outdir, 'imdsv2-report.json'), 'utf8')) as { resources: readonly Json[] };
    expect(resources).toEqual([
      expect.objectContaining({
        type: HOST.type,
        outcome: 'required',
        isLauncher: true,
        containers: ["the pod host 'Stack/Host'"],
        settings: expect.objectContaining({ endpoint: [{ kind: 'unset', from: 'not set: decided by Acme' }] }),
      }),
      expect.objectContaining({ type: POOL.type, outcome: 'required', launchesFrom: [expect.objectContaining({ kind: 'resource', name: 'Stack/Host' })] }),
    ]);
  });
});

test('Guard rules check a type that only has a record', () => {
  const rules = GuardRules.render({ severity: GuardSeverity.ALL });
  for (const subject of ['tokens_required', 'values_accepted', 'hop_limit_at_most', 'can_be_set']) {
    expect(rules).toContain(`rule imdsv2_${subject}_acme_compute_host `);
  }
  expect(GuardRules.render({ target: GuardTarget.CONFIGURATION_ITEM })).toContain('configuration.launch.options.httpTokens IN');
});

test('the page on coverage lists a type that only has a record', () => {
  const page = coveragePage(RECORDS);
  expect(page).toContain('| `Acme::Compute::Host` | yes | yes | sometimes |');
  expect(page).toContain('| `Acme::Compute::Pool` |  | yes |  |');
});
