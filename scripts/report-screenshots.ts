/** Takes pictures of the HTML report, for review after a change: `npm run report:screenshots -- <directory>`. */
import { mkdirSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { chromium } from 'playwright-core';
import { htmlPage } from '../src/report/html/page';
import { shopReport } from '../test/browser/shop';
import { SAMPLE_REPORT } from '../test/report/sample-report';
import { chromiumPath } from './chromium';

const SHOTS = [
  { name: 'light', report: SAMPLE_REPORT, width: 1280, colorScheme: 'light' },
  { name: 'dark', report: SAMPLE_REPORT, width: 1280, colorScheme: 'dark' },
  { name: 'mobile', report: SAMPLE_REPORT, width: 360, colorScheme: 'light' },
  { name: 'many', report: shopReport(24), width: 1440, colorScheme: 'light' },
] as const;

async function main(directory = 'report-screenshots'): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  for (const { name, report, width, colorScheme } of SHOTS) {
    const html = resolve(directory, `${name}.html`);
    writeFileSync(html, htmlPage(report));
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    await page.goto(`file://${html}`);
    await page.locator('.more summary').first().click();
    await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
    console.log(join(directory, `${name}.png`));
  }
  await browser.close();
}

void main(process.argv[2]);
