import type { Page } from 'playwright-core';
import { longReport, SAMPLE_REPORT } from '../report/sample-report';
import { reader } from './opened';
import { shopReport } from './shop';

const open = reader();
const SHOP = shopReport(12);

const shownNames = (page: Page) => page.locator('#table tbody:not([hidden]) .name').allTextContents();
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search' });
const said = (page: Page) => page.getByRole('status').innerText();
const focusedId = (page: Page) => page.evaluate<string>('document.activeElement.id');

/** Presses Tab until an element has the focus, because a keyboard has no other way. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await focusedId(page) === id) { return; }
    await page.keyboard.press('Tab');
  }
  throw new Error(`'${id}' cannot be reached by Tab`);
}

describe('the filter', () => {
  test('finds a text by keyboard alone, and shows the number of results', async () => {
    const page = await open(SAMPLE_REPORT);
    expect(await said(page)).toBe('7 resources shown');
    await tabTo(page, 'filter-q');
    await page.keyboard.type('POOLTEMPLATE prodbatch');
    expect(await said(page)).toBe('2 of 7 resources shown');
    expect(await shownNames(page)).toEqual(['PoolTemplate', 'Pool/ASG']);
  });

  test('finds text in the details: an origin, an owner, a reason', async () => {
    const page = await open(SAMPLE_REPORT);
    await search(page).fill('team-storage');
    expect(await shownNames(page)).toEqual(['Bastion']);
    await search(page).fill("the parameter 'Hops'");
    expect(await shownNames(page)).toEqual(['Canary']);
  });

  test('finds an outcome and a stack by keyboard alone', async () => {
    const page = await open(SAMPLE_REPORT);
    await tabTo(page, 'filter-outcome');
    await page.keyboard.press('u');
    expect(await shownNames(page)).toEqual(['Pool/ASG', 'Spot']);
    await page.keyboard.press('Home');
    await tabTo(page, 'filter-stack');
    await page.keyboard.press('W');
    expect(await said(page)).toBe('4 of 7 resources shown');
  });

  test.each([
    ['only with findings', ['Canary', 'Pool/ASG', 'Spot']],
    ['only with errors', ['Canary']],
    ['only with warnings', ['Canary', 'Pool/ASG', 'Spot']],
    ['only exempt', ['Bastion']],
  ])('finds %s', async (label, names) => {
    const page = await open(SAMPLE_REPORT);
    await page.getByRole('combobox', { name: 'Findings' }).selectOption(label);
    expect(await shownNames(page)).toEqual(names);
  });

  test('shows that nothing matches, and has a button to clear it', async () => {
    const page = await open(SAMPLE_REPORT);
    await search(page).fill('no such thing');
    expect(await said(page)).toBe('0 of 7 resources shown');
    expect(await page.getByText('No resource matches').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await said(page)).toBe('7 resources shown');
    expect(await page.getByText('No resource matches').isVisible()).toBe(false);
    expect(await focusedId(page)).toBe('filter-q');
  });

  test('is in the address, and is restored from it', async () => {
    const page = await open(SHOP);
    await search(page).fill('Basket & <b>');
    await search(page).fill('ECS::CapacityProvider');
    await page.getByRole('combobox', { name: 'Stack' }).selectOption('Shop/Services1');
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('required');
    await page.getByRole('button', { name: 'Resource', exact: true }).click();
    await page.getByRole('button', { name: 'Resource', exact: true }).click();
    const fragment = await page.evaluate<string>('location.hash');
    const names = await shownNames(page);
    const again = await open(SHOP, { fragment });
    expect(names).toHaveLength(10);
    expect(await shownNames(again)).toEqual(names);
    expect(await said(again)).toBe('10 of 60 resources shown');
    expect(await search(again).inputValue()).toBe('ECS::CapacityProvider');
  });

  test('ignores an invalid address', async () => {
    const page = await open(SAMPLE_REPORT, { fragment: '#outcome=magic&sort=nothing&direction=up&__proto__=1' });
    expect(await said(page)).toBe('7 resources shown');
  });
});

describe('the headings', () => {
  const heading = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true });
  const press = (page: Page, name: string) => heading(page, name).getByRole('button').press('Enter');

  test('sort ascending, descending and in the original order, and announce it', async () => {
    const page = await open(SAMPLE_REPORT);
    const before = await shownNames(page);
    await press(page, 'Resource');
    expect(await heading(page, 'Resource').getAttribute('aria-sort')).toBe('ascending');
    expect(await shownNames(page)).toEqual([...before].sort());
    await press(page, 'Resource');
    expect(await heading(page, 'Resource').getAttribute('aria-sort')).toBe('descending');
    expect(await shownNames(page)).toEqual([...before].sort().reverse());
    await press(page, 'Resource');
    expect(await heading(page, 'Resource').getAttribute('aria-sort')).toBeNull();
    expect(await shownNames(page)).toEqual(before);
  });

  test('put the worst first', async () => {
    const page = await open(SAMPLE_REPORT);
    await press(page, 'IMDSv2');
    expect((await shownNames(page)).slice(0, 4)).toEqual(['Bastion', 'Canary', 'Pool/ASG', 'Spot']);
    await press(page, 'Findings');
    expect((await shownNames(page))[0]).toBe('Canary');
    expect(await page.locator('[aria-sort]').count()).toBe(1);
  });

  test('stay visible while the page scrolls', async () => {
    const page = await open(SHOP);
    await page.locator('#resource-40').scrollIntoViewIfNeeded();
    expect(await heading(page, 'Resource').boundingBox()).toMatchObject({ y: 0 });
  });
});

test('a link to a finding or a resource shows it, even if a filter hides it', async () => {
  const page = await open(SAMPLE_REPORT);
  await search(page).fill('PoolTemplate');
  await page.locator('#findings a[href="#resource-4"]').first().click();
  await page.locator('#resource-4:focus').waitFor();
  expect(await said(page)).toBe('7 resources shown');
  await page.locator('#resource-4 dl a[href="#finding-3"]').click();
  await page.locator('#finding-3:focus').waitFor();
});

test('with 2,000 resources, a search reads no text again, and changes only what it shows or hides', async () => {
  const page = await open(longReport(2000));
  const work = await page.evaluate<{ reads: number; writes: number }>(`(() => {
    const search = document.getElementById('filter-q');
    const observer = new MutationObserver(() => undefined);
    observer.observe(document.getElementById('table'), { attributes: true, childList: true, characterData: true, subtree: true });
    const text = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');
    let reads = 0;
    Object.defineProperty(Node.prototype, 'textContent', { ...text, get() { reads++; return text.get.call(this); } });
    for (const value of ['h', 'ho', 'host19', 'host199', 'host199', '']) {
      search.value = value;
      search.dispatchEvent(new Event('input', { bubbles: true }));
    }
    Object.defineProperty(Node.prototype, 'textContent', text);
    return { reads, writes: observer.takeRecords().length };
  })()`);
  // Of 2,000 names, 111 contain 'host19', and 11 contain 'host199'.
  expect(work).toEqual({ reads: 0, writes: (2000 - 111) + (111 - 11) + (2000 - 11) });
  await search(page).fill('host199');
  expect(await said(page)).toBe('11 of 2000 resources shown');
}, 60_000);
