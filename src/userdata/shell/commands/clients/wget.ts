import { addressIn } from '../../../request/address';
import { UNKNOWN } from '../../../request/possible-text';
import type { ClientFiles, Transfer } from './transfer';
import { readOptions } from './transfer';

/** The options of wget that have a value. */
const TAKES_VALUE = new Set([
  ...'aABDeGiIloOPQRtTUwXY',
  ...`accept append-output background base bind-address body-data body-file ca-certificate ca-directory certificate certificate-type config connect-timeout
    cut-dirs default-page directory-prefix dns-timeout domains exclude-directories exclude-domains execute follow-tags ftp-password ftp-user header
    http-password http-user include-directories input-file level limit-rate load-cookies max-redirect method output-document output-file password
    post-data post-file prefer-family private-key progress proxy-password proxy-user quota random-file read-timeout referer reject report-speed
    restrict-file-names retry-on-http-error save-cookies secure-protocol start-pos timeout tries user user-agent wait waitretry`.split(/\s+/),
]);

/** The requests of wget. */
export function readWget(args: readonly string[], files: ClientFiles): readonly Transfer[] {
  // `-nv` and similar options have two letters and no value.
  const plain = args.filter(arg => !/^-n[vcdHp]$/.test(arg));
  const { options, rest, mayHaveOthers } = readOptions(plain, TAKES_VALUE);
  const valuesOf = (...names: string[]) => options.filter(({ name }) => names.includes(name)).map(({ value = '' }) => value);
  const settings = [...valuesOf('e', 'execute'), ...(files.inHome('.wgetrc') ?? '').split('\n')];
  const headers = [...valuesOf('header'), ...settings.map(line => /^header\s*=(.*)$/i.exec(line.trim())?.[1].trim() ?? '').filter(header => header !== '')];
  const lists = valuesOf('i', 'input-file').flatMap(path => ((path === '-' ? files.stdin : files.textOf(path)) ?? UNKNOWN).split('\n'));
  const hasBody = options.some(({ name }) => name === 'post-data' || name === 'post-file');
  const output = valuesOf('O', 'output-document').pop();
  return [...rest, ...lists].map(url => ({
    url,
    headers,
    mayHaveOthers,
    method: valuesOf('method').pop() ?? (hasBody ? 'POST' : 'GET'),
    isMetadata: files.isAlias(addressIn(url).host),
    output: output === '-' || output === '/dev/stdout' ? undefined : output ?? (addressIn(url).path.replace(/^.*\//, '') || 'index.html'),
  }));
}
