import type { Stack } from 'aws-cdk-lib';
import { CfnCondition, CfnOutput, CfnResource, Fn, Lazy } from 'aws-cdk-lib';
import { CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { RequireImdsv2 } from '../../src';
import { beforeAndAfter } from '../harness/before-and-after';
import { CARRIERS } from '../harness/carriers';
import { when } from '../harness/condition-forms';
import { DOORS, ONCE } from '../harness/doors';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const OPTIONAL = { MetadataOptions: { HttpTokens: 'optional' } };
const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };
const generic = (stack: Stack, type: string, properties?: Json) => new CfnResource(stack, 'Host', { type, properties });
const host = (stack: Stack) => synthesize(stack).template.Resources.Host;

/** Instances, templates and related resources of a typical app. */
function application(stack: Stack): void {
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
  const launchTemplate = new LaunchTemplate(stack, 'Template');
  new Instance(stack, 'Host', { vpc, instanceType: new InstanceType('m5.large'), machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }) });
  new CfnOutput(stack, 'Version', { value: launchTemplate.latestVersionNumber });
}

describe.each(ONCE)('%s', (_, door) => {
  test('enforcement adds no resource and changes no logical id', () => {
    const { before, after } = beforeAndAfter(application, door);
    expect(Object.keys(after.template.Resources)).toEqual(Object.keys(before.template.Resources));
    expect(after.template.Outputs).toEqual(before.template.Outputs);
  });

  test('enforcement never sets LaunchTemplate on an instance', () => {
    const { after } = beforeAndAfter(application, door);
    const instances = Object.values(after.template.Resources).filter(({ Type }) => Type === 'AWS::EC2::Instance');
    expect(instances).toHaveLength(1);
    expect(instances[0].Properties).not.toHaveProperty('LaunchTemplate');
  });

  test('enforcement changes nothing in an app without launches', () => {
    const { before, after } = beforeAndAfter(stack => {
      new Bucket(stack, 'Bucket', { versioned: true });
      new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
      new CfnResource(stack, 'Custom', { type: 'Custom::Instance', properties: OPTIONAL });
      new CfnResource(stack, 'Lookalike', { type: 'AWS::EC2::InstanceConnectEndpoint', properties: OPTIONAL });
    }, door);
    expect(JSON.stringify(after.template)).toBe(JSON.stringify(before.template));
    expect(after.reports).toEqual(before.reports);
  });

  test('enforcement changes nothing in the properties of other resources', () => {
    const { before, after } = beforeAndAfter(stack => {
      new CfnInstance(stack, 'Host', { userData: Fn.base64('#!/bin/sh'), imageId: 'ami-1', metadataOptions: { httpTokens: 'required', httpEndpoint: 'enabled' } });
    }, door);
    expect(JSON.stringify(after.template)).toBe(JSON.stringify(before.template));
  });
});

describe('stricter values stay', () => {
  test.each([
    ['a hop limit of 1', { HttpPutResponseHopLimit: 1 }, { httpPutResponseHopLimit: 2 }],
    ['a disabled endpoint', { HttpEndpoint: 'disabled' }, { httpEndpoint: true }],
    ['hidden tags', { InstanceMetadataTags: 'disabled' }, { instanceMetadataTags: true }],
    ['no IPv6', { HttpProtocolIpv6: 'disabled' }, { httpProtocolIpv6: true }],
  ])('%s', (_, options, props) => {
    const stack = scratchStack();
    generic(stack, 'AWS::EC2::Instance', { MetadataOptions: options });
    DOORS.enforce(stack, props);
    expect(host(stack).Properties).toEqual({ MetadataOptions: { ...options, HttpTokens: 'required' } });
  });
});

