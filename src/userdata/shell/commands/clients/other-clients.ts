import { addressIn } from '../../../request/address';
import { readCurl } from './curl';
import type { ClientFiles, ReadClient, Transfer } from './transfer';
import { readOptions } from './transfer';
import { readWget } from './wget';

/** A program that makes requests, by its name. */
export interface Client {
  readonly read: ReadClient;
  /** The argument that sends a header. `undefined` if the program cannot send one. */
  readonly header?: (header: string) => string;
}

const asOption = (option: string) => (header: string) => `${option} ${header}`;

const CURL: Client = { read: readCurl, header: asOption('-H') };
const WGET: Client = { read: readWget, header: asOption('--header') };
const HTTPIE: Client = { read: readHttpie };
const FETCH: Client = { read: plain('ABFNPRSTWXabdhiklmnopqrstuvw'.replace(/[AFPRUadilmnpqrsv]/g, '')) };
const LYNX: Client = { read: plain('') };
const ARIA: Client = { read: withHeaders('doijskxt', ['dir', 'out', 'header', 'timeout', 'max-tries'], ['header']), header: header => `--header=${header}` };
const AXEL: Client = { read: withHeaders('nosH', ['num-connections', 'output', 'header', 'max-speed'], ['H', 'header']), header: asOption('-H') };
const LWP: Client = { read: withHeaders('HmbtipUcCo', [], ['H']), header: asOption('-H') };

/** The programs that are known to make requests. */
export const CLIENTS: ReadonlyMap<string, Client> = new Map<string, Client>([
  ['curl', CURL], ['curl.exe', CURL], ['curlie', CURL], ['curl_cli', CURL],
  ['wget', WGET], ['wget2', WGET], ['wget.exe', WGET],
  ['http', HTTPIE], ['https', HTTPIE], ['xh', HTTPIE],
  ['fetch', FETCH], ['lynx', LYNX], ['links', LYNX], ['elinks', LYNX], ['w3m', LYNX],
  ['certutil', LYNX], ['certutil.exe', LYNX], ['bitsadmin', LYNX], ['bitsadmin.exe', LYNX],
  ['aria2c', ARIA], ['axel', AXEL],
  ['GET', LWP], ['HEAD', LWP], ['lwp-request', LWP],
]);

/** A client whose arguments are URLs. Its options have no effect on the result. */
function plain(letters: string): ReadClient {
  return (args, files) => readOptions(args, new Set(letters)).rest.map(url => transfer(url, [], files));
}

function withHeaders(letters: string, names: readonly string[], headerNames: readonly string[]): ReadClient {
  const takesValue = new Set([...letters, ...names]);
  return (args, files) => {
    const { options, rest, mayHaveOthers } = readOptions(args, takesValue);
    const headers = options.filter(({ name }) => headerNames.includes(name)).map(({ value = '' }) => value);
    return rest.map(url => ({ ...transfer(url, headers, files), mayHaveOthers }));
  };
}

/** HTTPie: a method, a URL, and then the request items. `Name:value` is a header. */
function readHttpie(args: readonly string[], files: ClientFiles): readonly Transfer[] {
  const { rest, mayHaveOthers } = readOptions(args, new Set([...'apvosA'.replace(/[vs]/g, ''), 'timeout', 'print', 'output', 'session', 'auth', 'verify']));
  const hasMethod = /^[A-Z]+$/.test(rest[0] ?? '');
  const [url, ...items] = hasMethod ? rest.slice(1) : rest;
  if (url === undefined) { return []; }
  return [{ ...transfer(url, items.filter(item => /^[\w-]+:(?!=)/.test(item)), files), method: hasMethod ? rest[0] : 'GET', mayHaveOthers }];
}

function transfer(url: string, headers: readonly string[], files: ClientFiles): Transfer {
  return { url, headers, method: 'GET', isMetadata: files.isAlias(addressIn(url).host) };
}
