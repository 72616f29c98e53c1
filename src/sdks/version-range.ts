/** A requirement for exactly one version: `==1.2.3`, `= 1.2.3`, `1.2.3`, `[1.2.3]`. */
const ONE = /^(?:={1,3}\s*)?(v?\d+(?:\.\d+)*(?:(?:[-+][A-Za-z0-9]|\.?[A-Za-z])(?:[A-Za-z0-9.+_-]*[A-Za-z0-9])?)?)$/;
const BRACKETED = /^\[([^\],()[]+)\]$/;

/** The meaning of a version without an operator. */
export type Plain = 'exact' | 'range';

/** The version that a requirement pins. `undefined` if it allows several. */
export function pinned(requirement: string, plain: Plain = 'exact'): string | undefined {
  const whole = requirement.trim();
  if (whole.length > 200) { return undefined; }
  const text = whole.split(',').map(part => part.trim()).find(part => plain === 'range' && /^={2,3}[^=]/.test(part)) ?? whole;
  const inside = BRACKETED.exec(text)?.[1].trim() ?? text;
  const version = ONE.exec(inside)?.[1];
  if (version === undefined || /(?:^|\.)[xX](?:\.|$)/.test(version)) { return undefined; }
  return plain === 'exact' || /^[=[]/.test(text) ? version : undefined;
}

/** The pinned version of a requirement, or its range and why the version is open. */
export function required(requirement: unknown, plain: Plain = 'exact'): { readonly version?: string; readonly leftOpen?: string; readonly range?: string } {
  const range = typeof requirement === 'string' ? requirement.trim() : '';
  const version = pinned(range, plain);
  if (version !== undefined) { return { version }; }
  return { leftOpen: range === '' ? 'it sets no version' : leftOpenBy(range), range };
}

/** Why a requirement pins no version. */
export function leftOpenBy(range: string): string {
  const shown = range.length > 80 ? `${range.slice(0, 80)}…` : range;
  if (/\$[{(\w]|%\w+%|\{\{/.test(range)) { return 'its version is in a variable that is not set here'; }
  if (/^[a-z0-9]{1,12}:[0-9a-f]{16,}$/.test(range)) { return `it has a digest, not a version: ${shown}`; }
  if (/:\/\/|^[\w.-]+@|^(?:git|github|gitlab|bitbucket|file|link|portal|workspace):|^[\w.-]+\/[\w.-]+/.test(range)) { return `it has a source, not a version: ${shown}`; }
  if (/^[A-Za-z][\w./-]*$/.test(range) && !/^[vVxX][\d.]*$/.test(range)) { return `${shown} is a name, not a version`; }
  return `it accepts several versions: ${shown}`;
}
