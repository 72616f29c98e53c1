import { createHash } from 'crypto';
import { htmlPage } from '../../../src/report/html/page';
import { SAMPLE_REPORT } from '../sample-report';

const PAGE = htmlPage(SAMPLE_REPORT);
const [, ENCODED] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(PAGE)!;
const POLICY = ENCODED.replaceAll('&#39;', '\'');

/** The hashes of the contents of all elements of a name. */
function hashesOf(element: string): string[] {
  return [...PAGE.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))].map(([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}

test.each([['script', 'script-src'], ['style', 'style-src']])('the policy allows the only %s of the page by its hash', (element, directive) => {
  expect(POLICY.split('; ').find(part => part.startsWith(directive))).toBe([directive, ...hashesOf(element)].join(' '));
  expect(hashesOf(element)).toHaveLength(1);
});

test('everything else is forbidden', () => {
  expect(POLICY).toMatch(/^default-src 'none';/);
  expect(POLICY).toMatch(/; base-uri 'none'; form-action 'none'$/);
});
