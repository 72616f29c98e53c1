import type { DeployedName } from '../../src/model/deployed-name';
import { UsageIndex } from '../../src/usage/usage-index';
import { CALLING, ENV, from, launcher, record, region } from './records';

const RANDOM = '1ABCDEFGHIJKL';
const LONG = 'PaymentsPlatformProductionEuropeWestNestedStackPaymentsPlatformNestedStackResource0123ABCD';
const PARENT = 'payments-platform-production-europe-west-1-services';

/** Whether a resource of an app's stack is found under a deployed name. */
function isFound(deployed: string, stack: DeployedName): boolean {
  const index = new UsageIndex([record([region([launcher('a', { ...from(deployed, 'Web'), ...CALLING })])])]);
  return index.of({ stacks: [stack], logicalId: 'Web', ...ENV }).seen.length === 1;
}

describe('a deployed name', () => {
  test.each<[string, DeployedName, boolean]>([
    ['shop', ['shop'], true],
    ['shop', ['Shop'], false],
    ['shop-two', ['shop'], false],
    [`shop-Inner-${RANDOM}`, ['shop'], false],
    [`shop-Inner-${RANDOM}`, ['shop', 'Inner'], true],
    ['shop-Inner-ABCDEFGHIJKL', ['shop', 'Inner'], true],
    [`shop-Inner-${RANDOM}`, ['shop', 'Other'], false],
    [`shop-Inner-${RANDOM}`, ['shop', 'Inner', 'Deep'], false],
    [`shop-Inner-${RANDOM}-Deep-1ZYXWVUTSRQPO`, ['shop', 'Inner', 'Deep'], true],
    [`shop-Inner-${RANDOM}-Deep-1ZYXWVUTSRQPO`, ['shop', 'Inner'], false],
    [`SHOP-PRODUCTION01-Inner-${RANDOM}`, ['SHOP-PRODUCTION01', 'Inner'], true],
    [`shop-INNERSTACK01-${RANDOM}`, ['shop', 'INNERSTACK01'], true],
    [`${PARENT}-${LONG.slice(0, 62)}-${RANDOM}`, [PARENT, LONG], true],
    [`${PARENT.slice(0, 40)}-${LONG.slice(0, 70)}-${RANDOM}`, [PARENT, LONG], true],
    [`${PARENT.slice(0, 40)}-${LONG.slice(1, 71)}-${RANDOM}`, [PARENT, LONG], false],
    [`billing-${PARENT.slice(0, 32)}-${LONG.slice(0, 70)}-${RANDOM}`, [PARENT, LONG], false],
    [`${PARENT}-Middle-${RANDOM}-${LONG.slice(0, 40)}-1ZYXWVUTSRQPO`, [PARENT, 'Middle', LONG], true],
  ])('%s of the stack %j: %s', (deployed, stack, expected) => {
    expect(deployed.length).toBeLessThanOrEqual(128);
    expect(isFound(deployed, stack)).toBe(expected);
  });

  test('of another account or Region is another stack', () => {
    const index = new UsageIndex([record([region([launcher('a', from('shop', 'Web'))])])]);
    const seenIn = (where: { readonly account?: string; readonly region?: string }) => index.of({ stacks: [['shop']], logicalId: 'Web', ...where }).seen.length;
    expect([{}, ENV, { region: ENV.region }, { account: ENV.account }, { ...ENV, region: 'us-east-1' }, { account: '999988887777' }].map(seenIn)).toEqual([1, 1, 1, 1, 0, 0]);
  });
});
