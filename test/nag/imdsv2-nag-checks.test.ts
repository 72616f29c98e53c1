import type { App } from 'aws-cdk-lib';
import { CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ImdsExemption, Imdsv2, Imdsv2Validator } from '../../src';
import type { Imdsv2NagChecksProps } from '../../src/nag';
import { Imdsv2NagChecks } from '../../src/nag';
import { CHECKED_RULE_IDS } from '../../src/policy/rules';
import { LiveResource } from '../../src/resources/live-resource';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { foundBy, synthesizedWith } from './synthesized-nag';

const AGENT = 'RUNTX0NMVVNURVI9d2ViCg==';
const TOKENS = 'Imdsv2-TokensRequired';

const pack = (props?: Imdsv2NagChecksProps) => (app: App) => [new Imdsv2NagChecks(app, props)];
const instance = (scope: Stack, httpTokens?: string, httpPutResponseHopLimit?: number) =>
  new CfnInstance(scope, 'Web', { metadataOptions: { httpTokens, httpPutResponseHopLimit } });

describe('as users add it', () => {
  const both = synthesizedWith(app => instance(scratchStack(app)), app => [new AwsSolutionsChecks(app), new Imdsv2NagChecks(app)]);

  test('it works together with AwsSolutionsChecks', () => {
    expect(both.plugins.map(({ pluginName }) => pluginName)).toEqual(['AwsSolutions', 'Imdsv2']);
    expect(foundBy(both, 'AwsSolutions')).toHaveProperty('AwsSolutions-EC26');
    expect(foundBy(both)).toEqual({ [TOKENS]: ['Stack/Web'] });
  });

  test('an error fails the synthesis, with the advice how to acknowledge it', () => {
    expect(both.failure).toMatch(/ERROR MetadataOptions\.HttpTokens must be 'required', got unset \(Imdsv2\)\n +Stack\/Web .*\n +Suggested fix: set HttpTokens .*\n +Acknowledge with 'Imdsv2::Imdsv2-TokensRequired'/);
  });

  test('a warning does not fail the synthesis', () => {
    const outcome = synthesizedWith(app => instance(scratchStack(app), 'required', 9), pack());
    expect(outcome.failure).toBeUndefined();
    expect(outcome.printed).toContain('WARNING');
    expect(foundBy(outcome)).toEqual({ 'Imdsv2-HopLimitTooHigh': ['Stack/Web'] });
  });

  test('it does not render resources again that CDK has rendered', () => {
    const rendered = jest.spyOn(LiveResource.prototype, 'definition');
    synthesizedWith(app => instance(scratchStack(app)), pack());
    expect(rendered).not.toHaveBeenCalled();
    rendered.mockRestore();
  });

  test('it has no findings if nothing is wrong', () => {
    const outcome = synthesizedWith(app => instance(scratchStack(app), 'required'), pack());
    expect(outcome).toMatchObject({ failure: undefined, printed: '' });
    expect(foundBy(outcome)).toEqual({});
  });

  test('it names every rule of a check', () => {
    expect(new Imdsv2NagChecks().ruleIds).toEqual(CHECKED_RULE_IDS.map(id => id.replace('::', '-')));
  });
});

