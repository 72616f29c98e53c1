import { Fn, Lazy } from 'aws-cdk-lib';
import { CARRIERS } from '../harness/carriers';
import { when } from '../harness/condition-forms';
import { NOW_AND_LATER } from '../harness/doors';
import type { Form } from '../harness/form';
import { testForms } from '../harness/forms-through-doors';
import type { Json } from '../harness/json';
import { put } from '../harness/json';
import { WAYS } from '../harness/ways';

const fleet = CARRIERS.find(({ type }) => type === 'AWS::EC2::EC2Fleet')!;

const NO_VALUE = { Ref: 'AWS::NoValue' };
const OTHERS = { TargetCapacitySpecification: { TotalTargetCapacity: 2 }, Type: 'instant' };

/** A fleet with these configurations. */
const configs = (LaunchTemplateConfigs: unknown): Json => ({ ...OTHERS, LaunchTemplateConfigs });
/** A configuration with these overrides of a template in the app. */
const config = (...Overrides: unknown[]): Json => ({ Overrides });
/** The same with a template outside the app. */
const outside = (...Overrides: unknown[]): Json => ({ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '7' }, Overrides });
/** An override for an instance type, with or without metadata options. */
const override = (InstanceType: string, MetadataOptions?: unknown): Json => put({ InstanceType }, 'MetadataOptions', MetadataOptions);

const WEAK = { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 };
const REQUIRED = { HttpTokens: 'required', HttpPutResponseHopLimit: 2 };
const before = configs([config(override('m5.large'), override('c5.large', WEAK))]);
const after = configs([config(override('m5.large'), override('c5.large', REQUIRED))]);

