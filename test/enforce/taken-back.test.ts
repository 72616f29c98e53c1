import type { Stack } from 'aws-cdk-lib';
import { AspectPriority, Aspects, CfnResource } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import type { IConstruct } from 'constructs';
import { Imdsv2, ImdsExemption } from '../../src';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const EXEMPT = { rule: 'Imdsv2::TokensRequired', reason: 'by tag' };
const OTHER = { namespace: 'aws:autoscaling:launchconfiguration', optionName: 'InstanceType', value: 't3.micro' };
const OPTION = { ...OTHER, optionName: 'DisableIMDSv1', value: 'false' };

/** An instance with an override to optional tokens. */
function madeOptional(stack: Stack): CfnInstance {
  const instance = new CfnInstance(stack, 'Resource');
  instance.addPropertyOverride('MetadataOptions.HttpTokens', 'optional');
  return instance;
}

/** Changes of an aspect to a resource before it exempts the resource. */
const CASES: readonly { readonly name: string; readonly make: (stack: Stack) => CfnResource; readonly change: (resource: CfnResource) => void }[] = [
  {
    name: 'rewrites options, and keeps those that stand there',
    make: stack => new CfnInstance(stack, 'Resource', { metadataOptions: { httpTokens: 'optional', httpEndpoint: 'enabled' } }),
    change: resource => {
      const instance = resource as CfnInstance;
      instance.metadataOptions = { ...instance.metadataOptions as object, httpPutResponseHopLimit: 3 };
    },
  },
  {
    name: 'rewrites options of an instance that had none',
    make: stack => new CfnInstance(stack, 'Resource'),
    change: resource => {
      const instance = resource as CfnInstance;
      instance.metadataOptions = { ...instance.metadataOptions as object, httpPutResponseHopLimit: 3 };
    },
  },
  {
    name: 'sets tokens itself, among options of its own',
    make: stack => new CfnInstance(stack, 'Resource'),
    change: resource => { (resource as CfnInstance).metadataOptions = { httpTokens: 'required', httpEndpoint: 'enabled' }; },
  },
  {
    name: 'makes tokens optional among those that stand there',
    make: stack => new CfnInstance(stack, 'Resource', { metadataOptions: { httpPutResponseHopLimit: 3 } }),
    change: resource => {
      const instance = resource as CfnInstance;
      instance.metadataOptions = { ...instance.metadataOptions as object, httpTokens: 'optional' };
    },
  },
  {
    name: 'rewrites what the options of a launch template lie in',
    make: stack => new CfnLaunchTemplate(stack, 'Resource', { launchTemplateData: { imageId: 'ami-1' } }),
    change: resource => {
      const template = resource as CfnLaunchTemplate;
      template.launchTemplateData = { ...template.launchTemplateData as object, instanceType: 't3.micro' };
    },
  },
  {
    name: 'rewrites the options of a launch template, too',
    make: stack => new CfnLaunchTemplate(stack, 'Resource', { launchTemplateData: { metadataOptions: { httpTokens: 'optional' } } }),
    change: resource => {
      const template = resource as CfnLaunchTemplate;
      const data = template.launchTemplateData as CfnLaunchTemplate.LaunchTemplateDataProperty;
      template.launchTemplateData = { ...data, metadataOptions: { ...data.metadataOptions as object, httpEndpoint: 'enabled' } };
    },
  },
  {
    name: 'adds to a list of options',
    make: stack => new CfnEnvironment(stack, 'Resource', { applicationName: 'a', optionSettings: [OPTION] }),
    change: resource => {
      const environment = resource as CfnEnvironment;
      environment.optionSettings = [...environment.optionSettings as typeof OTHER[], OTHER];
    },
  },
  {
    name: 'adds to a list of options without the one that disables IMDSv1',
    make: stack => new CfnEnvironment(stack, 'Resource', { applicationName: 'a', optionSettings: [OTHER] }),
    change: resource => {
      const environment = resource as CfnEnvironment;
      environment.optionSettings = [...environment.optionSettings as typeof OTHER[], { ...OTHER, optionName: 'ImageId', value: 'ami-1' }];
    },
  },
  {
    name: 'requires tokens by an override of what an override made optional',
    make: madeOptional,
    change: resource => resource.addPropertyOverride('MetadataOptions.HttpTokens', 'required'),
  },
  {
    name: 'overrides something else beside options that an override made optional',
    make: madeOptional,
    change: resource => resource.addPropertyOverride('InstanceType', 't3.micro'),
  },
  {
    name: 'makes another type of it, and adds options',
    make: stack => new CfnInstance(stack, 'Resource'),
    change: resource => {
      const instance = resource as CfnInstance;
      instance.metadataOptions = { ...instance.metadataOptions as object, httpPutResponseHopLimit: 3 };
      instance.addOverride('Type', 'Custom::Thing');
    },
  },
];

describe.each([201, AspectPriority.DEFAULT, 998])("the early pass's changes are undone if an aspect of the priority %d exempts the resource", priority => {
  const rendered = ({ make, change }: typeof CASES[number], isEnforced: boolean) => {
    const stack = scratchStack();
    const resource = make(stack);
    const visit = (node: IConstruct) => {
      if (node !== resource) { return; }
      change(resource);
      ImdsExemption.of(resource).add(EXEMPT);
    };
    Aspects.of(stack).add({ visit }, { priority });
    if (isEnforced) { Imdsv2.enforce(stack); }
    return synthesize(stack).template.Resources.Resource;
  };

  test.each(CASES)('$name', example => {
    expect(rendered(example, true)).toEqual(rendered(example, false));
  });
});

test('an exemption of a launch template after its instance was enforced includes the instance', () => {
  const stack = scratchStack();
  const host = new CfnInstance(stack, 'Host');
  const weak = new CfnInstance(stack, 'Weak', { metadataOptions: { httpTokens: 'optional' } });
  const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
  for (const instance of [host, weak]) { instance.launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber }; }
  Aspects.of(stack).add({ visit: node => { if (node === template) { ImdsExemption.of(node).add(EXEMPT); } } });
  Imdsv2.enforce(stack);
  const { Resources } = synthesize(stack).template;
  expect(Resources.Host.Properties).not.toHaveProperty('MetadataOptions');
  expect(Resources.Weak.Properties?.MetadataOptions).toEqual({ HttpTokens: 'required' });
  expect(Resources.Template.Properties).toEqual({ LaunchTemplateData: {} });
});

test('the changes add nothing but options to the properties, during aspects and after them', () => {
  const stack = scratchStack();
  const instance = new CfnInstance(stack, 'Host');
  const seen: unknown[] = [];
  const look = () => seen.push(Object.keys(instance.metadataOptions!), stack.resolve(instance.metadataOptions));
  Aspects.of(stack).add({ visit: node => { if (node === instance) { look(); } } });
  Imdsv2.enforce(stack);
  synthesize(stack);
  expect(seen).toEqual([['httpTokens'], { httpTokens: 'required' }]);
  expect(Object.getOwnPropertySymbols(instance.metadataOptions)).toEqual([]);
});
