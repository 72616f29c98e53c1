/** A version in its parts. */
interface Version {
  /** Its numbers, without leading zeros, and without zeros at the end. */
  readonly numbers: readonly string[];
  /** The parts of a pre-release, such as `rc.1`. Empty for a release. */
  readonly before: readonly string[];
}

/** Numbers with dots, and the rest. It can start with `v` or `=`. */
const VERSION = /^(?:0!)?[v=\s]*(\d+(?:\.\d+)*)(.*)$/is;

/** The rest of a release, or of a build of it: `+build`, `.RELEASE`, `.post1`, `-1`, `.redhat-00001`. */
const OF_RELEASE = /^(?:\+.*|-\d+|[.-]?(?:final|ga|release|post\d*|r(?:ev)?\d+|jre\d*|android|sp\d*|p\d+|patch\d*|redhat|jenkins|shaded|java|jruby)(?:[.+-].*)?)$/is;

/** The rest of a pre-release: `-rc.1`, `b2`, `.dev0`, `.pre`, `-SNAPSHOT`. */
const BEFORE_RELEASE = /^[.-]?([a-z0-9][a-z0-9.-]*)(?:\+.*)?$/is;

/** The rest of a version that stands for any number: `2.x`, and `3.0-dev`, which is a branch in Composer. */
const ANY_NUMBER = /^(?:\.?x(?:[.-]|$)|-dev$)/i;

/** A version of a Linux distribution, with an epoch and its own revision: `1:1.16.113-1ubuntu2`. */
const OF_DISTRIBUTION = /^(?:\d+:)?([^-+~]+(?:~(?:rc|alpha|beta|pre|dev)[^-+]*)?).*$/s;

/** A Go pseudo-version: a commit without a tag before it. */
const UNTAGGED = /^v?0\.0\.0-(?:.*\.)?\d{14}-[0-9a-f]+/;

/** A date instead of a version. */
const DAY = /^20\d\d(-?)[01]\d\1[0-3]\d$/;

/** The longest version that is read. */
const LONGEST = 200;

/** The upstream version of a package of a Linux distribution. */
export function upstreamOf(version: string): string {
  return OF_DISTRIBUTION.exec(version.slice(0, LONGEST))?.[1] ?? version;
}

/** Whether a version is at least another one. `undefined` if one of them is not a version. */
export function isAtLeast(version: string, least: string): boolean | undefined {
  const [one, other] = [parsed(version), parsed(least)];
  return one && other ? compared(one, other) >= 0 : undefined;
}

function parsed(text: string): Version | undefined {
  if (text.length > LONGEST || UNTAGGED.test(text) || DAY.test(text.trim())) { return undefined; }
  const [, digits, rest] = VERSION.exec(text.trim()) ?? [];
  if (digits === undefined) { return undefined; }
  if (ANY_NUMBER.test(rest)) { return undefined; }
  const before = rest === '' || OF_RELEASE.test(rest) ? '' : BEFORE_RELEASE.exec(rest)?.[1];
  if (before === undefined) { return undefined; }
  return { numbers: withoutZeros(digits.split('.').map(number => number.replace(/^0+(?=\d)/, ''))), before: before === '' ? [] : before.split(/[.-]/) };
}

function withoutZeros(numbers: readonly string[]): readonly string[] {
  let length = numbers.length;
  while (length > 1 && numbers[length - 1] === '0') { length--; }
  return numbers.slice(0, length);
}

/** Negative if the first version is older. */
function compared(one: Version, other: Version): number {
  const byNumbers = inOrder(one.numbers, other.numbers, byNumber);
  if (byNumbers !== 0) { return byNumbers; }
  if (one.before.length === 0 || other.before.length === 0) { return other.before.length - one.before.length; }
  return inOrder(one.before, other.before, byPart);
}

function inOrder(ones: readonly string[], others: readonly string[], order: (one: string, other: string) => number): number {
  for (const [index, one] of ones.entries()) {
    if (index >= others.length) { return 1; }
    const difference = order(one, others[index]);
    if (difference !== 0) { return difference; }
  }
  return ones.length - others.length;
}

/** Compares numbers as texts, because they can have more digits than JavaScript can count with. */
function byNumber(one: string, other: string): number {
  return one.length - other.length || byText(one, other);
}

/** Compares parts of a pre-release. A number comes before a word. */
function byPart(one: string, other: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (isNumber && isOtherNumber) { return byNumber(one, other); }
  return isNumber === isOtherNumber ? byText(one.toLowerCase(), other.toLowerCase()) : isNumber ? -1 : 1;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
