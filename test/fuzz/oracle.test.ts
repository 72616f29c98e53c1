import type { JsonObject, Template } from './oracle/json';
import { containerHosts, settingsOf, unkept } from './oracle/kept';
import { Meaning, UNKNOWN } from './oracle/meaning';
import { barred, doubtful, unrequired } from './oracle/required';
import { effectiveTokens, ownTokens } from './oracle/tokens';
import { withoutTokens } from './oracle/untouched';
import { inEveryWay } from './oracle/ways';

// A fuzzer finds only what its oracle knows. So the oracle is compared with results that a person worked out.

const INSTANCE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const FLEET = 'AWS::EC2::EC2Fleet';
const EMR = 'AWS::EMR::SecurityConfiguration';
const BEANSTALK = 'AWS::ElasticBeanstalk::Environment';
const NO_VALUE = { Ref: 'AWS::NoValue' };
const OPTION = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' };
const PARAMETERS = {
  Required: { Type: 'String', AllowedValues: ['required'] },
  Either: { Type: 'String', AllowedValues: ['required', 'optional'], Default: 'required' },
  Secret: { Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: ['required'] },
};

const when = (whenTrue: unknown, whenFalse: unknown, condition = 'C') => ({ 'Fn::If': [condition, whenTrue, whenFalse] });
const one = (Type: string, Properties?: unknown): Template => ({ Parameters: PARAMETERS, Resources: { It: { Type, Properties } } });
const instance = (HttpTokens: unknown, more: object = {}) => one(INSTANCE, { MetadataOptions: { HttpTokens, ...more } });
const fleet = (...overrides: unknown[]) =>
  one(FLEET, { LaunchTemplateConfigs: [{ Overrides: overrides.map(MetadataOptions => ({ MetadataOptions })) }] });
const emr = (SecurityConfiguration: unknown) => one(EMR, { SecurityConfiguration });
const block = (version: unknown) => ({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: version } });
const options = (...OptionSettings: unknown[]) => one(BEANSTALK, { OptionSettings });

describe('tokens that could be required and are not', () => {
  test.each<[string, Template, number]>([
    ['required', instance('required'), 0],
    ['optional', instance('optional'), 1],
    ['no options', one(INSTANCE), 1],
    ['a misspelling', instance('Required'), 1],
    ['a parameter that can be nothing else', instance({ Ref: 'Required' }), 0],
    ['a parameter that may be something else', instance({ Ref: 'Either' }), 1],
    ['a parameter that is the name of a secret', instance({ Ref: 'Secret' }), 1],
    ['two branches that require them', instance(when('required', { Ref: 'Required' })), 0],
    ['a branch that does not', instance(when('required', NO_VALUE)), 1],
    ['unreadable options', one(INSTANCE, { MetadataOptions: { 'Fn::ImportValue': 'x' } }), 0],
    ['an override that leaves them to its template', fleet({}, { HttpEndpoint: 'enabled' }), 0],
    ['an override that weakens its template', fleet({ HttpTokens: 'optional' }), 1],
    ['an override with null', fleet({ HttpTokens: null }), 1],
    ['a document', emr(block(2)), 0],
    ['a document with another version', emr(block(1)), 1],
    ['a document as a text', emr(JSON.stringify(block(2))), 0],
    ['a text with another version', emr(JSON.stringify(block(1))), 1],
    ['an invalid text', emr('{'), 0],
    ['an option', options(OPTION), 0],
    ['an option with the value false', options({ ...OPTION, Value: 'false' }), 1],
    ['no option', options(), 1],
    ['an option under a condition', options(when(OPTION, NO_VALUE)), 1],
    ['an option under each condition', options(when(OPTION, NO_VALUE), when(NO_VALUE, OPTION)), 0],
  ])('%s', (_, template, complaints) => {
    expect(unrequired(template)).toHaveLength(complaints);
  });

  test('a nested stack without parameters uses the defaults', () => {
    expect(unrequired(instance({ Ref: 'Either' }), false)).toEqual([]);
  });
});

test.each<[string, Template, boolean]>([
  ['an object', instance('optional'), false],
  ['an intrinsic', one(INSTANCE, { MetadataOptions: { 'Fn::ImportValue': 'x' } }), true],
  ['a list', one(INSTANCE, { MetadataOptions: [] }), true],
  ['an object where a list belongs', one(BEANSTALK, { OptionSettings: {} }), true],
  ['a loop beside other keys', one(INSTANCE, { MetadataOptions: { 'Fn::ForEach::X': [], 'HttpEndpoint': 'enabled' } }), true],
])('whether %s is an obstacle', (_, template, isBarred) => {
  expect(barred(template)).toEqual(isBarred ? ['It'] : []);
});

