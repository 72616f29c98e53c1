import type { Host, HopLimitProps } from '../../src/policy/hop-limits';
import { HopLimits } from '../../src/policy/hop-limits';

const TOKEN = -1.8881545897087626e+289;
const isUnresolved = (value: unknown) => value === TOKEN;

const PLAIN: Host = { isContainerHost: false, hopLimits: [] };
const CONTAINERS: Host = { isContainerHost: true, hopLimits: [] };
const asking = (...hopLimits: (number | undefined)[]): Host => ({ isContainerHost: true, hopLimits });

describe('the hop limits', () => {
  test.each<[string, HopLimitProps, Host, ReturnType<HopLimits['of']>]>([
    ['of a host', {}, PLAIN, { fill: undefined, least: undefined, most: 2 }],
    ['of a container host', {}, CONTAINERS, { fill: 2, least: 2, most: 2 }],
    ['of a host that gets one', { httpPutResponseHopLimit: 1 }, PLAIN, { fill: 1, least: undefined, most: 2 }],
    ['of a container host among those that get one', { httpPutResponseHopLimit: 1 }, CONTAINERS, { fill: 2, least: 2, most: 2 }],
    ['where all get a high one', { httpPutResponseHopLimit: 5 }, PLAIN, { fill: 5, least: undefined, most: 5 }],
    ['where all get a high one, of a container host', { httpPutResponseHopLimit: 5 }, CONTAINERS, { fill: 5, least: 2, most: 5 }],
    ['where containers get a high one', { containerHopLimit: 3 }, CONTAINERS, { fill: 3, least: 2, most: 3 }],
    ['where containers get a low one', { containerHopLimit: 1 }, CONTAINERS, { fill: 1, least: 1, most: 2 }],
    ['where the most is given', { maxHopLimit: 9 }, CONTAINERS, { fill: 2, least: 2, most: 9 }],
    ['where the least is given', { containerHopLimit: 3, leastContainerHopLimit: 3 }, CONTAINERS, { fill: 3, least: 3, most: 3 }],
    ['if a host has a lower one', {}, asking(1), { fill: 1, least: 1, most: 2 }],
    ['if a host has one above the maximum', {}, asking(4), { fill: 4, least: 4, most: 4 }],
    ['where several ask', {}, asking(1, 3), { fill: 3, least: 3, most: 3 }],
    ['where one of several leaves it to the policy', { containerHopLimit: 4 }, asking(3, undefined), { fill: 4, least: 3, most: 4 }],
    ['if containerHopLimit is unresolved', { containerHopLimit: TOKEN }, CONTAINERS, { fill: TOKEN, least: 2, most: 2 }],
    ['if httpPutResponseHopLimit is unresolved', { httpPutResponseHopLimit: TOKEN }, PLAIN, { fill: TOKEN, least: undefined, most: 2 }],
  ])('%s', (_, props, host, expected) => {
    expect(new HopLimits(props, isUnresolved).of(host)).toEqual(expected);
  });

  test.each<[HopLimitProps, string]>([
    [{ httpPutResponseHopLimit: 65 }, 'httpPutResponseHopLimit must be a whole number from 1 to 64, got 65'],
    [{ containerHopLimit: 0 }, 'containerHopLimit must be a whole number from 1 to 64, got 0'],
    [{ maxHopLimit: 1.5 }, 'maxHopLimit must be a whole number from 1 to 64, got 1.5'],
    [{ maxHopLimit: TOKEN }, 'maxHopLimit must be known at synthesis, got an unresolved value'],
    [{ httpPutResponseHopLimit: 3, maxHopLimit: 2 }, 'httpPutResponseHopLimit must be at most maxHopLimit, which is 2, got 3'],
    [{ containerHopLimit: 4, maxHopLimit: 3 }, 'containerHopLimit must be at most maxHopLimit, which is 3, got 4'],
    [{ maxHopLimit: 1 }, 'containerHopLimit, by default, must be at most maxHopLimit, which is 1, got 2'],
  ])('are rejected: %j', (props, message) => {
    expect(() => new HopLimits(props, isUnresolved)).toThrow(message);
  });
});
