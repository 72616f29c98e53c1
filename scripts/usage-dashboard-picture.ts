/**
 * Draws a picture of the usage dashboard: `npm run usage:picture`. Its widgets, expressions and queries are those of the construct. The data is what
 * the collector writes in a replay. The drawing itself differs from that of CloudWatch.
 */
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { chromium } from 'playwright-core';
import { Imdsv1UsageDashboard, Imdsv1UsageMonitor } from '../src';
import { bodyFrom } from '../test/transition/dashboard-body';
import { chromiumPath } from './chromium';
import { pageOf } from './usage-dashboard/draw';
import { FROM, replay } from './usage-dashboard/replay';

const WIDTH = 1456;

/** The dashboard opens with the last two weeks. */
const SHOWN_FROM = FROM + 7 * 24 * 3_600_000;

async function main(file = 'docs/images/usage-dashboard.png'): Promise<void> {
  const html = join(mkdtempSync(join(tmpdir(), 'cdk-imdsv2-')), 'dashboard.html');
  const lines = await replay();
  writeFileSync(html, pageOf(bodyFrom(template()), lines.filter(({ at }) => at >= SHOWN_FROM)));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 } });
  await page.goto(`file://${html}`);
  await page.screenshot({ path: resolve(file), fullPage: true });
  await browser.close();
  console.log(file);
}

function template(): Template {
  const settings = { builtinCloudFormationValidation: false };
  const stack = new Stack(new App(settings), 'Watch', { env: { account: '111122223333', region: 'eu-west-1' } });
  new Imdsv1UsageDashboard(stack, 'Dashboard', { monitor: new Imdsv1UsageMonitor(stack, 'Monitor') });
  return Template.fromStack(stack);
}

void main(process.argv[2]);