describe('acknowledged', () => {
  test.each([TOKENS, 'Imdsv2::TokensRequired', 'Imdsv2::Imdsv2-TokensRequired'])('by %s, on the resource, the stack and the app', id => {
    for (const scopeOf of [(app: App) => app.node.findChild('Stack').node.findChild('Web'), (app: App) => app.node.findChild('Stack'), (app: App) => app]) {
      const outcome = synthesizedWith(app => {
        instance(scratchStack(app));
        Validations.of(scopeOf(app)).acknowledge({ id, reason: 'known' });
      }, pack());
      expect([outcome.failure, foundBy(outcome)]).toEqual([undefined, {}]);
    }
  });

  test('by the id that CDK prints, it is shown as suppressed in the report', () => {
    const outcome = synthesizedWith(app => {
      instance(scratchStack(app));
      Validations.of(app).acknowledge({ id: 'Imdsv2::Imdsv2-TokensRequired', reason: 'known' });
    }, pack());
    expect(foundBy(outcome, 'Imdsv2', 'suppressedViolations')).toEqual({ [TOKENS]: ['Stack/Web'] });
  });

  test('on one resource, it does not hide others', () => {
    const outcome = synthesizedWith(app => {
      Validations.of(instance(scratchStack(app))).acknowledge({ id: TOKENS, reason: 'known' });
      instance(scratchStack(app, 'Other'));
    }, pack());
    expect(outcome.failure).toBeDefined();
    expect(foundBy(outcome)).toEqual({ [TOKENS]: ['Other/Web'] });
  });

  test('an exemption is valid until it expires', () => {
    const build = (app: App) => ImdsExemption.of(instance(scratchStack(app))).add({ rule: 'Imdsv2::TokensRequired', reason: 'known', expires: '2027-03-31' });
    expect(foundBy(synthesizedWith(build, pack({ today: '2027-01-01' })))).toEqual({});
    expect(foundBy(synthesizedWith(build, pack({ today: '2027-03-15' })))).toEqual({ 'Imdsv2-ExemptionExpiring': ['Stack/Web'] });
    expect(foundBy(synthesizedWith(build, pack({ today: '2027-03-31' })))).toEqual({ [TOKENS]: ['Stack/Web'], 'Imdsv2-ExemptionExpired': ['Stack/Web'] });
  });

  test('an expired exemption is reported once, also without launches, and can be acknowledged', () => {
    const build = (app: App) => {
      const stack = scratchStack(app);
      ImdsExemption.of(stack).add({ rule: 'Imdsv2::TokensRequired', reason: 'known', expires: '2027-03-31' });
      return stack;
    };
    expect(foundBy(synthesizedWith(build, pack({ today: '2027-03-15' })))).toEqual({ 'Imdsv2-ExemptionExpiring': ['Stack'] });
    expect(foundBy(synthesizedWith(build, pack({ today: '2027-03-31' })))).toEqual({ 'Imdsv2-ExemptionExpired': ['Stack'] });
    expect(foundBy(synthesizedWith(app => instance(build(app)), pack({ today: '2027-03-15' })))).toEqual({ 'Imdsv2-ExemptionExpiring': ['Stack/Web'] });
    const acknowledged = (app: App) => Validations.of(build(app)).acknowledge({ id: 'Imdsv2::ExemptionExpired', reason: 'known' });
    expect(foundBy(synthesizedWith(acknowledged, pack({ today: '2027-03-31' })))).toEqual({});
  });

  test('the acknowledgement is written into the template on request', () => {
    const app = scratchApp();
    const host = instance(scratchStack(app));
    Validations.of(host).acknowledge({ id: TOKENS, reason: 'known' });
    Validations.of(app).addPlugins(new Imdsv2NagChecks(app, { writeSuppressionsToCloudFormation: true }));
    const { Metadata } = (app.synth().getStackByName('Stack').template as { Resources: { Web: { Metadata: unknown } } }).Resources.Web;
    expect(Metadata).toEqual({ cdk_nag: { rules_to_suppress: [{ id: TOKENS, reason: 'known' }] } });
  });
});

