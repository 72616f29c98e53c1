/** What of a requirement says one version: `==1.2.3`, `= 1.2.3`, `1.2.3`, `[1.2.3]`. */
const ONE = /^(?:={1,3}\s*)?(v?\d+(?:\.\d+)*(?:(?:[-+][A-Za-z0-9]|\.?[A-Za-z])(?:[A-Za-z0-9.+_-]*[A-Za-z0-9])?)?)$/;
const BRACKETED = /^\[([^\],()[]+)\]$/;

/** What a package manager takes a version by itself for. */
export type Plain = 'exact' | 'range';

/** The version that a requirement pins; nothing where it leaves a choice. */
export function pinned(requirement: string, plain: Plain = 'exact'): string | undefined {
  const whole = requirement.trim();
  if (whole.length > 200) { return undefined; }
  const text = whole.split(',').map(part => part.trim()).find(part => plain === 'range' && /^={2,3}[^=]/.test(part)) ?? whole;
  const inside = BRACKETED.exec(text)?.[1].trim() ?? text;
  const version = ONE.exec(inside)?.[1];
  if (version === undefined || /(?:^|\.)[xX](?:\.|$)/.test(version)) { return undefined; }
  return plain === 'exact' || /^[=[]/.test(text) ? version : undefined;
}

/** A requirement, as the version that it pins or as what it leaves open. */
export function required(requirement: unknown, plain: Plain = 'exact'): { readonly version?: string; readonly leftOpen?: string; readonly range?: string } {
  const range = typeof requirement === 'string' ? requirement.trim() : '';
  const version = pinned(range, plain);
  if (version !== undefined) { return { version }; }
  return { leftOpen: range === '' ? 'it sets no version' : leftOpenBy(range), range };
}

/** What a range leaves open; a variable that a file does not set is no range. */
export function leftOpenBy(range: string): string {
  return /\$[{(]/.test(range) ? 'its version is in a variable that is not set here' : `it accepts several versions: ${range.slice(0, 80)}`;
}