test.each<[string, Template, boolean]>([
  ['an element that is known', options(OPTION), false],
  ['an unknown element', options(OPTION, { 'Fn::ImportValue': 'x' }), true],
  ['an element that is left out', options(NO_VALUE), false],
  ['an element where a macro makes the properties', one(BEANSTALK, { 'OptionSettings': [{ 'Fn::ImportValue': 'x' }], 'Fn::Transform': {} }), false],
])('whether %s can be another option', (_, template, isInDoubt) => {
  expect(doubtful(template)).toEqual(isInDoubt ? ['It'] : []);
});

describe('the settings of a resource itself', () => {
  const decided = (template: Template, isMet = true) => ownTokens('It', new Meaning(template, () => isMet ? 0 : 1));

  test.each<[Template, string]>([
    [instance('required'), 'required'],
    [instance('optional'), 'optional'],
    [instance(null), 'optional'],
    [one(INSTANCE), 'open'],
    [instance('optional', { HttpEndpoint: 'disabled' }), 'off'],
    [instance({ 'Fn::ImportValue': 'x' }), 'unknown'],
    [instance('{{resolve:ssm:x}}'), 'unknown'],
    [one(INSTANCE, { MetadataOptions: 'x' }), 'barred'],
    [emr('{'), 'barred'],
    [emr({ 'Fn::ToJsonString': block(2) }), 'required'],
    [options(OPTION, { ...OPTION, Value: 'false' }), 'optional'],
    [options(), 'open'],
  ])('%j', (template, tokens) => {
    expect(decided(template)).toBe(tokens);
  });

  test('depend on the value of a condition', () => {
    const template = instance(when('required', 'optional'));
    expect([decided(template), decided(template, false)]).toEqual(['required', 'optional']);
  });
});

describe('the tokens of instances', () => {
  const launched = (data: object, own: JsonObject, Version = '$Latest'): Template => ({
    Resources: {
      Source: { Type: TEMPLATE, Properties: { LaunchTemplateData: { MetadataOptions: data } } },
      It: { Type: INSTANCE, Properties: { MetadataOptions: own, LaunchTemplate: { LaunchTemplateId: { Ref: 'Source' }, Version } } },
    },
  });
  const got = (template: Template, loosely = {}) => effectiveTokens('It', new Meaning(template, () => 0), loosely);

  test.each<[Template, string]>([
    [launched({ HttpTokens: 'required' }, {}), 'required'],
    [launched({ HttpTokens: 'required' }, { HttpTokens: 'optional' }), 'optional'],
    [launched({ HttpTokens: 'optional' }, { HttpTokens: 'required' }), 'required'],
    [launched({}, {}), 'open'],
    [launched({ HttpEndpoint: 'disabled' }, {}), 'off'],
    [launched({ HttpEndpoint: 'disabled' }, { HttpEndpoint: 'enabled', HttpTokens: 'optional' }), 'optional'],
    [launched({ HttpTokens: 'required' }, {}, '1'), 'unknown'],
  ])('%j', (template, tokens) => {
    expect(got(template)).toEqual([tokens]);
  });

  test('can count as with an endpoint although it is disabled', () => {
    expect(got(launched({ HttpEndpoint: 'disabled', HttpTokens: 'optional' }, {}), { isAnswering: true })).toEqual(['optional']);
    expect(got(launched({}, { HttpEndpoint: 'disabled', HttpTokens: 'optional' }), { isAnsweringItself: true })).toEqual(['optional']);
  });

  test('in a fleet are those of each override, or of all combinations with templates', () => {
    const template = fleet({ HttpTokens: 'required' }, { HttpTokens: 'optional' });
    expect(got(template)).toEqual(['required', 'optional']);
    expect(new Set(got(template, { isMixed: true }))).toEqual(new Set(['open', 'required', 'optional']));
  });
});

