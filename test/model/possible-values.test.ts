import type { ParameterLookup } from '../../src/model/intrinsics';
import { possibleValues } from '../../src/model/intrinsics';
import type { PossibleValue } from '../../src/model/setting';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const UNSET: PossibleValue = { kind: 'unset' };

const PARAMETERS: { readonly [logicalId: string]: ReturnType<ParameterLookup> } = {
  Allowed: { allowedValues: ['required', 'optional'] },
  AllowedWithDefault: { allowedValues: ['required'], defaultValue: 'required' },
  NothingAllowed: { allowedValues: [], defaultValue: 'required' },
  Default: { defaultValue: 'optional' },
  EmptyDefault: { defaultValue: '' },
  Free: {},
};

const lookup: ParameterLookup = logicalId => Object.hasOwn(PARAMETERS, logicalId) ? PARAMETERS[logicalId] : undefined;

interface Case {
  readonly name: string;
  readonly value: unknown;
  readonly expected: readonly PossibleValue[];
}

const CASES: readonly Case[] = [
  { name: 'a string is that string', value: 'required', expected: [set('required')] },
  { name: 'the empty string is a value', value: '', expected: [set('')] },
  { name: 'a number is that number', value: 0, expected: [set(0)] },
  { name: 'a boolean is that boolean', value: false, expected: [set(false)] },
  { name: 'null is a value, and a wrong one', value: null, expected: [set(null)] },
  { name: 'a list is a value', value: ['required'], expected: [set(['required'])] },
  { name: 'an object is a value', value: { A: 1 }, expected: [set({ A: 1 })] },
  { name: 'an empty object is a value', value: {}, expected: [set({})] },
  { name: 'nothing is unset', value: undefined, expected: [UNSET] },
  { name: 'AWS::NoValue is unset', value: NO_VALUE, expected: [UNSET] },
  { name: 'NoValue without AWS is a parameter', value: { Ref: 'NoValue' }, expected: [unknown('Ref NoValue')] },

  { name: 'a condition is either branch', value: when('a', 'b'), expected: [set('a'), set('b')] },
  { name: 'a condition with NoValue may be unset', value: when('a', NO_VALUE), expected: [set('a'), UNSET] },
  { name: 'a condition in a condition is each of three', value: when(when('a', 'b'), 'c'), expected: [set('a'), set('b'), set('c')] },
  { name: 'a condition with an unknown function is half known', value: when('a', { 'Fn::GetAtt': ['X', 'Y'] }), expected: [set('a'), unknown('Fn::GetAtt')] },
  { name: 'a condition with null keeps the null', value: when(null, 'b'), expected: [set(null), set('b')] },
  { name: 'a condition with two operands is unknown', value: { 'Fn::If': ['C', 'a'] }, expected: [unknown('Fn::If')] },
  { name: 'a condition with four operands is unknown', value: { 'Fn::If': ['C', 'a', 'b', 'c'] }, expected: [unknown('Fn::If')] },
  { name: 'a condition without a list is unknown', value: { 'Fn::If': 'C' }, expected: [unknown('Fn::If')] },
  { name: 'a condition that is null is unknown', value: { 'Fn::If': null }, expected: [unknown('Fn::If')] },
  { name: 'a condition beside another key is an object', value: { 'Fn::If': ['C', 'a', 'b'], 'A': 1 }, expected: [set({ 'Fn::If': ['C', 'a', 'b'], 'A': 1 })] },

  { name: 'a parameter with allowed values is one of them', value: { Ref: 'Allowed' }, expected: [set('required'), set('optional')] },
  { name: 'allowed values count more than a default', value: { Ref: 'AllowedWithDefault' }, expected: [set('required')] },
  { name: 'an empty list of allowed values is ignored', value: { Ref: 'NothingAllowed' }, expected: [set('required'), unknown('Ref NothingAllowed')] },
  { name: 'a parameter with a default can have any other value', value: { Ref: 'Default' }, expected: [set('optional'), unknown('Ref Default')] },
  { name: 'an empty default is a default', value: { Ref: 'EmptyDefault' }, expected: [set(''), unknown('Ref EmptyDefault')] },
  { name: 'a parameter without default and allowed values is unknown', value: { Ref: 'Free' }, expected: [unknown('Ref Free')] },
  { name: 'a resource is unknown', value: { Ref: 'Instance' }, expected: [unknown('Ref Instance')] },
  { name: 'a pseudo parameter is unknown', value: { Ref: 'AWS::Region' }, expected: [unknown('Ref AWS::Region')] },
  { name: 'a parameter in a condition', value: when({ Ref: 'Allowed' }, NO_VALUE), expected: [set('required'), set('optional'), UNSET] },
  { name: 'a Ref beside another key is an object', value: { Ref: 'Allowed', A: 1 }, expected: [set({ Ref: 'Allowed', A: 1 })] },

  { name: 'a known function is unknown', value: { 'Fn::FindInMap': ['M', 'A', 'B'] }, expected: [unknown('Fn::FindInMap')] },
  { name: 'a function that does not exist yet is unknown', value: { 'Fn::Tomorrow': 1 }, expected: [unknown('Fn::Tomorrow')] },
  { name: 'a transform is unknown, regardless of the keys beside it', value: { 'Fn::Transform': {}, 'A': 1 }, expected: [unknown('Fn::Transform')] },

  { name: '__proto__ is a key like others', value: JSON.parse('{"__proto__":{"Ref":"AWS::NoValue"}}'), expected: [set(JSON.parse('{"__proto__":{"Ref":"AWS::NoValue"}}'))] },
  { name: 'an inherited intrinsic is ignored', value: Object.create({ Ref: 'AWS::NoValue' }), expected: [set({})] },
  { name: 'a parameter with the name of an inherited property', value: { Ref: 'constructor' }, expected: [unknown('Ref constructor')] },
];