describe('the synthesized type counts', () => {
  test('for a resource that an override turns into an instance', () => {
    const stack = scratchStack();
    generic(stack, 'Custom::Host', OPTIONAL).addOverride('Type', 'AWS::EC2::Instance');
    DOORS.with(stack);
    expect(host(stack)).toEqual({ Type: 'AWS::EC2::Instance', Properties: REQUIRED });
  });

  test('for a typed resource that an override turns into another type', () => {
    const stack = scratchStack();
    new CfnSecurityConfiguration(stack, 'Host', { securityConfiguration: { Any: 1 } }).addOverride('Type', 'AWS::EC2::Instance');
    DOORS.with(stack);
    expect(host(stack).Properties).toEqual({ SecurityConfiguration: { Any: 1 }, ...REQUIRED });
  });

  test('for an instance that an override turns into another type', () => {
    const stack = scratchStack();
    new CfnInstance(stack, 'Host', { metadataOptions: { httpTokens: 'optional' } }).addOverride('Type', 'Custom::Host');
    DOORS.with(stack);
    expect(host(stack)).toEqual({ Type: 'Custom::Host', Properties: OPTIONAL });
  });
});

test.each([
  ['Fn::If', when('IsProduction', OPTIONAL, { Ref: 'AWS::NoValue' })],
  ['a macro', { 'Fn::Transform': { Name: 'Host' } }],
  ['text', 'text'],
])('properties that are %s as a whole by an override are never weak without a report', (_, properties) => {
  const stack = scratchStack();
  generic(stack, 'AWS::EC2::Instance', { ImageId: 'ami-1' }).addOverride('Properties', properties);
  DOORS.enforce(stack);
  const { template, reports } = synthesize(stack);
  const isRequired = !JSON.stringify(template.Resources.Host).includes('optional') && JSON.stringify(template.Resources.Host).includes('required');
  expect(isRequired || reports.length > 0).toBe(true);
});

describe('no exception', () => {
  test.each([null, 7, 'text', [], [null], { 'Fn::If': [] }, { 'Fn::If': 'text' }, { Ref: 7 }, { 'Fn::GetAtt': [] }])('is thrown for properties that are %j', thing => {
    for (const { type, place } of CARRIERS) {
      const [property] = place.split('.');
      const stack = scratchStack();
      const resource = generic(stack, type, { [property]: thing });
      expect(() => resource.with(new RequireImdsv2({ httpPutResponseHopLimit: 2 }))).not.toThrow();
      DOORS.enforce(stack);
      expect(() => synthesize(stack)).not.toThrow();
    }
  });

  test('is thrown for a block that contains itself', () => {
    const stack = scratchStack();
    const block: Json = { HttpTokens: 'optional' };
    block.Self = block;
    const resource = generic(stack, 'AWS::EC2::Instance', { MetadataOptions: block });
    expect(() => resource.with(new RequireImdsv2())).not.toThrow();
  });

  test('is thrown for a token that cannot be resolved yet', () => {
    const stack = scratchStack();
    let isReady = false;
    const options = Lazy.uncachedAny({
      produce: () => {
        if (!isReady) { throw new Error('too early'); }
        return { httpTokens: 'optional' };
      },
    });
    const instance = new CfnInstance(stack, 'Host', { metadataOptions: options });
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: options } });
    const configuration = new CfnLaunchConfiguration(stack, 'Configuration', { imageId: 'ami-1', instanceType: 'm5.large', metadataOptions: options });
    expect(() => [instance, template, configuration].forEach(resource => resource.with(new RequireImdsv2()))).not.toThrow();
    isReady = true;
    const { Resources } = synthesize(stack).template;
    expect(Resources.Host.Properties).toEqual(REQUIRED);
    expect(Resources.Template.Properties).toEqual({ LaunchTemplateData: REQUIRED });
    expect(Resources.Configuration.Properties).toMatchObject(REQUIRED);
  });

  test('is thrown for an empty app', () => {
    const app = scratchApp();
    DOORS.enforce(app);
    expect(() => app.synth()).not.toThrow();
  });
});
