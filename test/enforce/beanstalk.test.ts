import { Fn, Lazy } from 'aws-cdk-lib';
import { CARRIERS } from '../harness/carriers';
import { when } from '../harness/condition-forms';
import { NOW_AND_LATER } from '../harness/doors';
import type { Form } from '../harness/form';
import { testForms } from '../harness/forms-through-doors';
import type { Json } from '../harness/json';
import { WAYS } from '../harness/ways';

const BEANSTALK = CARRIERS.filter(({ type }) => type.startsWith('AWS::ElasticBeanstalk::'));

const NO_VALUE = { Ref: 'AWS::NoValue' };
const IN_CODE = ['typed L1', 'generic CfnResource'] as const;

const option = (Namespace: string, OptionName: string, Value: unknown): Json => ({ Namespace, OptionName, Value });
const disabled = (value: unknown): Json => option('aws:autoscaling:launchconfiguration', 'DisableIMDSv1', value);
const SIZE = option('aws:autoscaling:asg', 'MaxSize', '4');
const MEDIUM = option('aws:autoscaling:launchconfiguration', 'InstanceType', 't3.medium');

/** A list of options before and after enforcement. */
function list(name: string, given: unknown, becomes: unknown, more: Partial<Form> = {}): Form {
  return { name, given: (c, spell) => c.around(spell(given)), becomes: c => c.around(becomes), ...more };
}