describe('the kept settings', () => {
  const before = { HttpEndpoint: 'enabled', HttpPutResponseHopLimit: undefined };

  test.each<[object | undefined, boolean, number]>([
    [before, false, 0],
    [{ ...before, HttpEndpoint: 'disabled' }, false, 1],
    [{ ...before, HttpPutResponseHopLimit: 1 }, false, 1],
    [{ ...before, HttpPutResponseHopLimit: 2 }, false, 1],
    [{ ...before, HttpPutResponseHopLimit: 2 }, true, 0],
    [{ ...before, HttpPutResponseHopLimit: 3 }, true, 1],
    [before, true, 1],
    [undefined, false, 1],
  ])('%j of a container host or not (%p)', (after, isContainerHost, complaints) => {
    expect(unkept(before, after as JsonObject | undefined, isContainerHost)).toHaveLength(complaints);
  });

  test('are the decided settings besides tokens', () => {
    expect(settingsOf('It', new Meaning(instance('optional', { HttpPutResponseHopLimit: when(3, 4) }), () => 1))).toMatchObject({ HttpPutResponseHopLimit: 4 });
    expect(settingsOf('It', new Meaning(one(INSTANCE, { MetadataOptions: 'x' }), () => 0))).toBeUndefined();
  });

  test('containers run on the instances of Batch', () => {
    const batch = { Type: 'AWS::Batch::ComputeEnvironment', Properties: { ComputeResources: { LaunchTemplate: { LaunchTemplateId: when({ Ref: 'One' }, { Ref: 'Two' }) } } } };
    expect(containerHosts({ Resources: { Batch: batch } })).toEqual(new Set(['One', 'Two']));
  });
});

describe('a template without tokens', () => {
  test.each<[string, Template, Template]>([
    ['tokens that were added', one(INSTANCE, { ImageId: 'a' }), one(INSTANCE, { ImageId: 'a', MetadataOptions: { HttpTokens: 'required' } })],
    ['tokens that were mended', instance(when('optional', NO_VALUE)), instance('required')],
    ['an option that was added', options(), options(OPTION)],
    ['a block with its hop limit in a document', emr({ Other: 1 }), emr({ Other: 1, InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 } })],
  ])('does not change with %s', (_, bare, enforced) => {
    expect(withoutTokens(enforced)).toEqual(withoutTokens(bare));
  });

  test.each<[string, Template, Template]>([
    ['another setting', instance('required'), instance('required', { HttpEndpoint: 'enabled' })],
    ['another property', one(INSTANCE, { ImageId: 'a' }), one(INSTANCE, { ImageId: 'b' })],
    ['another option', options(OPTION), options(OPTION, { ...OPTION, OptionName: 'InstanceType' })],
    ['another form of a document', emr(block(2)), emr(JSON.stringify(block(2)))],
  ])('changes with %s', (_, before, after) => {
    expect(withoutTokens(after)).not.toEqual(withoutTokens(before));
  });

  test('has the settings that were filled', () => {
    expect(withoutTokens(one(INSTANCE), { httpPutResponseHopLimit: 3 })).toEqual(withoutTokens(instance('required', { HttpPutResponseHopLimit: 3 })));
    expect(withoutTokens(instance('required', { HttpPutResponseHopLimit: 1 }), { httpPutResponseHopLimit: 3 }))
      .toEqual(withoutTokens(instance('required', { HttpPutResponseHopLimit: 1 })));
  });
});

describe('all combinations', () => {
  test('a choice with one key has one value everywhere, if required', () => {
    const twice = (isConsistent: boolean) => inEveryWay(choose => [choose('a', 2), choose('a', 2)].join(''), isConsistent);
    expect(twice(true)).toEqual(['00', '11']);
    expect(twice(false)).toEqual(['00', '01', '10', '11']);
  });

  test('too many combinations are not tried', () => {
    expect(inEveryWay(choose => Array.from({ length: 20 }, (_, index) => choose(String(index), 2)), true)).toBeUndefined();
  });
});

test('a parameter of a nested stack has the value from its parent, or else its default', () => {
  const around = new Meaning({ Parameters: PARAMETERS }, () => 1, 'outer');
  const handed = (values: JsonObject) => new Meaning({ Parameters: PARAMETERS }, () => 0, 'inner', { values, around }).value({ Ref: 'Either' });
  expect([handed({ Either: 'optional' }), handed({}), handed({ Either: { Ref: 'Either' } }), handed({ Either: NO_VALUE })]).toEqual(['optional', 'required', 'optional', 'required']);
  expect(around.value({ Ref: 'Secret' })).toBe(UNKNOWN);
});
