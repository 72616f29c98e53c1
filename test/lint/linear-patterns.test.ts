import { patternsIn } from '../harness/patterns';
import type { WorstText } from '../harness/worst-texts';
import { worstTexts } from '../harness/worst-texts';

/** How long a text is, in characters, and how long a pattern may take for it whatever it does, in milliseconds. */
const SIZE = 24_000;
const SHORT = 15;
/** What a text of four times the size may multiply the time by: four in one walk, sixteen in a walk from each of its characters. */
const TIMES = 4;
const MOST = 8;
/** A slow pattern is slow each time, and in each try of a time; a machine with other work is not. */
const MEASURES = 3;

/**
 * What a fourth of a text takes at the most, where the whole of it is no trouble: a pattern that is slow on the whole takes longer, were it cubic.
 * Most patterns are done with after this one look.
 */
const NO_TROUBLE = SHORT / TIMES ** 3;

/** Milliseconds of this process on a processor, the least of some tries, up to the first that is no trouble: it does not count while others have their turn. */
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

/** A text for which a pattern takes longer than its length accounts for. */
function slowText(pattern: RegExp): WorstText | undefined {
  return worstTexts(pattern).find(text => Array.from({ length: MEASURES }).every(() => isSlow(pattern, text)));
}

function isSlow(pattern: RegExp, text: WorstText): boolean {
  const part = timeOf(pattern, text, SIZE / TIMES, NO_TROUBLE);
  if (part <= NO_TROUBLE) { return false; }
  const time = timeOf(pattern, text, SIZE, SHORT);
  return time > SHORT && time > MOST * part;
}

const PATTERNS = patternsIn('src', 'handlers', 'report-page');

test('no pattern takes longer than the length of a text accounts for', () => {
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
