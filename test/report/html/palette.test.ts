import { readFileSync } from 'fs';
import { join } from 'path';

/** The colours by purpose, as in the style sheet: for the light page, and for the dark page. */
const [LIGHT, DARK] = readFileSync(join(__dirname, '../../../report-page/styles/palette.css'), 'utf8').split('@media (prefers-color-scheme: dark)')
  .map(part => Object.fromEntries([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour])));

type Colour = string;
const MEANINGS = ['good', 'bad', 'open', 'exempt', 'plain'] as const;
const GROUNDS = ['page', 'card', 'raised'] as const;

const TEXTS: [Colour, Colour][] = [
  ...MEANINGS.map((meaning): [Colour, Colour] => [`${meaning}-ink`, `${meaning}-ground`]),
  ...GROUNDS.flatMap(ground => (['text', 'muted', 'link'] as const).map((text): [Colour, Colour] => [text, ground])),
  ...MEANINGS.flatMap((meaning): [Colour, Colour][] => [['text', `${meaning}-ground`], ['muted', `${meaning}-ground`]]),
];
const SHAPES: [Colour, Colour][] = [
  ...MEANINGS.flatMap(meaning => [...GROUNDS, `${meaning}-ground` as const].map((ground): [Colour, Colour] => [`${meaning}-mark`, ground])),
  ['strong-line', 'card'], ['strong-line', 'page'], ['edge', 'raised'], ['focus', 'card'], ['focus', 'page'],
];

/** The contrast of two colours, according to WCAG 2. */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(index => parseInt(colour.slice(index, index + 2), 16) / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each([['light', LIGHT], ['dark', DARK]])('on a %s page', (_, palette) => {
  test.each(TEXTS)('%s is readable on %s', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(SHAPES)('%s differs from %s', (shape, ground) => {
    expect(contrast(palette[shape], palette[ground])).toBeGreaterThanOrEqual(3);
  });
});

test('the dark page has every colour of the light page', () => {
  expect(Object.keys(DARK)).toEqual(Object.keys(LIGHT));
  expect(Object.keys(LIGHT).length).toBeGreaterThan(20);
});

test('black on white has the highest contrast', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
