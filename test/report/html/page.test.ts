import { htmlPage } from '../../../src/report/html/page';
import type { Report } from '../../../src/report/report';
import { EMPTY_REPORT, hostileReport, longReport, SAMPLE_REPORT, sampleFinding, sampleReport, sampleResource, scriptReport } from '../sample-report';

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);
const REPORTS: [string, Report][] = [['everything', SAMPLE_REPORT], ['nothing', EMPTY_REPORT], ['hostile texts', hostileReport('"><b id="x">')], ['a hostile script', scriptReport('"><b id="x">')]];

describe.each(REPORTS)('the page of %s', (_, report) => {
  const page = htmlPage(report);

  test('has no repeated id, and no link without a target in the page', () => {
    const ids = all(page, /\sid="([^"]*)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    expect(all(page, /\shref="#([^"]*)"/g).filter(target => !ids.includes(target))).toEqual([]);
    expect(all(page, /\s(?:aria-labelledby|aria-describedby|for)="([^"]*)"/g).filter(target => !ids.includes(target))).toEqual([]);
  });

  test('has nothing that loads, runs or styles except its own style and script', () => {
    const body = page.replace(/<(script|style)>.*?<\/\1>/gs, '');
    expect(body).not.toMatch(/<(script|style|link|img|iframe|object|embed|base)\b/);
    expect(body).not.toMatch(/<[^>]*\s(src|srcset|style|on\w+)=/);
    expect(page).not.toMatch(/@import|url\((?!#)/);
  });

  test('has one main heading, and no level is skipped below it', () => {
    const levels = all(page, /<h([1-6])/g).map(Number);
    expect(levels.filter(level => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test('is the same each time', () => {
    expect(htmlPage(report)).toBe(page);
  });
});

test.each([
  [true, 0, 'Passes'], [true, 2, 'Errors'], [false, 2, 'Fails'],
])('if the success is %s with %i errors, the page shows it in words', (success, errors, word) => {
  expect(htmlPage(sampleReport({ success, totals: { ...SAMPLE_REPORT.totals, errors } }))).toContain(`<strong>${word}</strong>`);
});

test('the page has no animations', () => {
  expect(htmlPage(SAMPLE_REPORT)).not.toMatch(/\b(animation|transition|@keyframes|scroll-behavior|<animate|behavior: 'smooth')/);
});

test('an empty report is a sentence, not a picture', () => {
  const page = htmlPage(EMPTY_REPORT);
  expect(page).toContain('Nothing in this app launches EC2 instances');
  expect(page).not.toContain('class="ring"');
  expect(page).not.toContain('NaN');
});

test.each([
  ['https://example.com/ticket/1?a=b#c', true],
  ['http://example.com/', false],
  ['javascript:alert(1)', false],
  ['https://example.com/" onclick="alert(1)', false],
  [' https://example.com/', false],
  ['https://user@example.com/', false],
  ['data:text/html,hello', false],
  ['SEC-1432', false],
])('a ticket %j becomes a link: %s', (ticket, isLink) => {
  const exemption = { rule: 'Imdsv2::TokensRequired' as const, scope: '', reason: 'because', ticket };
  const page = htmlPage(sampleReport({ findings: [sampleFinding('Imdsv2::TokensRequired', { exemption })], resources: [] }));
  const elsewhere = all(page, /<a href="([^"#][^"]*)"/g).filter(href => !href.startsWith('https://docs.aws.amazon.com/'));
  expect(elsewhere).toEqual(isLink ? [ticket] : []);
});

test('an exemption has its owner, reason, place and end, or shows that it has no end', () => {
  const page = htmlPage(SAMPLE_REPORT).replace(/<[^>]*>/g, '');
  for (const text of ['the backup agent speaks IMDSv1 only', 'owner team-storage', 'ticket SEC-1432', 'until 2026-03-31', 'on Web/Bastion']) {
    expect(page).toContain(text);
  }
  const endless = { rule: 'Imdsv2::TokensRequired' as const, scope: '', reason: 'because' };
  expect(htmlPage(sampleReport({ findings: [sampleFinding('Imdsv2::TokensRequired', { exemption: endless })] }))).toContain('no end date');
});

test('each setting has its origin, with a link', () => {
  const row = all(htmlPage(SAMPLE_REPORT), /<tbody id="resource-2"(.*?)<\/tbody>/gs)[0];
  expect(row).toContain('<dt>Hop limit</dt>');
  expect(row).toContain('from <a href="#resource-1">');
});

test('values of an AMI are marked without opening the details', () => {
  const written = { kind: 'set' as const, value: 'required', from: 'MetadataOptions.HttpTokens' };
  const settings = { tokens: [written, { ...written, unlessAccountDefault: true as const }], hopLimit: [{ ...written, value: 2 }] };
  const [row] = all(htmlPage(sampleReport({ resources: [sampleResource({ logicalId: 'Host', type: 'AWS::EC2::Instance', settings })] })), /<tbody id="resource-1"(.*?)<details>/gs);
  const cells = all(row, /<span class="values">(.*?)<\/span><\/td>/gs).map(cell => cell.replace(/<[^>]*>/g, ''));
  expect(cells).toEqual(['required or required by the AMI, unless an account default overrides it', '2']);
});

describe('the usage of IMDSv1', () => {
  const page = htmlPage(SAMPLE_REPORT);
  const text = page.replace(/<(script|style)>.*?<\/\1>/gs, '').replace(/<wbr>/g, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').replace(/ ([,:;])/g, '$1');

  test('is summed up: the launchers that may require IMDSv2, the states, and the monitors', () => {
    expect(text).toContain('3 launchers may require IMDSv2');
    expect(text).toContain('1 required 1 ready 1 in use 1 broken 1 unknown');
    expect(text).toContain('watched from 2025-11-01 00:00 UTC to 2026-01-15 02:00 UTC, ready after 14 quiet days');
    expect(text).toContain('no data yet; the last run could not read it: AccessDenied: ec2:DescribeInstances');
  });

  test('is a badge beside the outcome, and has a filter', () => {
    expect(all(page, /data-usage="([^"]*)"/g).filter(state => state !== '')).toEqual(['in use', 'ready', 'unknown', 'broken', 'required']);
    expect(page).toContain('<select id="filter-usage"');
  });

  test('is below each resource: how many instances, when and which', () => {
    expect(text).toContain('6 running instances, 2 calling last call 2026-01-14 21:00 UTC i-0a1b2c3d4e5f60001 i-0a1b2c3d4e5f60002');
    expect(text).toContain('last refused 2026-01-15 01:00 UTC');
  });

  test('is not on the page without a usage record', () => {
    const without = htmlPage(sampleReport({
      usage: undefined,
      totals: { ...SAMPLE_REPORT.totals, usage: undefined },
      resources: SAMPLE_REPORT.resources.map(({ usage: _, ...resource }) => resource),
    }));
    expect(without.replace(/<(script|style)>.*?<\/\1>/gs, '')).not.toMatch(/may require IMDSv2|IMDSv1 use|filter-usage|class="usage"/);
  });
});

test('a finding outside all templates has no place', () => {
  const page = htmlPage(sampleReport({ findings: [sampleFinding('Imdsv2::StageNotEnforced', { location: '', path: 'Prod' })] }));
  expect(page).toContain('<code>Prod</code>');
  expect(page).not.toContain('<p class="facts muted">');
});

test('a resource of a template without a known stack has the name of the template', () => {
  expect(htmlPage(sampleReport({ stacks: [] }))).toContain('>Web.template.json</option>');
});

test('each resource is written once, so that the page grows in proportion to the app', () => {
  const [page, longer] = [500, 2000].map(count => htmlPage(longReport(count)));
  expect(all(longer, /<(tbody) id="resource-/g)).toHaveLength(2000);
  expect(longer.length).toBeLessThan(4.2 * page.length);
});

test('a very long name is cut, and its length is shown', () => {
  const page = htmlPage(sampleReport({ resources: [sampleResource({ logicalId: 'x'.repeat(10_000), type: 'AWS::EC2::Instance' })] }));
  expect(page).toContain('… (10,000 characters)');
  expect(page).not.toContain('x'.repeat(401));
});
