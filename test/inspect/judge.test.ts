import type { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Imdsv2, Imdsv2Validator } from '../../src';
import type { Finding } from '../../src/inspect/finding';
import { distinctFindings, statementOf } from '../../src/inspect/finding';
import { findingText } from '../../src/inspect/finding-text';
import type { RuleCheck } from '../../src/inspect/judge';
import { UNCONDITIONAL_CHECKS } from '../../src/inspect/judge';
import { Imdsv2NagChecks } from '../../src/nag';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import type { Outcome, Reported } from '../nag/synthesized-nag';
import { synthesizedWith } from '../nag/synthesized-nag';

/** The warnings of enforcement on a construct, without the advice. */
function warningsOf(build: (stack: Stack) => void): string[] {
  const app = scratchApp();
  const stack = scratchStack(app);
  build(stack);
  Imdsv2.enforce(app);
  app.synth();
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data).replace(/; .*/s, ''));
}

/** The findings of a plugin. */
function descriptionsIn({ plugins }: Outcome, plugin = 'Imdsv2'): string[] {
  return plugins.filter(({ pluginName }) => pluginName === plugin).flatMap(({ violations }) => violations.map(({ description }) => description));
}

describe('a new check of the judge', () => {
  const added: RuleCheck = ({ resource }) => resource.type !== 'AWS::EC2::Instance' ? [] : [{
    rule: 'Imdsv2::HopLimitTooHigh', path: 'MadeUp', want: { kind: 'at most', hops: 3 }, got: [{ kind: 'set', value: 4 }],
  }];
  const build = (stack: Stack) => { new CfnInstance(stack, 'Host', { metadataOptions: { httpTokens: 'required' } }); };
  const text = 'MadeUp must be at most 3, got 4';

  beforeAll(() => { (UNCONDITIONAL_CHECKS as RuleCheck[]).push(added); });
  afterAll(() => { (UNCONDITIONAL_CHECKS as RuleCheck[]).pop(); });

  test('warns in enforcement', () => {
    expect(warningsOf(build)).toEqual([text]);
  });

  test('is a violation of the validator', () => {
    expect(descriptionsIn(synthesizedWith(app => build(scratchStack(app)), () => [new Imdsv2Validator()]))).toEqual([text]);
  });

  test('is a violation of the pack for cdk-nag', () => {
    expect(descriptionsIn(synthesizedWith(app => build(scratchStack(app)), app => [new Imdsv2NagChecks(app)]))).toEqual([text]);
  });
});

test('enforcement adds its own reason to the causes of the judge', () => {
  const added: RuleCheck = ({ resource }) => resource.type !== 'AWS::AutoScaling::LaunchConfiguration' ? [] : [{
    rule: 'Imdsv2::TokensRequired', path: 'MadeUp', want: { kind: 'accepted', values: "'required'" }, because: [{ kind: 'no instance type' }],
  }];
  const app = scratchApp();
  const stack = scratchStack(app);
  new CfnLaunchConfiguration(stack, 'Host', { imageId: 'ami-1', instanceType: 'm5.large' });
  (UNCONDITIONAL_CHECKS as RuleCheck[]).push(added);
  try {
    Imdsv2.enforce(app, { avoidReplacement: true });
    app.synth();
  } finally {
    (UNCONDITIONAL_CHECKS as RuleCheck[]).pop();
  }
  const said = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
  expect(said).toContainEqual(expect.stringMatching(/^MadeUp must be 'required', because the app sets no instance type and avoidReplacement is set, and a change would replace this resource/));
});

