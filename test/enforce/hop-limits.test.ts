import type { IAspect, Stack } from 'aws-cdk-lib';
import { Aspects, CfnParameter, CfnResource, Fn, Lazy, Token } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { when } from '../harness/condition-forms';
import { DOORS, ONCE, TWICE } from '../harness/doors';
import type { Enforced, Written } from '../harness/in-a-tree';
import { IN_A_TREE, enforcedStack, enforcedTemplate, findingsIn, textsOf, withOptions } from '../harness/in-a-tree';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const TOO_LOW = 'Imdsv2::ContainerHopLimit';
const TOO_HIGH = 'Imdsv2::HopLimitTooHigh';
const NO_VALUE = { Ref: 'AWS::NoValue' };
const AGENT = 'RUNTX0NMVVNURVI9d2ViCg==';

const PARAMETERS = {
  OneOrTwo: { Type: 'Number', AllowedValues: ['1', '2'] },
  TwoOrThree: { Type: 'Number', AllowedValues: ['2', '3'] },
  Two: { Type: 'Number', Default: 2 },
  Open: { Type: 'Number' },
};

/** Hop limits of users, with the reports for a container host and for other hosts. */
const SET: readonly (readonly [value: unknown, container: string | undefined, anything: string | undefined])[] = [
  [1, 'at least 2, got 1', undefined],
  ['1', 'at least 2, got 1', undefined],
  [2, undefined, undefined],
  ['2', undefined, undefined],
  [3, undefined, 'at most 2, got 3'],
  ['64', undefined, 'at most 2, got 64'],
  [{ Ref: 'OneOrTwo' }, 'at least 2, got 1', undefined],
  [{ Ref: 'TwoOrThree' }, undefined, 'at most 2, got 3'],
  [{ Ref: 'Two' }, 'at least 2, got unknown (Ref', undefined],
  [{ Ref: 'Open' }, 'at least 2, got unknown (Ref', undefined],
  [{ 'Fn::FindInMap': ['Hops', 'Production', 'web'] }, 'at least 2, got unknown (Fn::FindInMap)', undefined],
  [when('IsProduction', 1, 2), 'at least 2, got 1', undefined],
  [when('IsProduction', 2, 3), undefined, 'at most 2, got 3'],
  [when('IsProduction', 1, 3), 'at least 2, got 1', 'at most 2, got 3'],
];

/** CfnInclude itself converts numbers to texts. */
const asNumbers = (text: string) => text.replace(/["'](\d+)["']/g, '$1');

const instance = (HttpPutResponseHopLimit: unknown, UserData?: string): Written =>
  ({ Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpPutResponseHopLimit }, ...UserData ? { UserData } : {} } });

describe.each(IN_A_TREE)('%s', (_, build) => {
  const enforced = (host: Written, props = {}) => enforcedTemplate(build, {
    Parameters: PARAMETERS, Mappings: { Hops: { Production: { web: '2' } } }, Resources: { Host: host },
  }, props);
  const expectFindings = ({ reports }: Enforced, id: string, words: string | undefined) =>
    expect(textsOf(reports, id).map(asNumbers)).toEqual(words === undefined ? [] : [expect.stringContaining(`MetadataOptions.HttpPutResponseHopLimit must be ${words}`)]);

  test.each(SET)('on a container host, %j stays as it is', (value, container, anything) => {
    const result = enforced(instance(value, AGENT), { httpPutResponseHopLimit: 2 });
    expect(asNumbers(JSON.stringify(result.options.Host?.HttpPutResponseHopLimit))).toBe(asNumbers(JSON.stringify(value)));
    expectFindings(result, TOO_LOW, container);
    expectFindings(result, TOO_HIGH, anything);
  });

  test.each(SET)('on another host, %j stays as it is', (value, __, anything) => {
    const result = enforced(instance(value), { httpPutResponseHopLimit: 2 });
    expect(asNumbers(JSON.stringify(result.options.Host?.HttpPutResponseHopLimit))).toBe(asNumbers(JSON.stringify(value)));
    expectFindings(result, TOO_LOW, undefined);
    expectFindings(result, TOO_HIGH, anything);
  });

  test('a branch without a hop limit gets one', () => {
    const { options } = enforced(instance(when('IsProduction', 2, NO_VALUE), AGENT));
    expect(options.Host?.HttpPutResponseHopLimit).toEqual(when('IsProduction', 2, 2));
  });

  test.each([
    [{ maxHopLimit: 3 }, undefined], [{ maxHopLimit: 64 }, undefined],
    [{ httpPutResponseHopLimit: 3 }, undefined], [{ containerHopLimit: 3 }, undefined],
    [{}, 'at most 2, got 3'],
    [{ httpPutResponseHopLimit: 1, maxHopLimit: 2 }, 'at most 2, got 3'],
    [{ maxHopLimit: 1, containerHopLimit: 1 }, 'at most 1, got 3'],
  ])('a hop limit of 3 with %j', (props, words) => {
    expectFindings(enforced(instance(3), props), TOO_HIGH, words);
  });

  test.each([
    [{ containerHopLimit: 1 }, undefined], [{ containerHopLimit: 3 }, 'at least 2, got 1'], [{}, 'at least 2, got 1'],
  ])('a hop limit of 1 on a container host with %j', (props, words) => {
    expectFindings(enforced(instance(1, AGENT), props), TOO_LOW, words);
  });

  test('an invalid value is reported as such, and not as another fault', () => {
    expect(findingsIn(enforced(instance(70, AGENT)).reports)).toEqual([expect.stringMatching(/Imdsv2::ValueNotAccepted$/)]);
  });

  test('the overrides of a fleet are compared with both limits', () => {
    const Fleet = (HttpPutResponseHopLimit: number): Written => ({
      Type: 'AWS::EC2::EC2Fleet',
      Properties: {
        Type: 'instant',
        TargetCapacitySpecification: { TotalTargetCapacity: 1 },
        LaunchTemplateConfigs: [{
          LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' }, Overrides: [{ MetadataOptions: { HttpPutResponseHopLimit } }],
        }],
      },
    });
    const Template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { UserData: AGENT } } };
    const findings = (hopLimit: number) => enforcedTemplate(build, { Resources: { Template, Fleet: Fleet(hopLimit) } }).reports
      .filter(({ id }) => id === TOO_LOW || id === TOO_HIGH).map(({ at, id }) => [at.split('/').pop(), id]);
    expect(findings(1)).toEqual([['Fleet', TOO_LOW]]);
    expect(findings(2)).toEqual([]);
    expect(findings(3)).toEqual([['Fleet', TOO_HIGH]]);
  });
});

