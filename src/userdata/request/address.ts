import { UNKNOWN, NEVER_SET } from './possible-text';

/** The parts of a URL, as far as they can be read. */
export interface Address {
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

const URL_PARTS = /^\s*(?:[a-z][a-z\d+.-]*:\/\/|[\uE000\uE002]*:\/\/)?(?:[^/?#@\s]*@)?(\[[^\]]*\]|[^/:?#\s]*)(?::([^/?#\s]*))?([/?#]\S*)?/i;
const METADATA_NUMBER = 0xa9fea9fe;
const NAMES = /^(?:instance-data(?:\.ec2\.internal)?|169\.254\.169\.254\.(?:nip|sslip|xip)\.io|169-254-169-254\.(?:nip|sslip)\.io)\.?$/i;

/** Parses a URL. As clients do, it accepts one without a scheme. */
export function addressIn(url: string): Address {
  const [, host = '', port = '', path = ''] = URL_PARTS.exec(url) ?? [];
  return { host: decoded(host), port, path: normalized(path) };
}

/** Whether a host is the metadata service, in any notation. */
export function isMetadataHost(host: string): boolean {
  if (host.startsWith('[') || host.includes(':')) { return isMetadataIpv6(host.replace(/^\[|\]$/g, '')); }
  return NAMES.test(host) || ipv4Number(host.replace(/\.$/, '')) === METADATA_NUMBER;
}

/** Whether a host is not known. */
export function isUnknownHost(host: string): boolean {
  return host === UNKNOWN || host === NEVER_SET;
}

/** An IPv4 address as the C library reads it: one to four numbers, decimal, octal or hexadecimal. The last number fills the remaining bytes. */
function ipv4Number(host: string): number | undefined {
  if (!/^[\dxa-f.]{7,50}$/i.test(host)) { return undefined; }
  const numbers = host.split('.').map(partNumber);
  const last = numbers.pop()!;
  if (numbers.length > 3 || [...numbers, last].some(Number.isNaN) || numbers.some(part => part > 255)) { return undefined; }
  const room = 2 ** (8 * (4 - numbers.length));
  if (last >= room) { return undefined; }
  return numbers.reduce((sum, part, index) => sum + part * 2 ** (8 * (3 - index)), last);
}

function partNumber(part: string): number {
  if (/^0x[\da-f]+$/i.test(part)) { return parseInt(part, 16); }
  if (/^0[0-7]+$/.test(part)) { return parseInt(part, 8); }
  return /^\d+$/.test(part) ? parseInt(part, 10) : NaN;
}

/** Whether a host is `fd00:ec2::254`, or the IPv4 address mapped to IPv6, in any notation. */
function isMetadataIpv6(host: string): boolean {
  const groups = ipv6Groups(host.replace(/%.*$/s, ''));
  if (!groups) { return false; }
  const tail = groups[6] * 65536 + groups[7];
  const isOwn = groups[0] === 0xfd00 && groups[1] === 0xec2 && groups.slice(2, 7).every(group => group === 0) && groups[7] === 0x254;
  const isMapped = groups.slice(0, 5).every(group => group === 0) && (groups[5] === 0xffff || groups[5] === 0) && tail === METADATA_NUMBER;
  return isOwn || isMapped;
}

function ipv6Groups(host: string): number[] | undefined {
  if (host.length > 50) { return undefined; }
  const quad = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(host);
  const number = quad ? ipv4Number(quad[2]) : undefined;
  const text = quad && number !== undefined ? `${quad[1]}${Math.floor(number / 65536).toString(16)}:${(number % 65536).toString(16)}` : host;
  const halves = text.split('::').map(half => half === '' ? [] : half.split(':'));
  if (halves.length > 2) { return undefined; }
  const written = halves.flat();
  if (!written.every(group => /^[\da-f]{1,4}$/i.test(group)) || (halves.length === 1 ? written.length !== 8 : written.length > 7)) { return undefined; }
  const zeros = Array<string>(8 - written.length).fill('0');
  return (halves.length === 1 ? written : [...halves[0], ...zeros, ...halves[1]]).map(group => parseInt(group, 16));
}

function decoded(text: string): string {
  return text.includes('%') ? text.replace(/%([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text;
}

/** A path as the metadata service reads it: decoded, without its query, without double slashes and `..`. */
function normalized(path: string): string {
  const plain = decoded(path.replace(/[?#].*$/s, '')).replace(/\/{2,}/g, '/');
  if (!plain.includes('/.')) { return plain; }
  const parts: string[] = [];
  for (const part of plain.split('/').slice(1)) {
    if (part === '..') { parts.pop(); } else if (part !== '.') { parts.push(part); }
  }
  return `/${parts.join('/')}`;
}
