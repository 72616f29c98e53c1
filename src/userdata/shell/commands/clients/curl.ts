import { addressIn, isMetadataHost } from '../../../request/address';
import { UNKNOWN } from '../../../request/possible-text';
import type { ClientFiles, Transfer } from './transfer';
import { readOptions } from './transfer';

/** The options of curl that have a value. */
const TAKES_VALUE = new Set([
  ...'AbcCdDeEFhHKmoPQrtTuUwxXyYz',
  ...`abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie cookie-jar
    create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers
    doh-url dump-header ech egd-file engine etag-compare etag-save expand-header expand-url expand-data expand-output expect100-timeout form form-string
    ftp-account ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header help hostpubmd5 hostpubsha256 hsts interface
    ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt
    max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default
    proto-redir proxy proxy-cacert proxy-cert proxy-header proxy-key proxy-pass proxy-user proxy1.0 pubkey quote random-file range rate referer request
    request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5 socks5-hostname speed-limit speed-time
    stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file url
    url-query user user-agent variable vlan-priority write-out`.split(/\s+/),
]);

interface Transfers {
  urls: string[];
  headers: string[];
  outputs: string[];
  method: string | undefined;
  mayHaveOthers: boolean;
  isMetadata: boolean;
  writesOther: boolean;
  /** Whether the last part of the URL's path is the name of the file. */
  hasOwnName: boolean;
}

/** The requests of curl. */
export function readCurl(args: readonly string[], files: ClientFiles): readonly Transfer[] {
  const transfers: Transfer[] = [];
  const configured = args[0] === '-q' || args[0] === '--disable' ? undefined : files.inHome('.curlrc');
  for (const [index, operation] of operationsOf(args).entries()) {
    const state = emptyTransfers();
    if (configured !== undefined) { readConfig(configured, state, files); }
    readArguments(operation, state, files, 0);
    transfers.push(...transfersOf(state, files).map(transfer => index > 0 ? { ...transfer, operation: index } : transfer));
  }
  return transfers;
}

/** Splits the arguments at `--next`, which starts a new request. */
function operationsOf(args: readonly string[]): string[][] {
  return args.reduce<string[][]>((all, arg) => {
    if (arg === '--next' || arg === '-:') { all.push([]); } else { all[all.length - 1].push(arg); }
    return all;
  }, [[]]);
}

function emptyTransfers(): Transfers {
  return { urls: [], headers: [], outputs: [], method: undefined, mayHaveOthers: false, isMetadata: false, writesOther: false, hasOwnName: false };
}

function readArguments(args: readonly string[], state: Transfers, files: ClientFiles, depth: number): void {
  const { options, rest, mayHaveOthers } = readOptions(args, TAKES_VALUE);
  state.mayHaveOthers ||= mayHaveOthers;
  state.urls.push(...rest);
  for (const { name, value = '' } of options) { readOption(name, value, state, files, depth); }
}

function readOption(name: string, value: string, state: Transfers, files: ClientFiles, depth: number): void {
  switch (name) {
    case 'H': case 'header': state.headers.push(...headersIn(value, files)); break;
    case 'expand-header': state.headers.push(value.replace(/\{\{[^{}]*\}\}/g, UNKNOWN)); break;
    case 'X': case 'request': state.method = value; break;
    case 'T': case 'upload-file': state.method ??= 'PUT'; break;
    case 'url': case 'expand-url': state.urls.push(value); break;
    case 'o': case 'output': state.outputs.push(value); break;
    case 'O': case 'remote-name': case 'remote-name-all': state.hasOwnName = true; break;
    case 'w': case 'write-out': state.writesOther = true; break;
    case 'I': case 'head': state.writesOther = true; break;
    case 'resolve': case 'connect-to': state.isMetadata ||= leadsToMetadata(value); break;
    case 'K': case 'config':
      if (depth < 3) { readConfig((value === '-' ? files.stdin : files.textOf(value)) ?? UNKNOWN, state, files, depth + 1); }
      break;
    default:
  }
}

/** Whether a value of `--resolve` (`name:port:address`) or `--connect-to` (`name:port:other:port`) leads to the metadata service. */
function leadsToMetadata(value: string): boolean {
  return value.includes('[fd00:ec2::254]') || value.split(/[:,]/).some(isMetadataHost);
}

function headersIn(value: string, files: ClientFiles): string[] {
  if (!value.startsWith('@')) { return [value]; }
  const text = value === '@-' ? files.stdin : files.textOf(value.slice(1));
  // A file that the script does not write can contain any header.
  return text === undefined ? [`x-aws-ec2-metadata-token: ${UNKNOWN}`] : text.split('\n');
}

function readConfig(text: string, state: Transfers, files: ClientFiles, depth = 1): void {
  if (text.includes(UNKNOWN) && text.trim() === UNKNOWN) { state.mayHaveOthers = true; }
  for (const line of text.split('\n')) {
    const [, dashes = '', name, raw = ''] = /^(--?)?([a-zA-Z][\w-]*)(?:\s*[=:]\s*|\s+|$)(?=\S|$)(.*)$/.exec(line.trim()) ?? [];
    if (!name) { continue; }
    const value = raw.trim().replace(/^"((?:[^"\\]|\\.)*)".*$/, '$1').replace(/\\(.)/g, '$1');
    if (dashes === '-') { readArguments([`-${name}`, ...value === '' ? [] : [value]], state, files, depth); } else { readOption(name, value, state, files, depth); }
  }
}

function transfersOf(state: Transfers, files: ClientFiles): Transfer[] {
  return state.urls.map((url, index) => {
    const output = state.outputs[index] ?? (state.hasOwnName ? addressIn(url).path.replace(/^.*\//, '') : undefined);
    return {
      url,
      method: state.method ?? 'GET',
      headers: state.headers,
      mayHaveOthers: state.mayHaveOthers,
      isMetadata: state.isMetadata || files.isAlias(addressIn(url).host),
      output: output === '-' ? undefined : output,
      writesOther: state.writesOther && output === undefined ? false : state.writesOther,
    };
  });
}
