import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { htmlPage } from '../../src/report/html/page';
import type { Report } from '../../src/report/report';

/** The longest start of a newly installed browser on a busy machine, in ms. */
const FIRST_START = 120_000;

/** The preferences of the reader, and the fragment of the address. */
export interface Reader extends BrowserContextOptions {
  readonly fragment?: string;
}

/** Opens the page of a report from a disk, as a reader does. */
export type Open = (report: Report, reader?: Reader) => Promise<Page>;

/**
 * A browser for the tests of a file. After each test it checks every opened page: the page requested nothing but itself, nothing was blocked, no error
 * occurred, and no dialog opened.
 */
export function reader(): Open {
  const directory = mkdtempSync(join(tmpdir(), 'imdsv2-report-'));
  const requests: string[] = [];
  const complaints: string[] = [];
  let browser: Browser;
  let opened = 0;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'], timeout: FIRST_START });
  }, FIRST_START);
  afterEach(async () => {
    await Promise.all(browser.contexts().map(context => context.close()));
    expect({ requests: requests.splice(0), complaints: complaints.splice(0) }).toEqual({ requests: [], complaints: [] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(directory, { recursive: true });
  });

  return async (report, { fragment = '', ...options } = {}) => {
    const file = join(directory, `${opened++}.html`);
    writeFileSync(file, htmlPage(report));
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('request', request => { if (request.url().split('#')[0] !== `file://${file}`) { requests.push(request.url()); } });
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(error.message));
    page.on('dialog', dialog => complaints.push(dialog.message()));
    await page.goto(`file://${file}${fragment}`);
    return page;
  };
}
