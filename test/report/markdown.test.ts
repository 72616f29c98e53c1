import * as fc from 'fast-check';
import { markdownReport } from '../../src/report/markdown';
import { MarkdownPage } from '../../src/report/markdown-page';
import { code, link, prose } from '../../src/report/markdown-text';
import type { Report } from '../../src/report/report';
import { EMPTY_REPORT, SAMPLE_REPORT, hostileReport, longReport, sampleFinding, sampleReport, sampleResource, scriptReport, totals } from './sample-report';

const LIMIT = 65_536;
const SAMPLE = markdownReport(SAMPLE_REPORT);
const headlineOf = (report: Report) => markdownReport(report).split('\n')[1];
const headings = (markdown: string) => markdown.split('\n').filter(line => line.startsWith('### '));
const sectionOf = (markdown: string, heading: string) => markdown.slice(markdown.indexOf(`\n### ${heading}`)).split('\n### ')[1];

/** Code, escaped characters and entities, from left to right. */
const LITERAL = /(?<!`)(`+)(?!`)(?<span>.*?)(?<!`)\1(?!`)|<code>(?<html>[^<]*)<\/code>|\\(?<character>[!-/:-@[-`{-~])|&#(?<point>\d+);|&(?<name>lt|gt|amp);/gs;
const NAMED: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&' };

/** A text with placeholders for code, and for characters that are escaped. */
function read(markdown: string, ofCode: (code: string) => string, ofCharacter: (character: string) => string): string {
  return markdown.replace(LITERAL, (...args: unknown[]) => {
    const { span, html, character, point, name } = args[args.length - 1] as { readonly [group: string]: string | undefined };
    if (span !== undefined) { return ofCode(span.replace(/^ (.*[^ ].*) $/s, '$1')); }
    if (html !== undefined) { return ofCode(read(html, text => text, text => text)); }
    return ofCharacter(character ?? (point ? String.fromCodePoint(Number(point)) : NAMED[name!]));
  });
}

/** The visible text of the page. */
const rendered = (markdown: string) => read(markdown, text => text, text => text).replaceAll('\u200B', '');
/** The text that a renderer reads as markup. */
const markup = (markdown: string) => read(markdown, () => 'code', () => '');
/** The text that is searched for mentions and references: the page without its code. */
const searched = (markdown: string) => read(markdown, () => 'code', text => text);
const REFERENCE = /@\w|#\w|GH-\d|:\/\/|www\./;
/** The links and tags of the library. */
const OURS = /\(\[read on\]\(<[^>]*>\)\)|<\/?sub>|<!-- cdk-imdsv2-report -->\n/g;

describe('the first line is for a bot, the second for people', () => {
  test('the marker', () => {
    expect(SAMPLE.startsWith('<!-- cdk-imdsv2-report -->\n## ')).toBe(true);
  });

  const warning = sampleFinding('Imdsv2::HopLimitTooHigh');
  const passing = { success: true, findings: [], totals: totals({ resources: 2, required: 2 }) };

  test.each<[string, Report, string]>([
    ['findings that fail', SAMPLE_REPORT, ':x: IMDSv2: 2 findings fail the synthesis'],
    ['one', sampleReport({ findings: [sampleFinding('Imdsv2::TokensRequired'), warning] }), ':x: IMDSv2: 1 finding fails the synthesis'],
    ['warnings', sampleReport({ ...passing, findings: [warning] }), ':warning: IMDSv2: nothing fails the synthesis, 1 finding to look at'],
    ['all well', sampleReport(passing), ':white_check_mark: IMDSv2 is required everywhere'],
    ['exemptions', sampleReport({ ...passing, totals: totals({ resources: 2, required: 1 }) }), ':white_check_mark: IMDSv2: nothing fails the synthesis'],
    ['nothing', EMPTY_REPORT, ':white_check_mark: IMDSv2: nothing in this app launches instances'],
  ])('the verdict: %s', (_, report, headline) => {
    expect(headlineOf(report)).toBe(`## ${headline}`);
  });
});

test('totals are on a line, and in a table by stack', () => {
  expect(SAMPLE).toContain('\nIMDSv2 required: **3 of 7 resources**, not required: 2, undecided: 2, 1 of these 4 exempt. Findings that are not exempt: **1 error, 5 warnings**.\n');
  expect(SAMPLE).toContain('\n| `Web` | `eu-central-1` | 4 | 2 | 2 | 0 | 1 | 1 | 1 |\n| `Prod/Batch/Nested` |  | 3 | 1 | 0 | 2 | 0 | 0 | 2 |\n\n');
});