const FORMS: readonly Form[] = [
  list('no list', undefined, [disabled('true')]),
  list('other options', [SIZE, MEDIUM], [SIZE, MEDIUM, disabled('true')]),
  list('the option in the midst of others', [SIZE, disabled('false'), MEDIUM], [SIZE, disabled('true'), MEDIUM]),
  list('the option as it should be', [SIZE, disabled('true'), MEDIUM], [SIZE, disabled('true'), MEDIUM], { changes: () => false }),
  list('the option as a boolean', [disabled(true)], [disabled(true)], { changes: () => false, ways: ['generic CfnResource'] }),
  list('the option twice, weak at last', [disabled('true'), SIZE, disabled('false')], [disabled('true'), SIZE, disabled('true')]),
  list('the option twice, weak at first', [disabled('false'), disabled('true')], [disabled('true'), disabled('true')]),
  list('the option without a value', [{ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1' }, SIZE], [disabled('true'), SIZE]),
  list('an option of the same name in another namespace', [option('aws:elasticbeanstalk:environment', 'DisableIMDSv1', 'false')],
    [option('aws:elasticbeanstalk:environment', 'DisableIMDSv1', 'false'), disabled('true')]),
  list('another option with a name that begins alike', [option('aws:autoscaling:launchconfiguration', 'DisableIMDSv1Fallback', 'false')],
    [option('aws:autoscaling:launchconfiguration', 'DisableIMDSv1Fallback', 'false'), disabled('true')]),
  list('the option for a resource by name', [{ ...disabled('false'), ResourceName: 'AWSEBAutoScalingLaunchConfiguration' }],
    [{ ...disabled('true'), ResourceName: 'AWSEBAutoScalingLaunchConfiguration' }]),
  list('the option under a condition', [SIZE, when('IsProduction', disabled('false'), NO_VALUE)],
    [SIZE, when('IsProduction', disabled('true'), NO_VALUE), when('IsProduction', NO_VALUE, disabled('true'))]),
  list('the option under a condition, as it should be', [when('IsProduction', disabled('true'), SIZE)],
    [when('IsProduction', disabled('true'), SIZE), when('IsProduction', NO_VALUE, disabled('true'))]),
  list('the option under both sides of a condition', [when('IsProduction', disabled('false'), disabled('true'))],
    [when('IsProduction', disabled('true'), disabled('true'))]),
  list('the option under both sides of a condition, one after the other',
    [when('IsProduction', disabled('true'), NO_VALUE), when('IsProduction', NO_VALUE, disabled('true'))],
    [when('IsProduction', disabled('true'), NO_VALUE), when('IsProduction', NO_VALUE, disabled('true'))], { changes: () => false }),
  list('the option under two conditions', [when('IsProduction', disabled('true'), NO_VALUE), when('IsLarge', disabled('false'), NO_VALUE)], [
    when('IsProduction', disabled('true'), NO_VALUE),
    when('IsLarge', disabled('true'), NO_VALUE),
    when('IsLarge', NO_VALUE, when('IsProduction', NO_VALUE, disabled('true'))),
  ]),
  list('another option under a condition', [when('IsProduction', SIZE, NO_VALUE)], [when('IsProduction', SIZE, NO_VALUE), disabled('true')]),
  list('the list under a condition', when('IsProduction', [SIZE, disabled('false')], NO_VALUE), when('IsProduction', [SIZE, disabled('true')], [disabled('true')])),
  list('the list under a condition of CDK', Fn.conditionIf('IsProduction', [disabled('false')], [SIZE]),
    when('IsProduction', [disabled('true')], [SIZE, disabled('true')]), { ways: IN_CODE }),
  list('the value under a condition', [disabled(when('IsProduction', 'true', 'false'))], [disabled('true')]),
  list('another thing among the options', ['MaxSize', 7, null, disabled('false')], ['MaxSize', 7, null, disabled('true')], { ways: ['generic CfnResource'] }),
  list('an unreadable option', [{ Ref: 'AnyValue' }, SIZE], [{ Ref: 'AnyValue' }, SIZE, disabled('true')], {
    ways: ['generic CfnResource'], reports: ['Imdsv2::TokensRequired'],
  }),
  list('an option with an unreadable namespace', [{ ...SIZE, Namespace: { Ref: 'AnyValue' } }],
    [{ ...SIZE, Namespace: { Ref: 'AnyValue' } }, disabled('true')]),
  {
    name: 'a Lazy list',
    given: (c, spell) => c.around(Lazy.any({ produce: () => spell([SIZE, disabled('false')]) })),
    becomes: c => c.around([SIZE, disabled('true')]),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy list without the option',
    given: (c, spell) => c.around(Lazy.any({ produce: () => spell([SIZE]) })),
    becomes: c => c.around([SIZE, disabled('true')]),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy list of nothing',
    given: c => c.around(Lazy.any({ produce: () => [] }, { omitEmptyArray: true })),
    becomes: c => c.around([disabled('true')]),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy option',
    given: (c, spell) => c.around([Lazy.any({ produce: () => spell(disabled('false')) }), spell(SIZE)]),
    becomes: c => c.around([disabled('true'), SIZE]),
    ways: IN_CODE,
  },
  {
    name: 'a Lazy name of an option',
    given: (c, spell) => c.around([spell({ ...disabled('false'), OptionName: Lazy.string({ produce: () => 'DisableIMDSv1' }) })]),
    becomes: c => c.around([disabled('true')]),
    ways: IN_CODE,
  },
  {
    ...list('an override of the value by index', [SIZE, disabled('true')], [SIZE, disabled('true')]),
    then: resource => resource.addPropertyOverride('OptionSettings.1.Value', 'false'),
  },
  {
    ...list('an override that turns another option into this one', [SIZE, disabled('true')], [disabled('true'), disabled('true')]),
    then: resource => resource.addPropertyOverride('OptionSettings.0', disabled('false')),
  },
  {
    ...list('an override that turns the option into another one', [disabled('true')], [{ ...disabled('true'), OptionName: 'Monitoring' }, disabled('true')]),
    then: resource => resource.addPropertyOverride('OptionSettings.0.OptionName', 'Monitoring'),
  },
  {
    ...list('an override by a list without the option', [disabled('true')], [SIZE, disabled('true')]),
    then: resource => resource.addPropertyOverride('OptionSettings', [SIZE]),
  },
];

describe.each(BEANSTALK)('$type', carrier => {
  describe.each(WAYS)('by %s', way => testForms(carrier, way, FORMS, NOW_AND_LATER));
});
