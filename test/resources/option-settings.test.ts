import { OPTION_SETTINGS } from '../../src/resources/dialects';
import type { Layer } from '../../src/resources/layer';
import { RENDERED } from '../../src/resources/layer';

/** Properties without tokens, with any names. */
const LAYER = { isUnresolved: () => false, resolve: (value: unknown) => value, look: () => undefined, defer: (token: unknown) => token };

const NO_VALUE = { Ref: 'AWS::NoValue' };
const OTHER = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'InstanceType', Value: 't3.micro' };
const ELSEWHERE = { Namespace: 'aws:elsewhere', OptionName: 'DisableIMDSv1', Value: 'false' };
const ON = option('true');
const OFF = option('false');

interface Case {
  readonly name: string;
  readonly settings: unknown;
  /** The list with IMDSv1 disabled. It is the same object if that was so. */
  readonly required: unknown;
  /** Whether the list disables IMDSv1 under all conditions. */
  readonly holds?: true;
  /** Whether an element of the list can be the option with any value. */
  readonly inDoubt?: true;
}

const CASES: readonly Case[] = [
  { name: 'no list', settings: undefined, required: [ON] },
  { name: 'null', settings: null, required: [ON] },
  { name: 'AWS::NoValue', settings: NO_VALUE, required: [ON] },
  { name: 'an empty list', settings: [], required: [ON] },
  { name: 'other options', settings: [OTHER, ELSEWHERE], required: [OTHER, ELSEWHERE, ON] },
  { name: 'the option', settings: [OTHER, ON], required: [OTHER, ON], holds: true },
  { name: 'the option as a boolean', settings: [option(true)], required: [option(true)], holds: true },
  { name: 'the option with another value', settings: [OFF, OTHER], required: [ON, OTHER] },
  { name: 'the option in another spelling', settings: [option('TRUE')], required: [ON] },
  { name: 'the option without a value', settings: [{ Namespace: ON.Namespace, OptionName: ON.OptionName }], required: [ON] },
  { name: 'the option with more to it', settings: [{ ...OFF, ResourceName: 'x' }], required: [{ ...ON, ResourceName: 'x' }] },
  { name: 'the option twice', settings: [ON, OFF], required: [ON, ON] },
  { name: 'elements that are none', settings: ['x', null, 5, [], OFF], required: ['x', null, 5, [], ON] },
  { name: 'an element with a key __proto__', settings: JSON.parse('[{"__proto__":{"a":1}}]'), required: [...JSON.parse('[{"__proto__":{"a":1}}]'), ON] },

  { name: 'an unknown value', settings: [option({ Ref: 'Flag' })], required: [ON] },
  { name: 'a parameter that allows one value', settings: [option({ Ref: 'True' })], required: [option({ Ref: 'True' })], holds: true },
  { name: 'a conditional value', settings: [option(when('C', 'true', 'false'))], required: [ON] },
  { name: 'a conditional value that is the same', settings: [option(when('C', 'true', true))], required: [option(when('C', 'true', true))], holds: true },
  { name: 'an unknown name', settings: [{ ...OFF, OptionName: { Ref: 'Name' } }], required: [{ ...OFF, OptionName: { Ref: 'Name' } }, ON], inDoubt: true },
  { name: 'an unknown element', settings: [{ 'Fn::FindInMap': [] }], required: [{ 'Fn::FindInMap': [] }, ON], inDoubt: true },

  { name: 'an element in both branches', settings: [when('C', ON, ON)], required: [when('C', ON, ON)], holds: true },
  { name: 'an element that is wrong in one branch', settings: [when('C', ON, OFF)], required: [when('C', ON, ON)] },
  { name: 'an element under a condition', settings: [when('C', ON, NO_VALUE)], required: [when('C', ON, NO_VALUE), when('C', NO_VALUE, ON)] },
  { name: 'a wrong element under a condition', settings: [when('C', NO_VALUE, OFF)], required: [when('C', NO_VALUE, ON), when('C', ON, NO_VALUE)] },
  { name: 'another element in the other branch', settings: [when('C', ON, OTHER)], required: [when('C', ON, OTHER), when('C', NO_VALUE, ON)] },
  { name: 'an element under either condition', settings: [when('C', ON, NO_VALUE), when('C', NO_VALUE, ON)], required: [when('C', ON, NO_VALUE), when('C', NO_VALUE, ON)], holds: true },
  { name: 'an element under a condition, and always', settings: [when('C', ON, NO_VALUE), ON], required: [when('C', ON, NO_VALUE), ON], holds: true },
  { name: 'an element under this and one under that condition', settings: [when('C', ON, NO_VALUE), when('D', ON, NO_VALUE)], required: [when('C', ON, NO_VALUE), when('D', ON, NO_VALUE), when('D', NO_VALUE, when('C', NO_VALUE, ON))] },
  { name: 'an element that can never be', settings: [when('C', when('C', OTHER, ON), OTHER)], required: [when('C', when('C', OTHER, ON), OTHER), ON] },
  { name: 'an element under two conditions', settings: [when('C', when('D', ON, NO_VALUE), ON)], required: [when('C', when('D', ON, NO_VALUE), ON), when('C', when('D', NO_VALUE, ON), NO_VALUE)] },
];