test('a stack has its own name if there is no construct, or that of its template', () => {
  const stacks = [{ name: 'web', template: 'A.json', totals: totals({}) }, { template: 'B.json', totals: totals({}) }];
  expect(markdownReport(sampleReport({ stacks }))).toMatch(/\n\| `web` \|.*\n\| `B\.json` \|/);
});

test('more than ten stacks are folded', () => {
  const stacks = Array.from({ length: 12 }, (_, index) => ({ template: `S${index}.json`, totals: totals({}) }));
  const [, folded] = /\n<details><summary>12 stacks<\/summary>\n\n([^]*?)\n<\/details>\n/.exec(markdownReport(sampleReport({ stacks })))!;
  expect(folded.trim().split('\n')).toHaveLength(14);
});

test('the page of a rule is a link if it is an address', () => {
  expect(link('read on', 'https://example.com/a(b)')).toBe('[read on](<https://example.com/a(b)>)');
  expect(link('read on', 'javascript:alert(1)')).toBe('javascript:alert\\(1\\)');
  expect(link('read on', 'https://example.com/> <b')).toBe('https:&#8203;//example.com/&gt; &lt;b');
});

describe('the usage of IMDSv1', () => {
  test('is a line of totals, with the number of launchers that may require IMDSv2', () => {
    expect(SAMPLE).toContain('According to the usage records, **3 launchers may require IMDSv2**: required already: 1, ready: 1, in use: 1, broken: 1, unknown: 1.');
  });

  test('is listed for launchers that are not ready: how many call, when and which', () => {
    const lines = rendered(sectionOf(SAMPLE, 'Use of IMDSv1')).split('\n').filter(line => line.startsWith('- '));
    expect(lines).toEqual([
      '- **in use**: Web/Fleet/ASG in Web.template.json: 2 instances called within 14 days; 2 running instances; last at 2026-01-14T21:00:00Z; i-0a1b2c3d4e5f60001 i-0a1b2c3d4e5f60002',
      '- **unknown**: Web/Canary/Resource in Web.template.json: eu-central-1 in account 123456789012 was monitored for 3 of 14 days',
      '- **broken**: Prod/Batch/Nested/Pool/ASG in assembly-Prod/ProdBatch5F3A.nested.template.json: 12 calls were refused within 24 hours; last at 2026-01-15T01:00:00Z; i-0c1b2c3d4e5f60001',
    ]);
  });

  test('is not shown without a usage record', () => {
    expect(markdownReport(EMPTY_REPORT)).not.toContain('use of IMDSv1');
  });
});

describe('findings', () => {
  test('are in groups, the most urgent first', () => {
    const notFailing = sampleFinding('Imdsv2::OptionsUnreadable', { isFailing: false });
    expect(headings(markdownReport(sampleReport({ findings: [...SAMPLE_REPORT.findings, notFailing] })))).toEqual([
      '### :x: Fails the synthesis (2)',
      '### :warning: Errors that do not fail the synthesis (1)',
      '### :warning: Warnings (4)',
      '### Exempt findings (1)',
      '### Use of IMDSv1 (3)',
      '### SDKs whose version is unknown (1)',
      '### Files that may list SDKs, and cannot be read (1)',
      '### Old or unknown SDKs that are not on an instance (1)',
      '### Not seen (1)',
      '### Exemptions (1)',
      '### Overwritten: delete if nothing else uses it (1)',
      '### Not visible, and not checked (2)',
      '### Switched off (1)',
    ]);
  });

  test('have one advice for each rule, and the construct, the line and the message for each finding', () => {
    const { fix, see, message } = SAMPLE_REPORT.findings[1];
    expect(sectionOf(SAMPLE, ':x:')).toContain(`\n\n\`Imdsv2::TokensRequired\`: ${fix} ([read on](<${see}>))\n\n- \`Web/Canary/Resource\` in \`Web.template.json:63\`: ${message}\n`);
  });

  test('have the logical id if there is no construct, and nothing if they are about the app', () => {
    const known = sampleFinding('Imdsv2::TokensRequired', { resource: 'A.json#Web', template: 'A.json', message: 'one' });
    const markdown = markdownReport(sampleReport({ findings: [known, sampleFinding('Imdsv2::TokensRequired', { path: '', message: 'two' })] }));
    expect(markdown).toContain('\n- `Web` in `A.json`: one\n- two\n');
  });

  test('are folded after the tenth', () => {
    const section = sectionOf(markdownReport(longReport(12)), ':x:');
    const [before, after] = section.split('<details><summary>more</summary>\n\n');
    expect(before.match(/^- /gm)).toHaveLength(10);
    expect(after).toMatch(/^- `Web\/Host10.*\n- `Web\/Host11.*\n\n<\/details>\n/);
  });
});

