import { branchesOf, intrinsicName, isAbsent, isNoValue, isObject, mapBranches } from '../../src/model/intrinsics';

describe('the name of an intrinsic', () => {
  test.each([
    [{ Ref: 'A' }, 'Ref'],
    [{ 'Fn::Sub': '' }, 'Fn::Sub'],
    [{ 'Fn::Transform': { Name: 'A' }, 'B': 1 }, 'Fn::Transform'],
    [{ 'A': 1, 'B': 2, 'Fn::ForEach::Each': [] }, 'Fn::ForEach::Each'],
    [{ 'A': 1, 'Fn::ForEach': [] }, undefined],
    [{ Ref: 'A', B: 1 }, undefined],
    [{ 'Fn::Sub': '', 'B': 1 }, undefined],
    [{ Condition: 'A' }, undefined],
    [{ Fn: 'A' }, undefined],
    [{}, undefined],
    [[{ Ref: 'A' }], undefined],
    ['Ref', undefined],
    [null, undefined],
    [undefined, undefined],
    [JSON.parse('{"__proto__":{"Ref":"A"}}'), undefined],
  ])('of %j is %s', (value, name) => {
    expect(intrinsicName(value)).toBe(name);
  });
});

describe('a value that is left out at deployment', () => {
  test.each([[undefined], [null], [{ Ref: 'AWS::NoValue' }]])('%j is left out', value => {
    expect(isAbsent(value)).toBe(true);
  });

  test.each([[''], [0], [false], [[]], [{}], [{ Ref: 'AWS::Region' }], [{ Ref: 'AWS::NoValue', A: 1 }], [{ Ref: ['AWS::NoValue'] }]])('%j is not left out', value => {
    expect([isAbsent(value), isNoValue(value)]).toEqual([false, false]);
  });
});

test.each([[{}, true], [[], false], [null, false], ['', false], [undefined, false]])('%j is an object: %s', (value, expected) => {
  expect(isObject(value)).toBe(expected);
});

describe('the branches of a condition', () => {
  const condition = { 'Fn::If': ['C', 'a', 'b'] };

  test('are both found', () => {
    expect(branchesOf(condition)).toEqual({ condition: 'C', whenTrue: 'a', whenFalse: 'b' });
  });

  test.each([
    [{ 'Fn::If': ['C', 'a'] }], [{ 'Fn::If': {} }], [{ 'Fn::If': null }], [{ 'Fn::If': ['C', 'a', 'b'], 'A': 1 }], [{ 'Fn::And': ['C', 'a', 'b'] }], [null],
  ])('of %j do not exist', value => {
    expect(branchesOf(value)).toBeUndefined();
  });

  test('are mapped, and the same object is returned if neither changes', () => {
    const branches = branchesOf(condition)!;
    expect(mapBranches(condition, branches, branch => branch === 'a' ? 'c' : branch)).toEqual({ 'Fn::If': ['C', 'c', 'b'] });
    expect(mapBranches(condition, branches, branch => branch)).toBe(condition);
  });
});
