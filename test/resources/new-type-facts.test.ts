import { readFileSync } from 'fs';
import { join } from 'path';
import type { Stack } from 'aws-cdk-lib';
import { Aspects, CfnResource, TagManager, TagType, Tags } from 'aws-cdk-lib';
import * as ts from 'typescript';
import type { ImdsClientSettingsProps, RequireImdsv2Props } from '../../src';
import { ImdsClientSettings, ImdsReport, Imdsv2 } from '../../src';
import type { Report } from '../../src/report/report';
import { appOf, checked, violationsIn } from '../check/checked';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { reportedIds, synthesize } from '../harness/synthesized';
import { CALLING, ENV, launcher, usageOfLaunchers } from '../usage/records';
import { BOX, CLUSTER, CONFIG, FLEET, HOST, POOL, PROGRAM } from './made-up-types';

// Only the lists of records contain them.
jest.mock('../../src/resources/all-records', () => {
  const all = jest.requireActual<typeof import('../../src/resources/all-records')>('../../src/resources/all-records');
  const madeUp = jest.requireActual<typeof import('./made-up-types')>('./made-up-types');
  return {
    ...all,
    RECORDS: [...all.RECORDS, madeUp.HOST, madeUp.POOL, madeUp.CONFIG, madeUp.CLUSTER, madeUp.FLEET, madeUp.BOX],
    PROGRAMS: [...all.PROGRAMS, madeUp.PROGRAM],
  };
});

type Fill = (stack: Stack) => void;

interface Typed {
  readonly type: string;
}

const TOKENS = { HttpTokens: 'required' };

const add = (stack: Stack, id: string, { type }: Typed, properties: Json = {}) => new CfnResource(stack, id, { type, properties });