test('exemptions are listed once each, with the owner and the end', () => {
  expect(sectionOf(SAMPLE, 'Exemptions (1)').split('\n').slice(2, -1)).toEqual([
    '| Rule | Written on | Reason | Owner | Ticket | Ends on |',
    '| --- | --- | --- | --- | --- | --- |',
    '| `Imdsv2::TokensRequired` | `Web/Bastion` | the backup agent speaks IMDSv1 only | team-storage | SEC-1432 | 2026-03-31 |',
  ]);
});

test('an exemption on the app, without an owner and an end, is shown as such', () => {
  const exemption = { rule: 'Imdsv2::CannotBeSet', scope: '', reason: 'seen' } as const;
  const markdown = markdownReport(sampleReport({ findings: [], resources: [sampleResource({ logicalId: 'A', type: 'B', exemptions: [exemption] })] }));
  expect(markdown).toContain('\n| `Imdsv2::CannotBeSet` | the app | seen |  |  | never |\n');
});

test('rules that are switched off are named, with the reason', () => {
  expect(sectionOf(SAMPLE, 'Switched off')).toContain('\n- `Imdsv2::TagKeyNotAllowed`: tags are never in the metadata here\n');
});

describe('a text from outside is shown unchanged', () => {
  const HOSTILE = [
    '@octocat', 'a@b.c', '@org/team', '#123', 'GH-7', 'org/repo#1', 'https://github.com/a/b/issues/1', 'www.example.com', '`', '``', '` `` ```', 'a`b', ' a ', '|', '\\|',
    '\\\\|', '\\', '\\`', '<script>alert(1)</script>', '<!-- cdk-imdsv2-report -->', '</details>', '&lt;', '&#64;x', '[x](javascript:alert)', '![x](y)', '**b**', '_i_', '~~s~~',
    '$x$', '${AWS::Region}', '# h', '- x', '| a | b |', '---', '\u{1F600} ü',
  ];

  test.each(HOSTILE)('as a name and in a sentence: %j', text => {
    for (const line of [`| ${code(text)} |`, `| ${prose(text)} |`, `| ${code(`x${text}y`)} |`, `| ${prose(`x${text}y`)} |`]) {
      expect(rendered(line)).toContain(text);
      expect(searched(line)).not.toMatch(REFERENCE);
      expect(markup(line)).not.toMatch(/[`<>[\]*_~$]/);
      expect(markup(line).match(/\|/g)).toHaveLength(2);
    }
  });

  test.each(HOSTILE)('everywhere in a report: %j', text => {
    const markdown = markdownReport(hostileReport(text));
    const lines = markdown.split('\n');
    expect(headings(markdown).map(heading => heading.replace(/ \(\d\)/, ''))).toEqual(
      ['### :x: Fails the synthesis', '### :warning: Warnings', '### Exempt findings', '### Use of IMDSv1', '### SDKs whose version is unknown', '### Files that may list SDKs, and cannot be read', '### Old or unknown SDKs that are not on an instance', '### Not seen', '### Exemptions',
        '### Overwritten: delete if nothing else uses it',
        '### Not visible, and not checked', '### Switched off']);
    expect(lines.filter(line => markup(line).includes('|')).map(line => markup(line).match(/\|/g)?.length)).toEqual([10, 10, 10, 7, 7, 7]);
    expect(lines).toHaveLength(markdownReport(hostileReport('x')).split('\n').length);
    expect(rendered(markdown).split(text).length).toBeGreaterThan(14);
    expect(searched(markdown.replaceAll(OURS, ''))).not.toMatch(REFERENCE);
    expect(markup(markdown.replaceAll(OURS, ''))).not.toMatch(/[<>`[\]]/);
  });

  test.each(HOSTILE)('in a script, which is a code block: %j', text => {
    const [, fence, lines, repairs] = /\n  (`{3,})text\n([^]*?)\n  \1\n\n  For IMDSv2:\n\n  `{3,}sh\n([^]*?)\n  `{3,}\n/.exec(markdownReport(scriptReport(text)))!;
    expect(text).not.toContain(fence);
    expect(lines.split('\n')).toEqual([`       6 | ${text}`, `  >    7 | ${text}`, '    ...', `      12 | ${text}`]);
    expect(repairs.split('\n')).toEqual([`  ${text}`, '  # line 7', `  ${text}`]);
  });

  test('whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'`\\|<>&#@*_[]() ax1;'), minLength: 1, maxLength: 30 }), text => {
      for (const line of [`| ${code(text)} |`, `| ${prose(text)} |`]) {
        expect(rendered(line)).toBe(`| ${text} |`);
        expect(markup(line).match(/\|/g)).toHaveLength(2);
      }
    }), { numRuns: 2000 });
  });

  test('except that it is on one line', () => {
    const text = 'a\r\n\n# b\u2028c\u202Ed\u0000e';
    expect([code(text), prose(text)]).toEqual(['`a # b c d e`', 'a \\#&#8203; b c d e']);
  });

  test('except that a long text is cut', () => {
    const text = '\u{1F600}'.repeat(400) + '`'.repeat(10_000);
    expect(Buffer.byteLength(prose(text))).toBeLessThan(5_000);
    expect(prose(text)).toMatch(/^[^]{2,}…$/u);
    expect(code(text)).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('the comment is never longer than GitHub accepts', () => {
  test.each([100, 500, 2_000, 20_000])('with %i findings', count => {
    const markdown = markdownReport(longReport(count));
    const shown = markdown.match(/^- .*: Host\d+ lets IMDSv1 in$/gm)!.length;
    const [, leftOut] = /: findings: (\d+)/.exec(markdown) ?? [undefined, 0];
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(LIMIT);
    expect(shown + Number(leftOut)).toBe(count);
    expect(count > 1_000).toBe(Number(leftOut) > 0);
    expectClosed(markdown);
  });

  test('and not much shorter than possible', () => {
    expect(Buffer.byteLength(markdownReport(longReport(5_000)))).toBeGreaterThan(LIMIT - 1_000);
  });

  test('after a section with omitted items, the following sections are omitted, too', () => {
    const page = new MarkdownPage('end');
    page.add(['first'], 'firsts');
    page.add(['x'.repeat(LIMIT)], 'longs', 'opening', 'closing');
    page.add(['short'], 'shorts');
    expect(page.toString()).toMatch(/^first\n\n\*\*Left out.*: longs: 1, shorts: 1\nend$/);
  });

  test.each([1, 1_000, 100_000])('with names of %i characters', length => {
    const markdown = markdownReport(hostileReport('`|<\u{1F600}'.repeat(length)));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(LIMIT);
    expectClosed(markdown);
  });

  test('with many stacks, findings of every rule and many exemptions', () => {
    const { stacks, findings, rulesOff } = SAMPLE_REPORT;
    const numbers = Array.from({ length: 2_000 }, (_, index) => index);
    const markdown = markdownReport(sampleReport({
      stacks: numbers.map(index => ({ ...stacks[0], path: `Stack${index}` })),
      findings: numbers.flatMap(() => findings),
      resources: numbers.map(index => sampleResource({
        logicalId: `R${index}`, type: 'T', exemptions: [{ rule: 'Imdsv2::TokensRequired', scope: `R${index}`, reason: 'x' }],
      })),
      rulesOff: numbers.flatMap(() => rulesOff),
    }));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(LIMIT);
    expect(markdown).toMatch(/\nand 1940 more\n\n<\/details>/);
    expect(markdown).toMatch(/\*\*Left out.*: findings: \d+, SDKs: 3, scripts: 1, exemptions: 2001, parts that are not visible: 2, switched off rules: 2000\n\n<sub>.*<\/sub>\n$/);
    expectClosed(markdown);
  });

  /** Every opened element is closed, and every row of a table has as many cells as its header. */
  function expectClosed(markdown: string): void {
    const lines = markdown.split('\n');
    expect(lines.filter(line => line === '</details>')).toHaveLength(lines.filter(line => line.startsWith('<details>')).length);
    const rows = lines.map(line => markup(line).match(/\|/g)?.length ?? 0);
    rows.forEach((cells, index) => expect(cells === 0 || rows[index - 1] === 0 || cells === rows[index - 1]).toBe(true));
    expect(markdown).toMatch(/<sub>.*<\/sub>\n$/);
  }
});

test('the same report is the same text', () => {
  expect(markdownReport(structuredClone(SAMPLE_REPORT))).toBe(SAMPLE);
  expect(SAMPLE).not.toContain('\r');
});