test.each<readonly [string, (stack: Stack) => unknown, unknown]>([
  ['a number', () => 1, 1],
  ['a Lazy', () => Lazy.number({ produce: () => 1 }), 1],
  ['a token', () => Token.asNumber(Fn.conditionIf('IsProduction', 1, 2)), when('IsProduction', 1, 2)],
  ['a parameter', stack => new CfnParameter(stack, 'Hops', { type: 'Number', allowedValues: ['1'] }).valueAsNumber, { Ref: 'Hops' }],
])('%s in a typed L1 stays, and is reported on a container host', (_, value, rendered) => {
  const { options, reports } = enforcedStack(stack => {
    new CfnInstance(stack, 'Host', { userData: AGENT, metadataOptions: { httpPutResponseHopLimit: value(stack) as number } });
  });
  expect(options.Host).toEqual({ HttpPutResponseHopLimit: rendered, HttpTokens: 'required' });
  expect(textsOf(reports, TOO_LOW)).toHaveLength(1);
});

test('a raw override stays, and is reported', () => {
  const { options, reports } = enforcedStack(stack => {
    new CfnInstance(stack, 'Host', { userData: AGENT }).addPropertyOverride('MetadataOptions.HttpPutResponseHopLimit', 1);
  });
  expect(options.Host).toEqual({ HttpPutResponseHopLimit: 1, HttpTokens: 'required' });
  expect(textsOf(reports, TOO_LOW)).toHaveLength(1);
});

/** A template, its group and a capacity provider, created in this order. */
function launch(stack: Stack, ids: readonly string[]): void {
  const makers: { readonly [id: string]: () => unknown } = {
    Template: () => new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} }),
    Group: () => new CfnAutoScalingGroup(stack, 'Group', {
      minSize: '0',
      maxSize: '1',
      launchTemplate: { launchTemplateId: Fn.ref('Template'), version: Fn.getAtt('Template', 'LatestVersionNumber').toString() },
    }),
    Provider: () => new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: Fn.ref('Group') } }),
  };
  for (const id of ids) { makers[id](); }
}

const ORDERS = [['Template', 'Group', 'Provider'], ['Provider', 'Group', 'Template'], ['Group', 'Provider', 'Template']];

describe.each([...ONCE, ...TWICE])('by %s', (_, door) => {
  test.each(ORDERS)('the order of the constructs does not matter: %s, %s, %s', (...ids) => {
    expect(enforcedStack(stack => launch(stack, ids), {}, door).options.Template).toEqual({ HttpPutResponseHopLimit: 2, HttpTokens: 'required' });
  });

  test('an instance that runs containers itself gets a hop limit before and after its template gets another one', () => {
    for (const isBefore of [true, false]) {
      const { options } = enforcedStack(stack => {
        const host = () => new CfnInstance(stack, 'Host', { userData: AGENT, launchTemplate: { launchTemplateId: Fn.ref('Template'), version: '1' } });
        if (isBefore) { host(); }
        new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
        if (!isBefore) { host(); }
      }, { httpPutResponseHopLimit: 1 }, door);
      expect(options).toMatchObject({ Template: { HttpPutResponseHopLimit: 1 }, Host: { HttpPutResponseHopLimit: 2 } });
    }
  });
});

