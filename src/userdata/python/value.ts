import { UNKNOWN } from '../request/possible-text';

/** The possible values of an expression. */
export interface Value {
  readonly texts: readonly string[];
  /** The headers, if it is a map or a list of headers. */
  readonly headers?: readonly string[];
  /** The request, if it is a request that is not sent yet. */
  readonly request?: SentRequest;
  /** The hosts, if it is a connection. */
  readonly host?: readonly string[];
  /** Whether there can be other values that are not known. */
  readonly isOpen: boolean;
}

/** What is sent, to any of several possible addresses. */
export interface SentRequest {
  readonly urls: readonly string[];
  readonly method: string;
  readonly headers: readonly string[];
  /** Whether there can be headers that are not known. */
  readonly isOpen: boolean;
}

/** The most texts of an expression that are followed. */
export const MOST = 6;
const LONGEST = 8_192;
export const UNKNOWN_VALUE: Value = { texts: [UNKNOWN], isOpen: true };

export function ofTexts(texts: readonly string[]): Value {
  return { texts: texts.length > 0 ? texts : [UNKNOWN], isOpen: false };
}

/** A value that is not a text and contains headers. */
export function ofHeaders(headers: readonly string[]): Value {
  return { texts: [UNKNOWN], headers, isOpen: false };
}

export function either(first: Value, second: Value): Value {
  const texts = [...new Set([...first.texts, ...second.texts])].slice(0, MOST);
  const headers = first.headers || second.headers ? [...first.headers ?? [], ...second.headers ?? []] : undefined;
  return { texts, headers, request: first.request ?? second.request, host: first.host ?? second.host, isOpen: first.isOpen || second.isOpen };
}

/** All combinations of two lists of texts. */
export function pairs(first: readonly string[], second: readonly string[], put: (left: string, right: string) => string): readonly string[] {
  return first.flatMap(left => second.map(right => put(left, right).slice(0, LONGEST))).slice(0, MOST);
}
