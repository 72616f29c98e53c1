import { patternsIn } from '../harness/patterns';
import type { WorstText } from '../harness/worst-texts';
import { worstTexts } from '../harness/worst-texts';

/** The length of a text in characters, and the longest accepted time of a pattern in milliseconds. */
const SIZE = 24_000;
const SHORT = 15;
/** How many times longer a text of four times the size can take: four in one pass, sixteen with a pass from each character. */
const TIMES = 4;
const MOST = 8;
/** A slow pattern is slow each time, and in each try. A busy machine is not. */
const MEASURES = 3;

/**
 * The maximum time for a fourth of a text at which the whole text is no problem. A pattern that is slow on the whole text takes longer, even if it is only
 * cubic. Most patterns need no other measurement.
 */
const NO_TROUBLE = SHORT / TIMES ** 3;

/** The milliseconds of this process on a processor, the minimum of some tries. Other processes do not count. */
function timeOf(pattern: RegExp, { before, repeated, after }: WorstText, size: number, noTrouble: number): number {
  const text = before + repeated.repeat(Math.ceil(size / repeated.length)) + after;
  let least = Infinity;
  for (let tries = 0; tries < MEASURES && least > noTrouble; tries += 1) {
    const start = process.cpuUsage();
    text.replace(pattern, '');
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1e3);
  }
  return least;
}

/** A text for which a pattern takes more than linear time. */
function slowText(pattern: RegExp): WorstText | undefined {
  return worstTexts(pattern).find(text => Array.from({ length: MEASURES }).every(() => isSlow(pattern, text)));
}

/** A very slow pattern is recognized on a shorter text already. The whole text would take seconds. */
function isSlow(pattern: RegExp, text: WorstText): boolean {
  const part = timeOf(pattern, text, SIZE / TIMES, NO_TROUBLE);
  if (part <= NO_TROUBLE) { return false; }
  if (part > SHORT && part > MOST * timeOf(pattern, text, SIZE / TIMES ** 2, 0)) { return true; }
  const time = timeOf(pattern, text, SIZE, SHORT);
  return time > SHORT && time > MOST * part;
}

const PATTERNS = patternsIn('src', 'handlers', 'report-page');

test('no pattern takes more than linear time', () => {
  expect(PATTERNS.length).toBeGreaterThan(300);
  expect(PATTERNS.flatMap(({ place, pattern }) => {
    const slow = slowText(pattern);
    return slow ? [`${place} on ${JSON.stringify(slow)}`] : [];
  })).toEqual([]);
});

test.each([
  /\s+$/, /<#[\s\S]*?#>/g, /^\s*ecs\.cluster\b/im, /\$\{[^}]*\}/g, /^-[a-z]*c[a-z]*$/, /header\s*(.*)$/, /[!:=].*$/,
  new RegExp('\\bdocker compose\\s(?:[^\\n]*\\s)?up'),
])('%s is found', pattern => {
  expect(slowText(pattern)).toBeDefined();
});