describe('an instance that gets its hop limit from its launch template', () => {
  const build = (stack: Stack) => {
    const metadataOptions = { httpTokens: 'required', httpPutResponseHopLimit: 1 };
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions } });
    new CfnInstance(stack, 'Host', {
      launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      metadataOptions: { httpTokens: 'required' },
      userData: Buffer.from('echo ECS_CLUSTER=x >> /etc/ecs/ecs.config').toString('base64'),
    });
  };
  const said = new RegExp("^MetadataOptions\\.HttpPutResponseHopLimit must be at least 2, got 1 from the launch template 'Stack/Template', "
    + 'because containers run on its instances \\(user data configures the ECS agent');

  test('has this in its finding, with the same words everywhere', () => {
    const [warning] = warningsOf(build).filter(text => text.startsWith('MetadataOptions'));
    expect(warning).toMatch(said);
    const validated = descriptionsIn(synthesizedWith(app => build(scratchStack(app)), () => [new Imdsv2Validator()]));
    const packed = descriptionsIn(synthesizedWith(app => build(scratchStack(app)), app => [new Imdsv2NagChecks(app)]));
    expect(packed.sort()).toEqual(validated.sort());
    expect(packed).toContainEqual(expect.stringMatching(said));
  });
});

test.each([['2', 'version 2'], ['$Default', 'the version $Default']])('an instance that uses the version %s of its launch template may get another hop limit', (version, words) => {
  const [warning] = warningsOf(stack => {
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 } } });
    new CfnInstance(stack, 'Host', {
      launchTemplate: { launchTemplateId: template.ref, version },
      userData: Buffer.from('echo ECS_CLUSTER=x >> /etc/ecs/ecs.config').toString('base64'),
    });
  }).filter(text => text.startsWith('MetadataOptions.HttpPutResponseHopLimit'));
  expect(warning).toContain(`got 1 from the launch template 'Stack/Template' (${words} may differ), because`);
});

describe('cdk-nag', () => {
  test('has a violation for each text, with its resources', () => {
    const hops = (app: App) => {
      const stack = scratchStack(app);
      [8, 9, 9].forEach((httpPutResponseHopLimit, index) =>
        new CfnInstance(stack, `Host${index}`, { metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit } }));
    };
    const { plugins: [{ violations }] } = synthesizedWith(hops, app => [new Imdsv2NagChecks(app)]);
    const pathsIn = ({ violatingConstructs }: Reported) => violatingConstructs.map(({ constructPath }) => constructPath);
    expect(violations.map(violation => [violation.description, pathsIn(violation)])).toEqual([
      ['MetadataOptions.HttpPutResponseHopLimit must be at most 2, got 8', ['Stack/Host0']],
      ['MetadataOptions.HttpPutResponseHopLimit must be at most 2, got 9', ['Stack/Host1', 'Stack/Host2']],
    ]);
  });
});

describe('different findings', () => {
  const finding: Finding = { rule: 'Imdsv2::HopLimitTooHigh', resource: 'A', path: 'X', want: { kind: 'at most', hops: 2 }, got: [{ kind: 'set', value: 3 }] };

  test.each<[string, Partial<Finding>, boolean]>([
    ['another rule', { rule: 'Imdsv2::ContainerHopLimit' }, false],
    ['another place', { path: 'Y' }, false],
    ['another value', { got: [{ kind: 'set', value: '3' }] }, false],
    ['another cause', { because: [{ kind: 'no instance type' }] }, false],
    ['another resource', { resource: 'B' }, true],
    ['nothing else', {}, true],
  ])('%s', (_, changed, isSame) => {
    expect(statementOf({ ...finding, ...changed }) === statementOf(finding)).toBe(isSame);
  });

  test('are each reported once for a resource', () => {
    expect(distinctFindings([finding, { ...finding }, { ...finding, path: 'Y' }])).toHaveLength(2);
  });

  test('a value that JSON cannot contain is reported, too', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const odd: Finding = { ...finding, got: [{ kind: 'set', value: circular }, { kind: 'set', value: 10n }] };
    expect(statementOf(odd)).not.toBe(statementOf(finding));
    expect(findingText(odd)).toContain('got an object that cannot be shown or 10');
  });
});
