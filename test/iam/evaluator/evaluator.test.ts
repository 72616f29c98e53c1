import type { Decision } from './evaluator';
import { evaluate } from './evaluator';
import type { IamRequest, RequestKeys } from './request';

const INSTANCE = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1';
const SUBNET = 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:topic';
const ROLE = 'arn:aws:iam::111122223333:role/team/deployer';

/** Whether a statement that denies everything under a condition denies a request with these keys. */
function denies(condition: unknown, keys: RequestKeys = {}): boolean {
  return decide({ Condition: condition }, { keys }).decision === 'denied';
}

function deniesAction(elements: object, action: string): boolean {
  return decide({ Action: undefined, ...elements }, { action }).decision === 'denied';
}

function deniesResource(elements: object, arn: string): boolean {
  return decide({ Resource: undefined, ...elements }, { resources: [{ arn }] }).decision === 'denied';
}

function decide(elements: object, request: Partial<IamRequest>): Decision {
  const statement = { Sid: 'Denied', Effect: 'Deny', Action: '*', Resource: '*', ...elements };
  return evaluate([statement], { action: 'ec2:RunInstances', resources: [{ arn: INSTANCE }], ...request });
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
describe('actions', () => {
  test.each<[string | string[], string, boolean]>([
    ['ec2:RunInstances', 'ec2:RunInstances', true],
    ['ec2:RunInstances', 'ec2:RunInstance', false],
    ['ec2:RunInstances', 'ec2:RunInstancesNow', false],
    ['EC2:runinstances', 'ec2:RunInstances', true],
    ['ec2:RunInstances', 'EC2:RUNINSTANCES', true],
    ['ec2:Run*', 'ec2:RunInstances', true],
    ['ec2:*Instances', 'ec2:RunInstances', true],
    ['ec2:*', 'autoscaling:CreateLaunchConfiguration', false],
    ['ec2:RunInstance?', 'ec2:RunInstances', true],
    ['ec2:RunInstances?', 'ec2:RunInstances', false],
    ['*', 'sagemaker:CreateNotebookInstance', true],
    [['ec2:StopInstances', 'ec2:RunInstances'], 'ec2:RunInstances', true],
    [['ec2:StopInstances', 'ec2:StartInstances'], 'ec2:RunInstances', false],
  ])('the element Action %j, which ignores case, matches %s: %j', (pattern, action, expected) => {
    expect(deniesAction({ Action: pattern }, action)).toBe(expected);
  });

  test('a dot in a pattern is a dot', () => expect(deniesAction({ Action: 'ec2.RunInstances' }, 'ec2:RunInstances')).toBe(false));

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
  test.each([
    ['ec2:RunInstances', false],
    ['ec2:StopInstances', false],
    ['iam:CreateRole', true],
  ])('NotAction matches every action except the listed ones: %s, %j', (action, expected) => {
    expect(deniesAction({ NotAction: ['ec2:run*', 'ec2:StopInstances'] }, action)).toBe(expected);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
describe('resources', () => {
  test.each<[string | string[], string, boolean]>([
    ['*', INSTANCE, true],
    ['*', '*', true],
    [INSTANCE, INSTANCE, true],
    [INSTANCE, `${INSTANCE}2`, false],
    ['arn:*:ec2:*:*:instance/*', INSTANCE, true],
    ['arn:*:ec2:*:*:instance/*', 'arn:aws-cn:ec2:cn-north-1:111122223333:instance/*', true],
    ['arn:*:ec2:*:*:instance/*', 'arn:aws-us-gov:ec2:us-gov-west-1:111122223333:instance/i-1', true],
    ['arn:*:ec2:*:*:instance/*', SUBNET, false],
    ['arn:*:ec2:*:*:instance/*', 'arn:aws:ec2:eu-west-1:111122223333:instance-event-window/w-1', false],
    ['arn:*:ec2:*:*:instance/*', '*', false],
    ['arn:*:ec2:*:*:instance/*', 'arn:aws:ec2:eu-west-1:111122223333:INSTANCE/i-1', false],
    ['arn:*:ec2:*::image/*', 'arn:aws:ec2:eu-west-1::image/ami-1', true],
    ['arn:*:ec2:*::image/*', 'arn:aws:ec2:eu-west-1:111122223333:image/ami-1', false],
    ['arn:aws:ec2:eu-west-?:*:instance/i-?', INSTANCE, true],
    ['arn:aws:ec2:eu-west-1:*:instance/i-??', INSTANCE, false],
    [[SUBNET, 'arn:*:ec2:*:*:instance/*'], INSTANCE, true],
  ])('the element Resource %j matches %s: %j', (pattern, arn, expected) => {
    expect(deniesResource({ Resource: pattern }, arn)).toBe(expected);
  });

  test('an asterisk includes slashes', () => {
    expect(deniesResource({ Resource: 'arn:aws:iam::*:role/*' }, ROLE)).toBe(true);
  });

  test('an asterisk at the end of a segment includes colons', () => {
    expect(deniesResource({ Resource: 'arn:aws:ec2:*' }, INSTANCE)).toBe(true);
  });

  test('an asterisk inside a segment does not include colons', () => {
    expect(deniesResource({ Resource: 'arn:aws:ec2:*:instance/*' }, INSTANCE)).toBe(true);
    expect(deniesResource({ Resource: 'arn:aws:e*1:111122223333:instance/i-1' }, INSTANCE)).toBe(false);
  });

  test('a question mark does not match a colon', () => {
    expect(deniesResource({ Resource: 'arn:aws?ec2:eu-west-1:111122223333:instance/i-1' }, INSTANCE)).toBe(false);
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
  test.each([[INSTANCE, false], [SUBNET, true], ['*', true]])('NotResource matches every resource except the listed ones: %s, %j', (arn, expected) => {
    expect(deniesResource({ NotResource: 'arn:*:ec2:*:*:instance/*' }, arn)).toBe(expected);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
describe('several operators, keys and values', () => {
  test.each([['a', 'b', true], ['a', 'x', false], ['x', 'b', false]])('several operators are a logical AND: %s and %s, %j', (first, second, expected) => {
    expect(denies({ StringEquals: { 'k:One': 'a' }, StringLike: { 'k:Two': 'b*' } }, { 'k:One': first, 'k:Two': second })).toBe(expected);
  });

  test.each([['a', 'b', true], ['a', 'x', false], ['x', 'b', false]])('several keys of an operator are a logical AND: %s and %s, %j', (first, second, expected) => {
    expect(denies({ StringEquals: { 'k:One': 'a', 'k:Two': 'b' } }, { 'k:One': first, 'k:Two': second })).toBe(expected);
  });

  test.each([['a', 'b', false], ['a', 'x', false], ['x', 'b', false], ['x', 'x', true]])('several keys of a negated operator are a logical AND too: %s and %s, %j', (first, second, expected) => {
    expect(denies({ StringNotEquals: { 'k:One': 'a', 'k:Two': 'b' } }, { 'k:One': first, 'k:Two': second })).toBe(expected);
  });

  test.each([['a', true], ['b', true], ['c', false]])('several values are a logical OR: %s, %j', (got, expected) => {
    expect(denies({ StringEquals: { 'k:One': ['a', 'b'] } }, { 'k:One': got })).toBe(expected);
  });

  test.each([['a', false], ['b', false], ['c', true]])('several values of a negated operator are a logical NOR: %s, %j', (got, expected) => {
    expect(denies({ StringNotEquals: { 'k:One': ['a', 'b'] } }, { 'k:One': got })).toBe(expected);
  });

  test('a missing condition is met', () => expect(denies(undefined)).toBe(true));
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
describe('condition keys', () => {
  test('the names of keys are not case-sensitive', () => {
    expect(denies({ StringEquals: { 'EC2:metadatahttptokens': 'optional' } }, { 'ec2:MetadataHttpTokens': 'optional' })).toBe(true);
  });

  test('a key of one resource does not exist for the others', () => {
    const [instance, subnet] = [{ arn: INSTANCE, keys: { 'ec2:MetadataHttpTokens': 'required' } }, { arn: SUBNET }];
    const condition = { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } };
    expect(decide({ Condition: condition }, { resources: [instance] }).decision).toBe('not denied');
    expect(decide({ Condition: condition }, { resources: [instance, subnet] }).decision).toBe('denied');
    expect(decide({ Condition: condition, Resource: 'arn:*:ec2:*:*:instance/*' }, { resources: [instance, subnet] }).decision).toBe('not denied');
  });

  test('a key of the request exists for every resource', () => {
    const request = { keys: { 'aws:PrincipalArn': ROLE }, resources: [{ arn: INSTANCE }, { arn: SUBNET }] };
    expect(decide({ Resource: SUBNET, Condition: { ArnLike: { 'aws:PrincipalArn': ROLE } } }, request).decision).toBe('denied');
  });

  test('a request with a repeated key is rejected', () => {
    expect(() => decide({}, { keys: { 'k:One': 'a' }, resources: [{ arn: INSTANCE, keys: { 'K:one': 'b' } }] })).toThrow("each key once, got 'K:one'");
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
describe('condition operators', () => {
  test.each<[operator: string, wanted: string | number | boolean, got: string, expected: boolean]>([
    ['StringEquals', 'optional', 'optional', true],
    ['StringEquals', 'optional', 'Optional', false],
    ['StringEquals', 'opt*', 'optional', false],
    ['StringEquals', 'opt*', 'opt*', true],
    ['StringNotEquals', 'optional', 'optional', false],
    ['StringNotEquals', 'optional', 'Optional', true],
    ['StringEqualsIgnoreCase', 'optional', 'OPTIONAL', true],
    ['StringEqualsIgnoreCase', 'optional', 'required', false],
    ['StringNotEqualsIgnoreCase', 'optional', 'OPTIONAL', false],
    ['StringNotEqualsIgnoreCase', 'optional', 'required', true],
    ['StringLike', 'opt*', 'optional', true],
    ['StringLike', 'opt*', 'Optional', false],
    ['StringLike', '*ion*', 'optional', true],
    ['StringLike', 'optiona?', 'optional', true],
    ['StringLike', 'optional?', 'optional', false],
    ['StringLike', '2.0', '2x0', false],
    ['StringLike', 'optional', 'optional', true],
    ['StringNotLike', 'opt*', 'optional', false],
    ['StringNotLike', 'opt*', 'required', true],
    ['NumericEquals', '2.0', '2', true],
    ['NumericEquals', 2, '2', true],
    ['NumericEquals', '2', '3', false],
    ['NumericNotEquals', '2', '2.0', false],
    ['NumericNotEquals', '2', '3', true],
    ['NumericLessThan', '2.0', '1.0', true],
    ['NumericLessThan', '2.0', '2.0', false],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThanEquals', '2', '2', true],
    ['NumericLessThanEquals', '2', '3', false],
    ['NumericGreaterThan', '9', '10', true],
    ['NumericGreaterThan', '2', '2', false],
    ['NumericGreaterThan', '-2', '-1', true],
    ['NumericGreaterThanEquals', '2', '2', true],
    ['NumericGreaterThanEquals', '2', '1', false],
    ['Bool', 'true', 'true', true],
    ['Bool', true, 'true', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'false', 'false', true],
    ['Bool', 'False', 'FALSE', true],
  ])('%s %j compares with %j: %j', (operator, wanted, got, expected) => {
    expect(denies({ [operator]: { 'k:One': wanted } }, { 'k:One': got })).toBe(expected);
  });

  describe('ARN operators compare each of the six segments, whose wildcards do not include colons', () => {
    test.each<[pattern: string, arn: string, expected: boolean]>([
      [ROLE, ROLE, true],
      ['arn:*:iam::*:role/team/deployer', ROLE, true],
      ['arn:aws:iam::111122223333:role/*', ROLE, true],
      ['arn:aws:iam::111122223333:role/deployer', ROLE, false],
      ['arn:aws:iam::11112222333?:role/*', ROLE, true],
      ['arn:aws:iam::111122223333:role/Team/*', ROLE, false],
      ['arn:aws:iam::111122223333:user/*', ROLE, false],
      ['arn:aws:iam::444455556666:role/*', ROLE, false],
      ['arn:aws-cn:iam::111122223333:role/*', ROLE, false],
      ['arn:*:iam:*:role/*:x', ROLE, false],
      ['arn:aws:*:*:*:*', ROLE, true],
      ['arn:aws:sns:*:*:*', TOPIC, true],
      ['arn:aws:sns:*:*:*', `${TOPIC}:subscription`, true],
      ['arn:aws:s*3333:topic:*:*', `${TOPIC}:a:b`, false],
    ])('%s and %s: %j', (pattern, arn, expected) => {
      expect(denies({ ArnLike: { 'k:Arn': pattern } }, { 'k:Arn': arn })).toBe(expected);
      expect(denies({ ArnEquals: { 'k:Arn': pattern } }, { 'k:Arn': arn })).toBe(expected);
      expect(denies({ ArnNotLike: { 'k:Arn': pattern } }, { 'k:Arn': arn })).toBe(!expected);
      expect(denies({ ArnNotEquals: { 'k:Arn': pattern } }, { 'k:Arn': arn })).toBe(!expected);
    });
  });

  describe('a missing key', () => {
    test.each([
      'StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'NumericEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan',
      'NumericGreaterThanEquals', 'Bool', 'ArnLike', 'ArnEquals',
    ])('does not match %s', operator => {
      expect(denies({ [operator]: { 'k:One': '1' } })).toBe(false);
    });

    test.each([
      'StringNotEquals', 'StringNotEqualsIgnoreCase', 'StringNotLike', 'NumericNotEquals', 'ArnNotLike', 'ArnNotEquals',
    ])('matches %s, which is negated', operator => {
      expect(denies({ [operator]: { 'k:One': ['1', '2'] } })).toBe(true);
    });

    test.each([
      'StringEqualsIfExists', 'StringNotEqualsIfExists', 'NumericLessThanIfExists', 'NumericGreaterThanIfExists', 'BoolIfExists', 'ArnLikeIfExists',
      'ArnNotLikeIfExists',
    ])('matches %s', operator => {
      expect(denies({ [operator]: { 'k:One': '1' } })).toBe(true);
    });
  });

  test.each([
    ['StringEqualsIfExists', 'a', 'a', true],
    ['StringEqualsIfExists', 'a', 'b', false],
    ['StringNotEqualsIfExists', 'a', 'a', false],
    ['NumericLessThanIfExists', '2', '3', false],
    ['BoolIfExists', 'false', 'true', false],
  ])('%s %j compares an existing key with %j as the operator alone does: %j', (operator, wanted, got, expected) => {
    expect(denies({ [operator]: { 'k:One': wanted } }, { 'k:One': got })).toBe(expected);
  });

  test.each<[wanted: string | boolean, keys: RequestKeys, expected: boolean]>([
    ['true', {}, true],
    ['true', { 'k:One': 'a' }, false],
    ['false', {}, false],
    ['false', { 'k:One': 'a' }, true],
    [true, {}, true],
    [false, { 'K:ONE': 'a' }, true],
    ['true', { 'k:One': [] }, true],
    ['true', { 'k:One': '' }, true],
  ])('Null %j tests whether a key is missing or empty: %j, %j', (wanted, keys, expected) => {
    expect(denies({ Null: { 'k:One': wanted } }, keys)).toBe(expected);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
describe('set operators', () => {
  test.each<[operator: string, got: string[], expected: boolean]>([
    ['ForAnyValue:StringEquals', ['a', 'x'], true],
    ['ForAnyValue:StringEquals', ['x', 'y'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'x'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'x'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], false],
    ['ForAllValues:StringNotEquals', ['x', 'y'], true],
    ['ForAllValues:StringNotEquals', ['a', 'x'], false],
  ])('%s a or b, in a request with %j: %j', (operator, got, expected) => {
    expect(denies({ [operator]: { 'k:Many': ['a', 'b'] } }, { 'k:Many': got })).toBe(expected);
  });

  test.each(['StringEquals', 'StringNotEquals', 'ArnLike'])('ForAnyValue:%s is false if the key is missing or empty', operator => {
    expect(denies({ [`ForAnyValue:${operator}`]: { 'k:Many': 'a' } })).toBe(false);
    expect(denies({ [`ForAnyValue:${operator}`]: { 'k:Many': 'a' } }, { 'k:Many': [] })).toBe(false);
  });

  test.each(['StringEquals', 'StringNotEquals', 'ArnLike'])('ForAllValues:%s is true if the key is missing or empty', operator => {
    expect(denies({ [`ForAllValues:${operator}`]: { 'k:Many': 'a' } })).toBe(true);
    expect(denies({ [`ForAllValues:${operator}`]: { 'k:Many': 'a' } }, { 'k:Many': [] })).toBe(true);
  });

  test('several values in a request need a set operator', () => {
    expect(() => denies({ StringEquals: { 'k:Many': 'a' } }, { 'k:Many': ['a', 'b'] })).toThrow("'k:Many' has several values in the request");
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
describe('several statements and resources', () => {
  const [both, allowed, denied] = [
    { action: 'ec2:RunInstances', resources: [{ arn: INSTANCE }, { arn: SUBNET }] },
    { Sid: 'Allowed', Effect: 'Allow', Action: 'ec2:*', Resource: '*' },
    { Sid: 'Denied', Effect: 'Deny', Action: 'ec2:RunInstances', Resource: SUBNET },
  ];

  test('an explicit deny overrides an allow, in any order', () => {
    expect(evaluate([allowed, denied], both)).toEqual({ decision: 'denied', deniedBy: ['Denied'] });
    expect(evaluate([denied, allowed], both)).toEqual({ decision: 'denied', deniedBy: ['Denied'] });
  });

  test('a request is denied if one of its resources is denied', () => {
    expect(evaluate([denied], both).decision).toBe('denied');
    expect(evaluate([denied], { ...both, resources: [{ arn: INSTANCE }] }).decision).toBe('not denied');
  });

  test('a request is allowed if each of its resources is allowed', () => {
    expect(evaluate([allowed], both)).toEqual({ decision: 'allowed', deniedBy: [] });
    expect(evaluate([{ ...allowed, Resource: INSTANCE }], both).decision).toBe('not denied');
    expect(evaluate([{ ...allowed, Resource: INSTANCE }, { ...allowed, Resource: SUBNET }], both).decision).toBe('allowed');
  });

  test('every denying statement is named once', () => {
    const other = { Sid: 'Other', Effect: 'Deny', Action: '*', Resource: '*' };
    expect(evaluate([other, allowed, denied], both).deniedBy).toEqual(['Other', 'Denied']);
  });

  test('without statements nothing is denied', () => expect(evaluate([], both)).toEqual({ decision: 'not denied', deniedBy: [] }));
});

describe('unsupported elements are rejected', () => {
  test.each([
    'StringMatches', 'DateLessThan', 'IpAddress', 'NotIpAddress', 'BinaryEquals', 'stringEquals', 'toString', 'NumericLess', 'BoolNot', 'NullIfExists',
    'ForAnyValue:Null', 'ForSomeValues:StringEquals', 'ForAnyValue:StringEqualsIfExists', 'ForAllValues:', 'IfExists', 'StringEqualsIfExistsIfExists', '',
  ])('the operator %j, even if its key is missing', operator => {
    expect(() => denies({ [operator]: { 'k:One': 'a' } })).toThrow('the evaluator knows no condition operator \'');
  });

  test('an operator of a statement for another action', () => {
    expect(() => decide({ Action: 'iam:CreateRole', Condition: { DateLessThan: { 'k:One': 'a' } } }, {})).toThrow("no condition operator 'DateLessThan'");
  });

  test('an operator after another one that does not match', () => {
    expect(() => denies({ StringEquals: { 'k:One': 'a' }, IpAddress: { 'k:Two': 'a' } })).toThrow("no condition operator 'IpAddress'");
  });

  test.each<[string, object]>([
    ["no statement element 'Principal'", { Principal: '*' }],
    ["no statement element 'NotPrincipal'", { NotPrincipal: '*' }],
    ["no statement element 'action'", { action: '*' }],
    ["Effect is 'Allow' or 'Deny', got \"deny\"", { Effect: 'deny' }],
    ["Effect is 'Allow' or 'Deny', got undefined", { Effect: undefined }],
    ['Sid is a text, got 7', { Sid: 7 }],
    ['a statement has either Action or NotAction', { NotAction: 'iam:*' }],
    ['a statement has either Action or NotAction', { Action: undefined }],
    ['a statement has either Resource or NotResource', { NotResource: '*' }],
    ['a statement has either Resource or NotResource', { Resource: undefined }],
    ['Action has no value', { Action: [] }],
    ['Resource has a value that is no literal, got {"Ref":"Arn"}', { Resource: { Ref: 'Arn' } }],
    ['Resource has a variable', { Resource: 'arn:${Token[AWS.Partition.3]}:ec2:*:*:instance/*' }],
    ['k:One has a variable', { Condition: { StringEquals: { 'k:One': '${aws:username}' } } }],
    ['k:One has no value', { Condition: { StringEquals: { 'k:One': [] } } }],
    ['k:One has a value that is no literal, got null', { Condition: { StringEquals: { 'k:One': null } } }],
    ['Condition is an object, got []', { Condition: [] }],
    ['Condition is an object, got null', { Condition: null }],
    ['StringEquals is an object, got "a"', { Condition: { StringEquals: 'a' } }],
    ["'Null' takes one value, got 2", { Condition: { Null: { 'k:One': ['true', 'false'] } } }],
    ["a boolean is 'true' or 'false', got 'yes'", { Condition: { Null: { 'k:One': 'yes' } } }],
  ])('%s', (message, elements) => {
    expect(() => decide(elements, {})).toThrow(message);
  });

  test.each<[string, object, string]>([
    ["a numeric operator compares numbers, got 'two'", { NumericLessThan: { 'k:One': 'two' } }, '1'],
    ["a numeric operator compares numbers, got 'one'", { NumericLessThan: { 'k:One': '2' } }, 'one'],
    ["a boolean is 'true' or 'false', got '1'", { Bool: { 'k:One': 'true' } }, '1'],
    ["an ARN operator compares ARNs of six segments, got '*'", { ArnLike: { 'k:One': '*' } }, ROLE],
    ["an ARN operator compares ARNs of six segments, got 'deployer'", { ArnLike: { 'k:One': ROLE } }, 'deployer'],
  ])('%s', (message, condition, got) => {
    expect(() => denies(condition, { 'k:One': got })).toThrow(message);
  });

  test('a request without a resource', () => {
    expect(() => decide({}, { resources: [] })).toThrow("a request has a resource: '*' where its action knows none");
  });
});