/** A launch template, and what names it. */
const launchTemplate = (data: Json): Fill => stack => { add(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate' }, { LaunchTemplateData: data }); };
const named = (Version: unknown = { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] }) => ({ LaunchTemplateId: { Ref: 'Template' }, Version });
const launches = (variant: Json, From: Json = named()) => ({ Launches: [{ From, Variants: [variant] }] });

/** What clusters launch from. */
const config = (options: Json): Fill => stack => { add(stack, 'Config', CONFIG, { Options: options }); };
const ofConfig = { Config: { Ref: 'Config' } };

/** The rules and paths that a check finds in a resource. */
function found({ type }: Typed, properties: Json, fill: Fill = () => {}): string[] {
  const stack = scratchStack();
  fill(stack);
  add(stack, 'It', { type }, properties);
  return violationsIn(checked(appOf(stack))).map(each => each.replace('Imdsv2::', '').replace('Stack/It Properties.', ''));
}

/** The resources in the report about a stack. */
function reportOf(stack: Stack): Report['resources'] {
  checked(appOf(stack), { reports: [ImdsReport.json()] });
  return (JSON.parse(readFileSync(join(appOf(stack).outdir, 'imdsv2-report.json'), 'utf8')) as Report).resources;
}

/** The template after enforcement, and its warnings. */
function enforced(fill: Fill, props: RequireImdsv2Props = {}) {
  const stack = scratchStack(scratchApp(), 'Shop', { env: ENV });
  fill(stack);
  Imdsv2.enforce(appOf(stack), props);
  const { template: { Resources }, reports } = synthesize(stack);
  return { propertiesOf: (id: string): Json => Resources[id].Properties ?? {}, ids: reportedIds(reports), warned: reports.map(({ text }) => text).join('\n') };
}

describe('the record of a launcher alone says', () => {
  test.each([['8', ['ReleaseTooOld Release']], ['9', []]])('whether the release %s can require tokens', (Release, findings) => {
    expect(found(CLUSTER, { Release, ...ofConfig }, config(TOKENS))).toEqual(findings);
  });

  test('that enforcement changes nothing that old releases launch from', () => {
    const { propertiesOf, warned } = enforced(stack => { config({})(stack); add(stack, 'It', CLUSTER, { Release: '8', ...ofConfig }); });
    expect(propertiesOf('Config').Options).toEqual({});
    expect(warned).toContain('use Acme 9');
  });

  test('how to fill a gap, and when this is not possible', () => {
    expect(found(CLUSTER, {})).toEqual(['LaunchSourceMissing Config']);
    expect(found(CLUSTER, { Kind: 'sealed' })).toEqual(['CannotBeSet Config']);
    expect(found(CLUSTER, { Kind: 'borrowed' })).toEqual([]);
  });

  test('when the service requires tokens', () => {
    const stack = scratchStack();
    add(stack, 'It', CLUSTER, { Kind: 'safe' });
    expect(reportOf(stack)[0].settings.tokens).toContainEqual(expect.objectContaining({ value: 'required', from: 'the safe kind of Acme' }));
  });

  test('when tags of managed instances are in the metadata, and reach them', () => {
    const tags = { ...ofConfig, Tags: [{ Key: 'cost center', Value: 'x' }] };
    const findings = [{ Propagates: 'YES' }, {}, { Propagates: 'YES', ShowsTags: false }].map(more => found(CLUSTER, { ...tags, ...more }, config(TOKENS)));
    expect(findings).toEqual([['TagKeyNotAllowed ShowsTags'], [], []]);
  });

  test.each([['EMR cluster', ['Imdsv2::UsageUnknown'], {}], ['Spot Fleet', [], { Options: TOKENS }]] as const)(
    'which of the launchers in a usage record it may be: a calling %s', (kind, ids, properties) => {
      const onlyWhereReady = usageOfLaunchers(launcher('j-1', { kind, ...CALLING }));
      const result = enforced(stack => { add(stack, 'Config', CONFIG); add(stack, 'It', CLUSTER, ofConfig); }, { onlyWhereReady });
      expect(result.ids).toEqual(ids);
      expect(result.propertiesOf('Config')).toEqual(properties);
    });

  test.each([['$Latest', ['Imdsv2::LatestNotLookedUp']], [undefined, []]])('that it looks up the version %s only once', (version, ids) => {
    const result = enforced(stack => { launchTemplate({})(stack); add(stack, 'It', FLEET, launches({}, named(version))); });
    expect(result.ids).toEqual(ids);
    if (version) { expect(result.warned).toContain('https://acme.example/versions'); }
  });

  test('that its instances do not start from the image of the template', () => {
    const tokensOf = (type: Typed, properties: Json) => {
      const stack = scratchStack();
      add(stack, 'Golden', { type: 'Custom::ImdsRegisteredImage' });
      launchTemplate({ ImageId: { Ref: 'Golden' } })(stack);
      add(stack, 'It', type, properties);
      return JSON.stringify(reportOf(stack).find(({ path }) => path === 'Stack/It')!.settings.tokens);
    };
    expect(tokensOf(FLEET, launches({}))).not.toContain('Golden');
    expect(tokensOf({ type: 'AWS::AutoScaling::AutoScalingGroup' }, { LaunchTemplate: named() })).toContain('Golden');
  });
});

describe('the record of launch overrides alone says', () => {
  const variant = { Options: { HttpTokens: 'optional' } };

  test('when the service ignores their options, and what to do then', () => {
    expect(found(FLEET, launches(variant), launchTemplate({ MetadataOptions: TOKENS }))).toEqual(['OptionsIgnored Launches[0].Variants[0].Options']);
    expect(found(FLEET, { ...launches(variant), Mode: 'once' }, launchTemplate({ MetadataOptions: TOKENS })))
      .toEqual(['TokensRequired Launches[0].Variants[0].Options.HttpTokens']);
  });

  test('that they inherit the options of the template', () => {
    expect(found(FLEET, { ...launches({ Size: 'm5' }), Mode: 'once' }, launchTemplate({ MetadataOptions: TOKENS }))).toEqual([]);
    const { propertiesOf } = enforced(stack => { launchTemplate({})(stack); add(stack, 'It', FLEET, { ...launches({ Size: 'm5' }), Mode: 'once' }); });
    expect((propertiesOf('It').Launches as Json[])[0].Variants).toEqual([{ Size: 'm5' }]);
  });

  test.each([
    ['a family without IPv6', { Size: 'm3' }, /'m3\.\*' is not a Nitro instance type/],
    ['a family with IPv6', { Size: 'm5' }, /^$/],
    ['instance requirements', { Needs: { CpuCount: 1 } }, /the instance type is only known at deployment/],
  ])('their instance types: %s', (_, properties, words) => {
    const { warned } = enforced(stack => { launchTemplate({})(stack); add(stack, 'It', FLEET, launches(properties)); }, { httpProtocolIpv6: true });
    expect(warned).toMatch(words);
  });
});

describe('the record of options alone says', () => {
  const optionsOf = (properties: Json, props: RequireImdsv2Props = {}) => {
    const { propertiesOf, ids } = enforced(stack => { add(stack, 'It', BOX, properties); }, props);
    return [(propertiesOf('It').Parts as Json | undefined)?.Options, ids];
  };

  test('that their parent is not created', () => {
    expect(optionsOf({})).toEqual([undefined, ['Imdsv2::OptionsUnreadable']]);
    expect(optionsOf({ Parts: {} })).toEqual([TOKENS, []]);
  });

  test('that a change interrupts running instances', () => {
    expect(optionsOf({ Parts: {} }, { avoidReplacement: true })).toEqual([undefined, ['Imdsv2::TokensRequired']]);
  });

  test.each<[Json, string[]]>([
    [{ Runs: 'pods' }, ['ContainerHopLimit Parts.Options']],
    [{ Runs: 'else' }, []],
    [{ Runs: 'pods', Where: 'OUTSIDE' }, []],
  ])('that containers get no token with its fixed hop limit: %j', (properties, findings) => {
    expect(found(BOX, { Parts: { Options: TOKENS }, ...properties })).toEqual(findings);
  });
});

describe('the record of instances alone says', () => {
  /** A resource with a tag manager, as an L1 of aws-cdk-lib has. */
  class TaggedBox extends CfnResource {
    public readonly tags = new TagManager(TagType.STANDARD, BOX.type);

    public constructor(stack: Stack) {
      super(stack, 'It', { type: BOX.type, properties: { Parts: {} } });
    }
  }

  const warnedOf = (tag: (stack: Stack, box: TaggedBox) => void) =>
    enforced(stack => { tag(stack, new TaggedBox(stack)); }, { instanceMetadataTags: true }).warned;

  test('which tags the service puts on them', () => {
    expect(warnedOf(() => {})).toContain("the tag key 'acme:box/id of it' is not allowed");
  });

  test('whose tags reach them, and that the user can keep a tag away', () => {
    expect(warnedOf((_, box) => Tags.of(box).add('its own', 'x'))).toContain("'its own'");
    expect(warnedOf(stack => Tags.of(stack).add('its stack', 'x'))).toContain("'its stack'");
    expect(warnedOf((_, box) => Tags.of(box).add('its own', 'x', { applyToLaunchedInstances: false }))).not.toContain("'its own'");
  });
});

describe('client settings of a type that only has a record', () => {
  const OFF = { disableWhereNoInstanceRole: true };

  const written = (record: Typed, properties: Json, props: ImdsClientSettingsProps) => {
    const stack = scratchStack();
    add(stack, 'It', record, properties);
    Aspects.of(stack).add(new ImdsClientSettings(props));
    const { template, reports } = synthesize(stack);
    return { properties: template.Resources.It.Properties, reports: reports.map(({ text }) => text).join('\n') };
  };

  test('are in its environment variables, and the effect is reported', () => {
    const { properties, reports } = written(PROGRAM, { Job: {} }, OFF);
    expect(properties).toEqual({ Job: { Variables: [{ Name: 'AWS_EC2_METADATA_DISABLED', Value: 'true' }] } });
    expect(reports).toContain('a deployment registers a new revision, and programs start again');
  });

  test('are not there if it may run on an instance', () => {
    expect(written(PROGRAM, { Job: {}, Host: 'own' }, OFF)).toEqual({ properties: { Job: {}, Host: 'own' }, reports: expect.stringContaining('it may run on an instance') as unknown });
  });

  test.each([['Windows', false], ['Linux', true]])('depend on the operating system %s, for which names may ignore case', (System, isWritten) => {
    const { properties } = written(PROGRAM, { Job: { Variables: [{ Name: 'aws_ec2_metadata_disabled', Value: 'x' }] }, System }, OFF);
    expect((properties!.Job as { Variables: unknown[] }).Variables).toHaveLength(isWritten ? 2 : 1);
  });

  test('are in its user data, on request if this interrupts instances', () => {
    const script = { Script: { 'Fn::Base64': '#!/bin/bash\ndate\n' } };
    expect(written(BOX, script, {})).toEqual({ properties: script, reports: expect.stringContaining('a deployment would restart the instance') as unknown });
    expect(JSON.stringify(written(BOX, script, { restartInstances: true }))).toContain('AWS_EC2_METADATA_V1_DISABLED');
  });
});

describe('the made-up types have every fact of', () => {
  const SOURCE = ts.createSourceFile('record.ts', readFileSync(join(__dirname, '../../src/resources/record.ts'), 'utf8'), ts.ScriptTarget.Latest);
  const RECORDS = [HOST, POOL, CONFIG, CLUSTER, FLEET, BOX];
  const launchers = RECORDS.flatMap(({ launchesFrom }) => launchesFrom ?? []);

  const isGiven = (value: unknown) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  const factsOf = (name: string) => SOURCE.statements.filter(ts.isInterfaceDeclaration).find(each => each.name.text === name)!.members
    .map(member => member.name!.getText(SOURCE));

  test.each<[string, readonly object[]]>([
    ['ResourceRecord', [...RECORDS, PROGRAM]],
    ['Carrier', RECORDS.flatMap(({ carriers }) => carriers)],
    ['LaunchesFrom', launchers],
    ['LaunchReference', launchers.flatMap(({ references }) => references)],
    ['Gap', RECORDS.flatMap(({ gaps }) => gaps)],
    ['PropertyCondition', RECORDS.flatMap(({ gaps }) => gaps.map(({ when }) => when))],
    ['InstanceFacts', RECORDS.map(({ instances }) => instances)],
    ['ContainerService', RECORDS.flatMap(({ containers }) => containers ?? [])],
  ])('%s', (name, given) => {
    const known = new Set(given.flatMap(each => Object.entries(each).flatMap(([fact, value]) => isGiven(value) ? [fact] : [])));
    expect(factsOf(name).filter(fact => !known.has(fact))).toEqual([]);
  });
});