const cannotRead: readonly [string, unknown][] = [
  ['a string', 'x'], ['an object', {}], ['an unknown intrinsic', { 'Fn::FindInMap': [] }],
];

const parameters = (logicalId: string) => logicalId === 'True' ? { allowedValues: ['true'] } : undefined;

describe('a list of option settings', () => {
  test.each(CASES)('$name: IMDSv1 is disabled', ({ settings, required, holds }) => {
    const result = turnOff(settings);
    expect(result).toEqual(required);
    expect(result === settings).toBe(holds ?? false);
  });

  test.each(CASES)('$name: a second time changes nothing', ({ settings }) => {
    const once = turnOff(settings);
    expect(turnOff(once)).toBe(once);
  });

  test.each(CASES)('$name: the reading has the right result before and after', ({ settings, holds, inDoubt }) => {
    expect(isOff(settings)).toBe(holds ?? false);
    expect(isOff(turnOff(settings))).toBe(!inDoubt);
  });

  test("of an L1 has CloudFormation's names if a condition hides the element from the L1", () => {
    const typed: Layer = { ...LAYER, name: name => name.charAt(0).toLowerCase() + name.slice(1), verbatim: RENDERED };
    const added = OPTION_SETTINGS.require([when('C', ON, NO_VALUE)], { tokens: 'required' }, typed, parameters);
    expect(added).toEqual([when('C', ON, NO_VALUE), when('C', NO_VALUE, ON)]);
    expect(OPTION_SETTINGS.require([], { tokens: 'required' }, typed, parameters)).toEqual([{ namespace: ON.Namespace, optionName: ON.OptionName, value: 'true' }]);
  });

  test.each(cannotRead)('that is %s does not change, and cannot be read', (_, settings) => {
    expect(turnOff(settings)).toBe(settings);
    expect(OPTION_SETTINGS.read(settings, RENDERED, parameters)).toBeUndefined();
  });
});

function option(value: unknown) {
  return { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: value };
}

function when(condition: string, whenTrue: unknown, whenFalse: unknown): object {
  return { 'Fn::If': [condition, whenTrue, whenFalse] };
}

function turnOff(settings: unknown): unknown {
  return OPTION_SETTINGS.require(settings, { tokens: 'required' }, RENDERED, parameters);
}

function isOff(settings: unknown): boolean {
  const { tokens } = OPTION_SETTINGS.read(settings, RENDERED, parameters)!;
  return tokens!.every(possible => possible.kind === 'set' && (possible.value === 'true' || possible.value === true));
}
