import { UNKNOWN } from '../request/possible-text';

/** What an expression may be. */
export interface Value {
  readonly texts: readonly string[];
  /** The headers in it, where it is a map or a list of them. */
  readonly headers?: readonly string[];
  /** The request that it is, before it is sent. */
  readonly request?: SentRequest;
  /** The hosts that it may be a connection to. */
  readonly host?: readonly string[];
  /** Whether there may be more than is seen. */
  readonly isOpen: boolean;
}

/** What is sent, to any of some addresses. */
export interface SentRequest {
  readonly urls: readonly string[];
  readonly method: string;
  readonly headers: readonly string[];
  /** Whether there may be headers that nobody sees here. */
  readonly isOpen: boolean;
}

/** How many texts an expression may be. */
export const MOST = 6;
const LONGEST = 8_192;
export const NOBODY_KNOWS: Value = { texts: [UNKNOWN], isOpen: true };

export function ofTexts(texts: readonly string[]): Value {
  return { texts: texts.length > 0 ? texts : [UNKNOWN], isOpen: false };
}

/** A value that is no text, and has headers in it. */
export function ofHeaders(headers: readonly string[]): Value {
  return { texts: [UNKNOWN], headers, isOpen: false };
}

export function either(first: Value, second: Value): Value {
  const texts = [...new Set([...first.texts, ...second.texts])].slice(0, MOST);
  const headers = first.headers || second.headers ? [...first.headers ?? [], ...second.headers ?? []] : undefined;
  return { texts, headers, request: first.request ?? second.request, host: first.host ?? second.host, isOpen: first.isOpen || second.isOpen };
}

/** Each of some texts put together with each of others. */
export function pairs(first: readonly string[], second: readonly string[], put: (left: string, right: string) => string): readonly string[] {
  return first.flatMap(left => second.map(right => put(left, right).slice(0, LONGEST))).slice(0, MOST);
}