/** The overrides of a fleet. They are lists, and each override can leave options to its template. */
const FORMS: readonly Form[] = [
  {
    name: 'no configurations',
    given: () => OTHERS,
    becomes: () => OTHERS,
    changes: () => false,
    ways: ['generic CfnResource'],
  },
  {
    name: 'no overrides',
    given: () => configs([{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '7' } }]),
    becomes: () => configs([{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '7' } }]),
    changes: () => false,
    reports: ['Imdsv2::LaunchSourceUnknown'],
  },
  {
    name: 'overrides that all say it themselves, over a template outside the app',
    given: () => configs([outside(override('m5.large', WEAK), override('c5.large', REQUIRED))]),
    becomes: () => configs([outside(override('m5.large', REQUIRED), override('c5.large', REQUIRED))]),
  },
  {
    name: 'overrides that leave it to a template outside the app',
    given: () => configs([config(override('c5.large')), outside(override('m5.large'), override('c5.large', REQUIRED))]),
    becomes: () => configs([config(override('c5.large')), outside(override('m5.large'), override('c5.large', REQUIRED))]),
    changes: () => false,
    reports: ['Imdsv2::LaunchSourceUnknown'],
  },
  {
    name: 'overrides without metadata options',
    given: () => configs([config(override('m5.large'), override('c5.large'))]),
    becomes: () => configs([config(override('m5.large'), override('c5.large'))]),
    changes: () => false,
  },
  {
    name: 'an override that weakens beside one that leaves it to the template',
    given: () => before,
    becomes: () => after,
  },
  {
    name: 'overrides that weaken in two configurations',
    given: () => configs([config(override('m5.large', WEAK)), config(override('c5.large', REQUIRED), override('r5.large', WEAK))]),
    becomes: () => configs([config(override('m5.large', REQUIRED)), config(override('c5.large', REQUIRED), override('r5.large', REQUIRED))]),
  },
  {
    name: 'an override under Fn::If',
    given: () => configs([config(when('IsProduction', override('m5.large', WEAK), override('c5.large')), override('r5.large'))]),
    becomes: () => configs([config(when('IsProduction', override('m5.large', REQUIRED), override('c5.large')), override('r5.large'))]),
  },
  {
    name: 'an override under Fn.conditionIf',
    given: () => configs([config(Fn.conditionIf('IsProduction', override('m5.large', WEAK), NO_VALUE), override('r5.large'))]),
    becomes: () => configs([config(when('IsProduction', override('m5.large', REQUIRED), NO_VALUE), override('r5.large'))]),
    ways: ['typed L1', 'generic CfnResource'],
  },
  {
    name: 'the list of overrides under Fn::If',
    given: () => configs([{ Overrides: when('IsProduction', [override('m5.large', WEAK)], [override('c5.large')]) }]),
    becomes: () => configs([{ Overrides: when('IsProduction', [override('m5.large', REQUIRED)], [override('c5.large')]) }]),
  },
  {
    name: 'the list of configurations under Fn::If',
    given: () => configs(when('IsProduction', [config(override('m5.large', WEAK))], NO_VALUE)),
    becomes: () => configs(when('IsProduction', [config(override('m5.large', REQUIRED))], NO_VALUE)),
  },
  {
    name: 'the list of overrides as a Lazy',
    given: (_, spell) => configs([{ Overrides: Lazy.any({ produce: () => spell([override('m5.large', WEAK), override('c5.large')]) }) }]),
    becomes: () => configs([{ Overrides: [override('m5.large', REQUIRED), override('c5.large')] }]),
    ways: ['typed L1', 'generic CfnResource'],
  },
  {
    name: 'the list of configurations as a Lazy',
    given: (_, spell) => configs(Lazy.any({ produce: () => spell([config(override('m5.large', WEAK), override('c5.large'))]) })),
    becomes: () => configs([config(override('m5.large', REQUIRED), override('c5.large'))]),
    ways: ['typed L1', 'generic CfnResource'],
  },
  {
    name: 'a Lazy override in a Lazy list',
    given: (_, spell) => configs([{ Overrides: Lazy.any({ produce: () => [Lazy.any({ produce: () => spell(override('m5.large', WEAK)) })] }) }]),
    becomes: () => configs([{ Overrides: [override('m5.large', REQUIRED)] }]),
    ways: ['typed L1', 'generic CfnResource'],
  },
  {
    name: 'an unreadable list of overrides',
    given: () => configs([{ Overrides: { Ref: 'AnyValue' } }]),
    becomes: () => configs([{ Overrides: { Ref: 'AnyValue' } }]),
    changes: () => false,
    reports: ['Imdsv2::OptionsUnreadable'],
    ways: ['generic CfnResource'],
  },
  {
    name: 'another thing among the overrides',
    given: () => configs([config('m5.large', override('c5.large', WEAK))]),
    becomes: () => configs([config('m5.large', override('c5.large', REQUIRED))]),
    reports: ['Imdsv2::OptionsUnreadable'],
    ways: ['generic CfnResource'],
  },
  {
    name: 'an override of the value by index',
    given: () => after,
    then: fleetResource => fleetResource.addPropertyOverride('LaunchTemplateConfigs.0.Overrides.1.MetadataOptions.HttpTokens', 'optional'),
    becomes: () => after,
  },
  {
    name: 'an override of the block by index, where there was none',
    given: () => after,
    then: fleetResource => fleetResource.addPropertyOverride('LaunchTemplateConfigs.0.Overrides.0.MetadataOptions', WEAK),
    becomes: () => configs([config(override('m5.large', REQUIRED), override('c5.large', REQUIRED))]),
  },
  {
    name: 'an override of a whole element by index',
    given: () => after,
    then: fleetResource => fleetResource.addPropertyOverride('LaunchTemplateConfigs.0.Overrides.1', override('r5.large', WEAK)),
    becomes: () => configs([config(override('m5.large'), override('r5.large', REQUIRED))]),
  },
  {
    name: 'an override of the value by index over a Lazy list',
    given: (_, spell) => configs(Lazy.any({ produce: () => spell(after.LaunchTemplateConfigs) })),
    then: fleetResource => fleetResource.addPropertyOverride('LaunchTemplateConfigs.0.Overrides.1.MetadataOptions.HttpTokens', 'optional'),
    becomes: () => after,
    ways: ['typed L1', 'generic CfnResource'],
  },
  {
    name: 'an override of the list',
    given: () => after,
    then: fleetResource => fleetResource.addPropertyOverride('LaunchTemplateConfigs', before.LaunchTemplateConfigs),
    becomes: () => after,
  },
  {
    name: 'metadata options deleted by index',
    given: () => before,
    then: fleetResource => fleetResource.addPropertyDeletionOverride('LaunchTemplateConfigs.0.Overrides.1.MetadataOptions'),
    becomes: () => configs([config(override('m5.large'), override('c5.large'))]),
    changes: () => false,
  },
];

describe.each(WAYS)('an EC2 fleet by %s', way => testForms(fleet, way, FORMS, NOW_AND_LATER));
