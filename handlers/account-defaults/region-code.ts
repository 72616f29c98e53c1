const SHORT: { readonly [word: string]: string } = {
  north: 'n', south: 's', east: 'e', west: 'w', central: 'c', northeast: 'ne', northwest: 'nw', southeast: 'se', southwest: 'sw',
};
const LONG = Object.fromEntries(Object.entries(SHORT).map(([long, short]) => [short, long]));

/** The code of a Region with its direction shortened: `ap-ne-1` for `ap-northeast-1`. */
export function shortened(region: string): string {
  return replaced(region, SHORT);
}

/** The full code of a shortened Region. */
export function lengthened(region: string): string {
  return replaced(region, LONG);
}

function replaced(region: string, words: { readonly [word: string]: string }): string {
  return region.split('-').map(word => words[word] ?? word).join('-');
}