describe.each([[true], [false]])('with aspect stabilization: %s', stabilization => {
  const stackIn = () => scratchStack(scratchApp({ '@aws-cdk/core:aspectStabilization': stabilization }));
  const optionsIn = (stack: Stack) => withOptions(synthesize(stack));

  test.each(ORDERS)('a capacity provider is found: %s, %s, %s', (...ids) => {
    const stack = stackIn();
    launch(stack, ids);
    Imdsv2.enforce(stack);
    expect(optionsIn(stack).options.Template?.HttpPutResponseHopLimit).toBe(2);
  });

  test('a capacity provider that an aspect adds is found', () => {
    const stack = stackIn();
    launch(stack, ['Template', 'Group']);
    const adding: IAspect = { visit: node => { if (node === stack && !stack.node.tryFindChild('Provider')) { launch(stack, ['Provider']); } } };
    Aspects.of(stack).add(adding);
    Imdsv2.enforce(stack);
    expect(optionsIn(stack).options.Template?.HttpPutResponseHopLimit).toBe(2);
  });

  test('user data that an aspect sets is found', () => {
    const stack = stackIn();
    new CfnInstance(stack, 'Host');
    Imdsv2.enforce(stack);
    Aspects.of(stack).add({ visit: node => { if (node instanceof CfnInstance) { node.userData = AGENT; } } });
    expect(optionsIn(stack).options.Host?.HttpPutResponseHopLimit).toBe(2);
  });

  test('a hop limit that an aspect sets stays', () => {
    const stack = stackIn();
    new CfnInstance(stack, 'Host', { userData: AGENT });
    Imdsv2.enforce(stack, { httpPutResponseHopLimit: 2 });
    Aspects.of(stack).add({ visit: node => { if (node instanceof CfnInstance) { node.metadataOptions = { httpPutResponseHopLimit: 1 }; } } });
    const { options, reports } = optionsIn(stack);
    expect(options.Host).toEqual({ HttpPutResponseHopLimit: 1, HttpTokens: 'required' });
    expect(textsOf(reports, TOO_LOW)).toHaveLength(1);
  });
});

describe('two enforcements', () => {
  test('the outer scope sets it first', () => {
    const stack = scratchStack();
    new CfnInstance(stack, 'Host');
    Imdsv2.enforce(stack.node.root, { httpPutResponseHopLimit: 1 });
    Imdsv2.enforce(stack, { httpPutResponseHopLimit: 2 });
    expect(withOptions(synthesize(stack)).options.Host?.HttpPutResponseHopLimit).toBe(1);
  });

  test('a hop limit that a mixin wrote into the template does not apply to an instance that runs containers', () => {
    const stack = scratchStack();
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
    template.with(new RequireImdsv2({ httpPutResponseHopLimit: 1 }));
    const host = new CfnInstance(stack, 'Host', { userData: AGENT, launchTemplate: { launchTemplateId: template.ref, version: '1' } });
    host.with(new RequireImdsv2({ httpPutResponseHopLimit: 1 }));
    expect(withOptions(synthesize(stack)).options).toMatchObject({ Template: { HttpPutResponseHopLimit: 1 }, Host: { HttpPutResponseHopLimit: 2 } });
  });

  test('the mixin and Imdsv2.enforce() together write the same as one of them', () => {
    const once = enforcedStack(stack => launch(stack, ORDERS[0]), {}, DOORS.enforce);
    const both = enforcedStack(stack => launch(stack, ORDERS[0]), {}, (stack, props) => {
      stack.with(new RequireImdsv2(props));
      Imdsv2.enforce(stack, props);
    });
    expect(both.template).toEqual(once.template);
    expect(findingsIn(both.reports)).toEqual([]);
  });

  test('an instance gets its own hop limit if its template is outside the app', () => {
    const { options } = enforcedStack(stack => {
      new CfnResource(stack, 'Host', { type: 'AWS::EC2::Instance', properties: { UserData: AGENT, LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } } });
    });
    expect(options.Host).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  });
});

test('a limit that is too high is reported once, at its place', () => {
  const { reports } = enforcedStack(stack => {
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpPutResponseHopLimit: 9 } } });
    new CfnInstance(stack, 'Host', { launchTemplate: { launchTemplateId: template.ref, version: '1' } });
  });
  expect(findingsIn(reports)).toEqual([`Stack/Template ${TOO_HIGH}`]);
});

test('a finding has the reason and the advice', () => {
  const { reports } = enforcedStack(stack => {
    new CfnInstance(stack, 'Host', { userData: AGENT, metadataOptions: { httpPutResponseHopLimit: 1 } });
  });
  expect(findingsIn(reports)).toEqual([`Stack/Host ${TOO_LOW}`]);
  expect(textsOf(reports, TOO_LOW)[0]).toMatch(/user data configures the ECS agent \(ECS_CLUSTER\).*increase the hop limit, or apply ContainerHost.*https:/);
});