describe('the possible values of a piece of a template', () => {
  test.each(CASES)('$name', ({ value, expected }) => {
    expect(possibleValues(value, lookup)).toEqual(expected);
  });

  test.each([
    ['a number', 5], ['null', null], ['a list', ['Allowed']], ['an object', { Ref: 'Allowed' }],
    ['an object that cannot be converted to a string', { toString: 1, valueOf: 1 }], ['an object without prototype', Object.create(null)],
  ])('a Ref to %s is unknown', (_, target) => {
    expect(possibleValues({ Ref: target }, lookup)).toEqual([{ kind: 'unknown', reason: expect.stringContaining('Ref') }]);
  });

  test('each value is listed once', () => {
    expect(possibleValues(when(when('a', NO_VALUE), when({ Ref: 'Free' }, when('a', { Ref: 'Free' }))), lookup)).toEqual([set('a'), UNSET, unknown('Ref Free')]);
    expect(possibleValues(when(1, '1'), lookup)).toEqual([set(1), set('1')]);
  });

  test('a hop limit with all valid numbers is known; of more values, the rest is unknown', () => {
    const oneOf = (values: readonly unknown[]): unknown => {
      const half = Math.floor(values.length / 2);
      return half === 0 ? values[0] : when(oneOf(values.slice(0, half)), oneOf(values.slice(half)));
    };
    const numbers = (length: number) => Array.from({ length }, (_, index) => index + 1);
    expect(possibleValues(oneOf(numbers(64)), lookup)).toEqual(numbers(64).map(set));
    const many = possibleValues(oneOf(numbers(1000)), lookup);
    expect(many).toHaveLength(101);
    expect(many.at(-1)).toEqual(unknown('too many alternatives'));
  });

  test('a parameter with many values is read once in many branches', () => {
    const parameters = jest.fn(() => ({ allowedValues: Array.from({ length: 1000 }, (_, index) => index) }));
    const nested = Array.from({ length: 60 }).reduce<unknown>(others => when({ Ref: 'Many' }, others), 'x');
    expect(possibleValues(nested, parameters)).toHaveLength(101);
    expect(parameters).toHaveBeenCalledTimes(1);
  });

  test('a thousand nested conditions are known up to the searched depth, and unknown below', () => {
    let nested: unknown = 'innermost';
    for (let depth = 0; depth < 1000; depth++) { nested = when('required', nested); }
    const values = possibleValues(nested, lookup);
    expect(values[0]).toEqual(set('required'));
    expect(values.at(-1)).toEqual(unknown('Fn::If'));
  });
});

function when(whenTrue: unknown, whenFalse: unknown): object {
  return { 'Fn::If': ['C', whenTrue, whenFalse] };
}

function set(value: unknown): PossibleValue {
  return { kind: 'set', value };
}

function unknown(reason: string): PossibleValue {
  return { kind: 'unknown', reason };
}
