import type { Page } from 'playwright-core';
import { nameOf, pageIndex } from '../../src/report/html/page-index';
import type { Report } from '../../src/report/report';
import type { ReportedLaunch } from '../../src/report/reported-resource';
import { SAMPLE_REPORT } from '../report/sample-report';
import { reader } from './opened';
import { shopReport } from './shop';

const open = reader();

interface Drawn {
  readonly from: string;
  readonly to: string;
  readonly isLoose: boolean;
  readonly label: string;
}

/** The edges in the drawing, by the nodes at both ends of their lines. */
const edges = (page: Page) => page.evaluate<Drawn[]>(`(() => {
  const nodes = Array.from(document.querySelectorAll('.node'));
  const at = ({ x, y }) => nodes.find(node => {
    const box = node.querySelector('.box').getBBox();
    return x >= box.x - 3 && x <= box.x + box.width + 3 && y >= box.y && y <= box.y + box.height;
  }).querySelector('.node-name').textContent;
  return Array.from(document.querySelectorAll('.edge'), edge => {
    const path = edge.querySelector('path');
    return {
      from: at(path.getPointAtLength(0)),
      to: at(path.getPointAtLength(path.getTotalLength())),
      isLoose: getComputedStyle(path).strokeDasharray !== 'none',
      label: edge.querySelector('text')?.textContent ?? '',
    };
  });
})()`);

function launches(report: Report): Drawn[] {
  const index = pageIndex(report);
  const sourceName = ({ resource, name }: ReportedLaunch) => resource === undefined ? name : nameOf(index.resourceOf.get(resource)!, index);
  return report.resources.flatMap(launcher => launcher.launchesFrom.map(launch => ({ launcher, launch }))).map(({ launcher, launch }) => {
    const { versions, isFollowed } = launch;
    return { from: nameOf(launcher, index), to: sourceName(launch), isLoose: !isFollowed, label: versions.map(version => /^\d+$/.test(version) ? `version ${version}` : version).join() };
  });
}

const inOrder = (all: readonly Drawn[]) => all.map(one => JSON.stringify(one)).sort();
const node = (page: Page, name: string) => page.locator('.node', { has: page.getByText(name, { exact: true }) });

test.each([['the sample', SAMPLE_REPORT], ['a shop', shopReport(12)]])('every launch of %s is a line from the launcher to its source', async (_, report) => {
  expect(inOrder(await edges(await open(report)))).toEqual(inOrder(launches(report)));
});

test('nodes do not overlap', async () => {
  const page = await open(shopReport(30));
  expect(await page.evaluate(`(() => {
    const boxes = Array.from(document.querySelectorAll('.box'), box => box.getBBox());
    return boxes.filter((one, index) => boxes.some((other, place) => place < index
      && one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height)).length;
  })()`)).toBe(0);
});

test('launchers are to the left of their sources, in three columns', async () => {
  const page = await open(shopReport(1));
  const lefts = await Promise.all(['Orders/Capacity', 'Orders/Group', 'Orders/Template'].map(async name => (await node(page, name).boundingBox())!.x));
  expect(lefts).toEqual([...lefts].sort((one, other) => one - other));
  expect(new Set(lefts).size).toBe(3);
});

describe.each(['focus', 'hover'] as const)('on %s', action => {
  test('a node highlights only its edges', async () => {
    const page = await open(shopReport(3));
    await node(page, 'Payments/Group')[action]();
    const joined = page.locator('.edge.joined');
    const id = await node(page, 'Payments/Group').getAttribute('id');
    expect(await joined.count()).toBe(2);
    expect(await page.locator(`.edge[data-from="${id}"], .edge[data-to="${id}"]`).count()).toBe(2);
    expect(await page.locator(`.edge.joined[data-from="${id}"], .edge.joined[data-to="${id}"]`).count()).toBe(2);
    expect(await page.locator('.node.joined .node-name').allTextContents()).toEqual(expect.arrayContaining(['Payments/Capacity', 'Payments/Group', 'Payments/Template']));
  });
});

test('without focus and pointer nothing is highlighted', async () => {
  const page = await open(SAMPLE_REPORT);
  await node(page, 'Fleet/ASG').focus();
  await page.getByRole('searchbox').focus();
  expect(await page.locator('.joined, .graph.active').count()).toBe(0);
});

test('Enter and a click on a node lead to its row', async () => {
  const page = await open(SAMPLE_REPORT);
  await node(page, 'Fleet/ASG').press('Enter');
  await page.locator('#resource-2:focus').waitFor();
  await page.locator('#resource-2 dl').waitFor({ state: 'visible' });
  await node(page, 'Pool/ASG').click();
  await page.locator('#resource-6:focus').waitFor();
});

test('a screen reader reads the kind of each node, and the same data in the table', async () => {
  const page = await open(SAMPLE_REPORT);
  expect(await page.getByRole('link', { name: 'Fleet/ASG, AutoScaling::AutoScalingGroup, required, launches from Template ($Latest)' }).count()).toBe(1);
  expect(await page.getByRole('img', { name: 'lt-0abc, not in this app' }).count()).toBe(1);
  expect(await page.locator('#resource-2 dl').textContent()).toMatch(/Launches from\s*Template \(\$Latest\)/);
  expect(await page.locator('#resource-1 dl').textContent()).toMatch(/Launched by\s*Fleet\/ASG \(\$Latest\)/);
});

test('resources without launches are left out, with a note', async () => {
  const page = await open(SAMPLE_REPORT);
  expect(await node(page, 'Bastion').count()).toBe(0);
  expect(await page.locator('#graph-words').innerText()).toContain('2 resources that neither launch from another nor are launched from are left out.');
});

test('a graph of 1,000 nodes scrolls in its own frame', async () => {
  const page = await open(shopReport(250), { reducedMotion: 'reduce' });
  const frame = page.getByRole('region', { name: 'Launch graph, picture' });
  expect(await page.locator('.node').count()).toBe(1000);
  expect((await frame.boundingBox())!.height).toBeLessThan(900);
  // A browser ignores a key before it has drawn the scrolled element, so the key is pressed until it works.
  const scrolled = () => page.evaluate<boolean>("document.querySelector('.canvas').scrollTop > 100");
  for (let tries = 0; tries < 50 && !await scrolled(); tries++) {
    await frame.press('End');
    await page.waitForTimeout(200);
  }
  expect(await scrolled()).toBe(true);
}, 60_000);
