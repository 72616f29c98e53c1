import { App, CfnResource } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { RULES } from '../../src/policy/rules';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import type { Violation } from './checked';
import { GOT_OPTIONAL, OPTIONAL, REQUIRED, appOf, checked, instance, launchTemplate, violationsIn } from './checked';

const { title, fix, see } = RULES['Imdsv2::TokensRequired'];

describe('a violation', () => {
  test('has the rule, the place and the advice', () => {
    const stack = scratchStack();
    instance(stack);
    expect(checked(appOf(stack)).violations).toEqual([{
      ruleName: 'Imdsv2::TokensRequired',
      description: GOT_OPTIONAL,
      suggestedFix: `${fix} (${see})`,
      severity: 'error',
      ruleMetadata: { title, severity: 'error', see },
      violatingConstructs: [expect.objectContaining({
        constructPath: 'Stack/Instance',
        cloudFormationResource: {
          templatePath: 'Stack.template.json',
          logicalId: 'Instance',
          propertyPaths: ['Properties.MetadataOptions.HttpTokens'],
        },
      })],
    }]);
  });

  test('fails the synthesis, whose error contains it', () => {
    const stack = scratchStack();
    instance(stack);
    const { failure, plugins } = checked(appOf(stack));
    expect(plugins.map(({ conclusion }) => conclusion)).toEqual(['failure']);
    expect(failure).toContain(GOT_OPTIONAL);
    expect(failure).toContain('Imdsv2::TokensRequired');
    expect(failure).toContain('Stack/Instance');
  });

  test('has the place that created the construct', () => {
    const app = scratchApp({ 'aws:cdk:disable-stack-trace': false });
    new CfnInstance(scratchStack(app), 'Instance');
    const [{ violatingConstructs: [{ stackTraces }] }] = checked(app).violations;
    expect(String(stackTraces?.[0])).toContain('violations.test.ts');
  });

  test('has the element of a list', () => {
    const stack = scratchStack();
    const override = (HttpTokens: string) => ({ InstanceType: 't3.micro', MetadataOptions: { HttpTokens } });
    new CfnResource(stack, 'Fleet', {
      type: 'AWS::EC2::EC2Fleet',
      properties: { Type: 'instant', LaunchTemplateConfigs: [{ Overrides: [override('required')] }, { Overrides: [override('required'), override('optional')] }] },
    });
    expect(violationsIn(checked(appOf(stack)))).toEqual([
      'Imdsv2::TokensRequired Stack/Fleet Properties.LaunchTemplateConfigs[1].Overrides[1].MetadataOptions.HttpTokens',
    ]);
  });

  test.each([
    {
      type: 'AWS::EC2::EC2Fleet',
      properties: { Type: 'maintain', LaunchTemplateConfigs: [{ Overrides: [REQUIRED] }] },
      description: "LaunchTemplateConfigs[0].Overrides[0].MetadataOptions has no effect, because it applies only if Type is 'instant', but Type is 'maintain', so the launch template applies instead",
      suggestedFix: /^set the options in the launch template, and remove them here \(\S*API_FleetLaunchTemplateOverridesRequest.html\)$/,
    },
    {
      type: 'AWS::Backup::RestoreTestingSelection',
      properties: { ProtectedResourceType: 'EBS', RestoreMetadataOverrides: { requireImdsV2: 'false' } },
      description: "RestoreMetadataOverrides has no effect, because it applies only if ProtectedResourceType is 'EC2', but ProtectedResourceType is 'EBS', so no instance is restored",
      suggestedFix: /^remove requireImdsV2 here, or set ProtectedResourceType to EC2 \(\S*restore-testing-inferred-metadata.html\)$/,
    },
  ])('about options of $type that the service ignores has the setting that counts, and the advice', ({ type, properties, description, suggestedFix }) => {
    const stack = scratchStack();
    new CfnResource(stack, 'Resource', { type, properties });
    const violation = checked(appOf(stack)).violations.find(({ ruleName }) => ruleName === 'Imdsv2::OptionsIgnored')!;
    expect(violation.description).toBe(description);
    expect(violation.suggestedFix).toMatch(suggestedFix);
  });

  test('is one for all resources with the same text, in all stacks', () => {
    const app = scratchApp();
    const stacks = ['One', 'Two'].map(id => scratchStack(app, id));
    stacks.forEach(stack => { instance(stack, 'A'); instance(stack, 'B'); });
    launchTemplate(stacks[0]);
    const { violations } = checked(app);
    const pathsOf = ({ violatingConstructs }: Violation) => violatingConstructs.map(({ constructPath }) => constructPath);
    expect(violations.map(violation => [violation.description, pathsOf(violation)])).toEqual([
      [GOT_OPTIONAL, ['One/A', 'One/B', 'Two/A', 'Two/B']],
      [`LaunchTemplateData.${GOT_OPTIONAL}`, ['One/Template']],
    ]);
  });

  test('has a text once for two branches of a condition', () => {
    const stack = scratchStack();
    instance(stack, 'Instance', { 'Fn::If': ['Never', OPTIONAL, OPTIONAL] });
    const { violations: [{ violatingConstructs }] } = checked(appOf(stack));
    expect(violatingConstructs.map(({ constructPath }) => constructPath)).toEqual(['Stack/Instance']);
  });
});

describe('no violation', () => {
  test.each<[string, (app: App) => unknown]>([
    ['of an app without stacks', () => undefined],
    ['of an empty stack', app => scratchStack(app)],
    ['where tokens are required', app => instance(scratchStack(app), 'Instance', REQUIRED)],
    ['of a construct that launches nothing', app => new CfnResource(scratchStack(app), 'Bucket', { type: 'AWS::S3::Bucket', properties: OPTIONAL })],
  ])('%s', (_, build) => {
    const app = scratchApp();
    build(app);
    expect(checked(app)).toEqual({ failure: undefined, plugins: [], violations: [], suppressed: [] });
  });
});
