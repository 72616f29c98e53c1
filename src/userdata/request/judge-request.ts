import type { Address } from './address';
import { addressIn, isMetadataHost, isUnknownHost } from './address';
import { NEVER_SET, NO_TOKEN, TOKEN, UNKNOWN, isEmpty, isKnown } from './possible-text';

/** An HTTP request of a script. */
export interface Request {
  readonly url: string;
  /** `GET` by default. */
  readonly method: string;
  readonly headers: readonly string[];
  /** Whether there can be headers that are not known. */
  readonly mayHaveOthers?: boolean;
  /** Whether the host is the metadata service by an alias. */
  readonly isMetadata?: boolean;
}

/** Why a request is IMDSv1. */
export type Reason =
  | 'no token' // no header looks like a token
  | 'misspelt header' // a header has a similar name
  | 'lifetime header' // the header of a request for a token, on a request for data
  | 'empty token' // the header without a value, or with a variable that nothing sets
  | 'not on its line' // the script was not parsed, and the header is not on the line of the request
  | 'not followed' // a call with an address that was not followed
  | 'unknown program' // nothing in the script sends a token, and it is not known whether the program does
  | 'old program' // the program never sends a token
  | 'name of a variable' // the header with the name of a variable, which was not expanded
  | 'failed token'; // the header with the result of a request for a token that fails

/** How the metadata service treats a request. */
export type Judgement =
  | { readonly kind: 'token' | 'failed token' | 'v2' }
  | { readonly kind: 'v1'; readonly reason: Reason; readonly header?: string; readonly isCertain: boolean };

const TOKEN_HEADER = 'x-aws-ec2-metadata-token';
const LIFETIME_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
/** In seconds. */
const LONGEST_LIFETIME = 21_600;
const OTHER_CLOUDS = /^(?:metadata-flavor|metadata|x-google-metadata-request)\s*:/i;
const OWN_PATH = /^\/(?:latest|\d{4}-\d\d-\d\d|1\.0)(?:\/|$)/;
const TELLING_PATH = /^\/(?:latest|\d{4}-\d\d-\d\d)\/(?:meta-data|user-data|dynamic|api\/token)(?:\/|$)/;
/** The header value if quotes prevent the shell from expanding a variable. */
const NAME_OF_VARIABLE = /^\s*\$(?:\w+|\{\w+\})\s*$/;
const TOKEN_PATH = /^\/[^/]+\/api\/token\/?$/;

/** The response to a request: a token, or unknown text. */
export function answerTo(judgement: Judgement | undefined): string {
  switch (judgement?.kind) {
    case 'token': return TOKEN;
    case 'failed token': return NO_TOKEN;
    default: return UNKNOWN;
  }
}

/** Judges a request. `undefined` if it does not go to the metadata service of EC2. */
export function judgeRequest(request: Request): Judgement | undefined {
  const address = addressIn(request.url);
  const isNamed = request.isMetadata || isMetadataHost(address.host);
  if (!isNamed && !(isUnknownHost(address.host) && TELLING_PATH.test(address.path))) { return undefined; }
  if (!leadsToData(address) || request.headers.some(header => OTHER_CLOUDS.test(header))) { return undefined; }
  if (TOKEN_PATH.test(address.path)) { return { kind: getsToken(request) ? 'token' : 'failed token' }; }
  if (isPut(request) && isUnknownPath(address)) { return { kind: 'token' }; }
  return judgeHeaders(request, isNamed && !isUnknownPath(address));
}

/** Whether a path can be one of EC2. Other clouds use other paths at the same address. */
function leadsToData({ path, port }: Address): boolean {
  const isPort = port === '' || /^(?:0*80|[\uE000\uE002]+)$/.test(port);
  return isPort && (path === '' || path === '/' || OWN_PATH.test(path) || isUnknownPath({ path }));
}

function isUnknownPath({ path }: Pick<Address, 'path'>): boolean {
  return /^\/?[\uE000\uE002]/.test(path) || /^\/(?:latest|[\d-]+)?\/?[\uE000\uE002]+$/.test(path);
}

function judgeHeaders({ headers, mayHaveOthers }: Request, isCertain: boolean): Judgement {
  const tokens = headers.map(headerValue).filter(value => value !== undefined);
  if (tokens.some(value => !isEmpty(value) && !value.includes(NO_TOKEN) && !NAME_OF_VARIABLE.test(value))) { return { kind: 'v2' }; }
  const certain = isCertain && !mayHaveOthers;
  if (tokens.length > 0) {
    const isFailed = tokens.some(value => value.includes(NO_TOKEN));
    if (tokens.some(value => NAME_OF_VARIABLE.test(value))) { return { kind: 'v1', reason: 'name of a variable', isCertain: certain }; }
    return { kind: 'v1', reason: isFailed ? 'failed token' : 'empty token', isCertain: certain && !tokens.some(value => value.includes(NEVER_SET)) };
  }
  const lifetime = headers.find(header => nameOf(header) === LIFETIME_HEADER);
  if (lifetime) { return { kind: 'v1', reason: 'lifetime header', header: lifetime, isCertain: certain }; }
  const misspelt = headers.find(header => /aws|ec2|meta.?data/i.test(nameOf(header)) && /token/i.test(nameOf(header)));
  return misspelt ? { kind: 'v1', reason: 'misspelt header', header: nameOf(misspelt), isCertain: certain } : { kind: 'v1', reason: 'no token', isCertain: certain };
}

/** The value of the token header, or `undefined` for another header. */
function headerValue(header: string): string | undefined {
  const colon = header.indexOf(':');
  if (colon < 0) { return undefined; }
  return header.slice(0, colon).trim().toLowerCase() === TOKEN_HEADER ? header.slice(colon + 1) : undefined;
}

function nameOf(header: string): string {
  return header.split(/[:;]/, 1)[0].trim().toLowerCase();
}

/** Whether a request returns a token. The service requires a PUT with a valid lifetime that no proxy has forwarded. */
function getsToken(request: Request): boolean {
  const { headers, mayHaveOthers } = request;
  if (headers.some(header => nameOf(header) === 'x-forwarded-for')) { return false; }
  const hasLifetime = headers.some(header => nameOf(header) === LIFETIME_HEADER ? isLifetime(header) : header.includes(UNKNOWN));
  return isPut(request) && (hasLifetime || mayHaveOthers === true);
}

/** Whether a value is a number of seconds up to six hours, as far as it is known. */
function isLifetime(header: string): boolean {
  const value = header.slice(header.indexOf(':') + 1).trim();
  return !isKnown(value) || (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= LONGEST_LIFETIME);
}

function isPut({ method }: Request): boolean {
  return /^put$/i.test(method) || /[\uE000\uE002]/.test(method);
}
