import { readFileSync } from 'fs';
import type { Page } from 'playwright-core';
import { EMPTY_REPORT, hostileReport, SAMPLE_REPORT } from '../report/sample-report';
import { reader } from './opened';
import { shopReport } from './shop';

const open = reader();
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The findings of axe: rule and element. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + failureSummary)))`);
}

const styleOf = (page: Page, selector: string, property: string) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`);

/** Links that lead neither to a place in the page nor to an https address. */
const linksElsewhere = (page: Page) => page.evaluate<string[]>(
  "Array.from(document.querySelectorAll('a'), link => link.getAttribute('href')).filter(href => !/^(#[a-z]|https:)/.test(href))");

const pageWidth = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth');

describe.each(['light', 'dark'] as const)('in %s colours', colorScheme => {
  test.each([['everything', SAMPLE_REPORT], ['nothing', EMPTY_REPORT], ['many resources', shopReport(6)]])('axe finds nothing in a report of %s', async (_, report) => {
    const page = await open(report, { colorScheme });
    await page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })");
    expect(await violations(page)).toEqual([]);
  });

  test('axe finds nothing on a small screen', async () => {
    expect(await violations(await open(SAMPLE_REPORT, { colorScheme, viewport: { width: 360, height: 640 } }))).toEqual([]);
  });
});

test('readers with a dark color scheme get a dark page', async () => {
  const [light, dark] = [await open(SAMPLE_REPORT, { colorScheme: 'light' }), await open(SAMPLE_REPORT, { colorScheme: 'dark' })];
  expect(await styleOf(light, 'body', 'background-color')).toBe('rgb(244, 246, 249)');
  expect(await styleOf(dark, 'body', 'background-color')).toBe('rgb(15, 19, 26)');
  expect(await styleOf(dark, '.box', 'fill')).not.toBe(await styleOf(light, '.box', 'fill'));
});

test('its styles and its script pass its own content security policy', async () => {
  const page = await open(SAMPLE_REPORT);
  expect(await styleOf(page, '.card', 'border-radius')).toBe('10px');
  expect(await page.locator('#filters').isVisible()).toBe(true);
});

test.each([
  { what: 'a script', text: '</script><script>window.pwned = 1</script>' },
  { what: 'an image that is not there', text: '</style></title></textarea><img src=x onerror="window.pwned = 1">' },
  { what: 'the end of an attribute', text: '"><svg onload="window.pwned = 1">' },
  { what: 'a link with a handler', text: "'><a href=\"javascript:window.pwned = 1\" autofocus onfocus='window.pwned = 1'>" },
  { what: 'an address that is a script', text: 'javascript:window.pwned=1' },
  { what: 'a template of another language', text: '${window.pwned = 1}{{constructor}}<!--' },
  { what: 'text that turns, ends and breaks off', text: '\u202egnirts\u0000\ud800' },
  { what: 'a zoo', text: '🦊'.repeat(5000) },
  { what: 'a name without an end', text: 'x'.repeat(10000) },
])('$what in all texts is shown as text', async ({ text }) => {
  const page = await open(hostileReport(text));
  await page.getByRole('button', { name: 'All details' }).click();
  await page.locator('.node').first().hover();
  expect(await page.evaluate("'pwned' in window")).toBe(false);
  expect(await page.locator('script, img, iframe, textarea, object, [onload], [onfocus], [onerror]').count()).toBe(1);
  expect(await linksElsewhere(page)).toEqual([]);
  expect(await pageWidth(page)).toBe(1280);
  const named = await page.locator('#resource-1 .name').innerText();
  expect(named).toContain(text.slice(0, 40).replace('\u202e', '⟨U+202E⟩').replace('\u0000', '⟨U+0000⟩').replace('\ud800', '\ufffd'));
});

test('without scripts the whole report is readable', async () => {
  const page = await open(SAMPLE_REPORT, { javaScriptEnabled: false });
  const rows = page.locator('#table tbody');
  expect(await rows.count()).toBe(SAMPLE_REPORT.resources.length);
  for (const row of await rows.all()) { expect(await row.isVisible()).toBe(true); }
  expect(await page.locator('#filters').isVisible()).toBe(false);
  expect(await page.locator('#table th button').count()).toBe(0);
  await page.locator('#resource-1 summary').click();
  expect(await page.locator('#resource-1 dl').isVisible()).toBe(true);
});

test('a page of 360 pixels has no horizontal scroll bar', async () => {
  const page = await open(shopReport(6), { viewport: { width: 360, height: 640 } });
  await page.getByRole('button', { name: 'All details' }).click();
  expect(await pageWidth(page)).toBe(360);
  expect(await page.evaluate("(frame => frame.scrollWidth > frame.clientWidth)(document.querySelector('.scroll:has(#table)'))")).toBe(true);
});

test('on paper every detail is visible, without controls', async () => {
  const page = await open(SAMPLE_REPORT);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('#filters').isVisible()).toBe(false);
  expect((await page.locator('#resource-1 dl').boundingBox())!.height).toBeGreaterThan(20);
  expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('forced colours show outlines instead of colours', async () => {
  const page = await open(SAMPLE_REPORT, { forcedColors: 'active' });
  expect(await styleOf(page, '.badge', 'border-top-color')).toBe(await styleOf(page, 'body', 'color'));
  expect(await styleOf(page, '.arc-required', 'stroke')).toBe(await styleOf(page, 'body', 'color'));
});

test('the first link for the keyboard leads to the report', async () => {
  const page = await open(SAMPLE_REPORT);
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the report');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
});