describe('props', () => {
  const description = (verbose: boolean) => {
    const { plugins: [{ violations: [violation] }] } = synthesizedWith(app => instance(scratchStack(app)), pack({ verbose }));
    return violation.description;
  };

  test('verbose adds the explanation and the page', () => {
    expect(description(false)).not.toContain('https:');
    expect(description(true)).toContain(description(false));
    expect(description(true)).toContain('https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html');
  });

  const hosts = (app: App) => {
    const stack = scratchStack(app);
    [1, 2, 3, 4].forEach(httpPutResponseHopLimit => new CfnInstance(stack, `Hops${httpPutResponseHopLimit}`, {
      userData: AGENT, metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit },
    }));
  };

  test.each<readonly [Imdsv2NagChecksProps, readonly number[], readonly number[]]>([
    [{}, [1], [3, 4]],
    [{ containerHopLimit: 1 }, [], [3, 4]],
    [{ containerHopLimit: 3 }, [1, 2], [4]],
    [{ maxHopLimit: 3 }, [1], [4]],
    [{ containerHopLimit: 3, maxHopLimit: 4 }, [1, 2], []],
  ])('with %j, the hop limits %j are too low for containers, and %j too high', (props, low, high) => {
    const found = foundBy(synthesizedWith(hosts, pack(props)));
    const paths = (limits: readonly number[]) => limits.map(limit => `Stack/Hops${limit}`);
    expect([found['Imdsv2-ContainerHopLimit'] ?? [], found['Imdsv2-HopLimitTooHigh'] ?? []]).toEqual([paths(low), paths(high)]);
  });

  test('the hop limits of enforcement are the default of the pack', () => {
    const build = (app: App) => {
      hosts(app);
      Imdsv2.enforce(app, { maxHopLimit: 4 });
    };
    expect(foundBy(synthesizedWith(build, pack()))['Imdsv2-HopLimitTooHigh']).toBeUndefined();
    expect(foundBy(synthesizedWith(build, pack({ maxHopLimit: 3 })))['Imdsv2-HopLimitTooHigh']).toEqual(['Stack/Hops4']);
  });

  test.each([{ maxHopLimit: 65 }, { containerHopLimit: 0 }, { containerHopLimit: 3, maxHopLimit: 2 }, { today: '2027-02-30' }])('%j is rejected', props => {
    expect(() => new Imdsv2NagChecks(undefined, props)).toThrow();
  });
});

describe('stages and stacks', () => {
  const stages = (app: App) => ['Beta', 'Prod'].forEach(id => {
    const stack = scratchStack(new Stage(app, id));
    instance(stack);
    instance(new NestedStack(stack, 'Nested') as Stack);
  });

  test('on an app, it checks stages and nested stacks', () => {
    const found = foundBy(synthesizedWith(stages, pack()));
    expect(found[TOKENS]).toEqual(['Beta/Stack/Web', 'Beta/Stack/Nested/Web', 'Prod/Stack/Web', 'Prod/Stack/Nested/Web']);
  });

  test('on a stage, it checks only that stage', () => {
    const found = foundBy(synthesizedWith(stages, pack(), app => app.node.findChild('Prod') as Stage));
    expect(found[TOKENS]).toEqual(['Prod/Stack/Web', 'Prod/Stack/Nested/Web']);
  });

  test('references to other stacks are followed after CDK has resolved them', () => {
    const outcome = synthesizedWith(app => {
      const template = new CfnLaunchTemplate(scratchStack(app, 'Templates'), 'Template', {
        launchTemplateData: { userData: AGENT, metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 } },
      });
      new CfnAutoScalingGroup(scratchStack(app, 'Groups'), 'Group', {
        minSize: '0', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      });
    }, pack());
    expect(foundBy(outcome)).toEqual({ 'Imdsv2-ContainerHopLimit': ['Templates/Template'] });
  });

  test('trees can be checked without a synthesis, one after the other', () => {
    const checks = new Imdsv2NagChecks();
    const bad = checks.validateScope(instance(scratchStack()));
    const good = checks.validateScope(instance(scratchStack(), 'required'));
    expect([bad.success, bad.violations.length, good.success, good.violations.length]).toEqual([false, 1, true, 0]);
  });
});

test('with the validator, each reports a finding under its own name, and one acknowledgement hides both', () => {
  const plugins = (app: App) => [new Imdsv2NagChecks(app), new Imdsv2Validator()];
  const build = (id: string) => (app: App) => Validations.of(instance(scratchStack(app))).acknowledge({ id, reason: 'known' });
  expect(Object.keys(foundBy(synthesizedWith(build('Other::Rule'), plugins)))).toEqual([TOKENS, 'Imdsv2::TokensRequired']);
  expect(foundBy(synthesizedWith(build('Imdsv2::TokensRequired'), plugins))).toEqual({});
});

test('a resource without metadata options is ignored', () => {
  const outcome = synthesizedWith(app => new CfnResource(scratchStack(app), 'Topic', { type: 'AWS::SNS::Topic' }), pack());
  expect(foundBy(outcome)).toEqual({});
});
