import { UserDataScanner } from '../../src';

const CALL = 'curl http://169.254.169.254/latest/meta-data/instance-id';
const TOKEN = 'TOKEN=$(curl -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)';
const chain = (length: number) => [...Array.from({ length }, (_, index) => `f${index}(){ f${index + 1}; }`), `f${length}(){ ${CALL}; }`, 'f0'];
const around = (open: string, close: string, times: number) => `${open.repeat(times)}${CALL}${close.repeat(times)}`;
const logger = (calls: number) => ['log(){ echo "$1"; }', ...Array.from({ length: calls }, () => 'log x')];

/** The lines of a text with IMDSv1 calls, and the notes on it. */
function scannedText(text: string) {
  const { calls, notes } = UserDataScanner.scan(text);
  return { lines: calls.map(({ line }) => line), notes };
}

function scanned(...lines: readonly string[]) {
  return scannedText(['#!/bin/bash', ...lines].join('\n'));
}

const SEARCHED = ['a part of it was not followed, because it takes too many steps or is nested too deep, so its lines were searched'];
const NOT_PARSED = ['a part of it was not parsed, so it was searched line by line'];

test.each([9, 10, 11, 12, 22, 33])('a call at the end of a chain of %i functions is found, and all of the script is run', length => {
  expect(scanned(...chain(length))).toEqual({ lines: [length + 2], notes: [] });
});

test.each<[string, readonly string[], number]>([
  ['a function after thousands of calls of others', [`id(){ ${CALL}; }`, ...logger(2_100), 'ID=$(id)'], 2],
  ['ten functions that each call the next one twice', [...Array.from({ length: 12 }, (_, index) => `f${index}(){ f${index + 1}; f${index + 1}; }`), `f12(){ ${CALL}; }`, 'f0'], 14],
  ['a script in quotes after thousands of calls', [...logger(2_100), `bash -c '${CALL}'`], 2_103],
  ['a function that ran often before with other arguments', ['retry(){ "$@"; }', ...Array.from({ length: 2_100 }, () => 'retry dnf'), `ID=$(retry ${CALL})`], 2_103],
  ['a text that a function evaluates', ['r(){ eval "$1"; }', ...Array.from({ length: 1_200 }, () => 'r true'), `r "${CALL}"`], 2],
  ['41 conditions', [around('if true; then ', '; fi', 41)], 2],
  ['41 subshells', [around('( ', ' )', 41)], 2],
  ['41 groups', [around('{ ', '; }', 41)], 2],
  ['30 command substitutions', [around('echo $( ', ' )', 30)], 2],
  ['200 conditions', [around('if true; then ', '; fi', 200)], 2],
])('a call in %s is found line by line, with a note', (_, lines, line) => {
  expect(scanned(...lines)).toEqual({ lines: [line], notes: SEARCHED });
});

test.each(['x=$()', 'x=``', 'f(){ f; }; f', 'eval ""'])('%s is run as a whole', line => {
  expect(scanned(line, 'echo hello')).toEqual({ lines: [], notes: [] });
});

test('requests with a token in a script that is run only in part are no calls', () => {
  const get = 'H="X-aws-ec2-metadata-token: $TOKEN"; id(){ curl -H "$H" http://169.254.169.254/latest/meta-data/instance-id; }';
  expect(scanned(TOKEN, get, 'id', ...logger(2_100), `other(){ ${CALL}; }`, 'other')).toEqual({ lines: [2_105 + 1], notes: SEARCHED });
});

const DATA = 'http://169.254.169.254/latest/meta-data';
const HEADER = '-H "X-aws-ec2-metadata-token: $TOKEN"';

test.each<[string, readonly string[], readonly number[]]>([
  ['has no token', ['get(){ curl "$@"; }', ...logger(2_100), `get ${DATA}/instance-id`], [2]],
  ['has a token', [TOKEN, `get(){ curl ${HEADER} "$@"; }`, ...logger(2_100), `get ${DATA}/instance-id`], []],
  ['gets the token of another function', [`get(){ curl -H "$H" "$1"; }; prepare(){ ${TOKEN}; H="X-aws-ec2-metadata-token: $TOKEN"; }`, ...logger(2_100), 'prepare', `get ${DATA}/x`], []],
  ['is in another function', ['get(){ curl "$@"; }', 'get http://example.com', `id(){ get ${DATA}/instance-id; }`, ...logger(2_100), 'id'], [2]],
  ['is in a command substitution', ['get(){ curl "$@"; }', ...logger(2_100), `ID=$(get ${DATA}/instance-id)`], [2]],
])('a request of a function that %s is judged after thousands of calls of others', (_, lines, expected) => {
  expect(scanned(...lines)).toEqual({ lines: expected, notes: SEARCHED });
});

test('a function that got thousands of addresses is judged by its earlier requests', () => {
  const gets = Array.from({ length: 4_100 }, (_, index) => `get ${DATA}/tags/instance/${index}`);
  expect(scanned(TOKEN, `get(){ curl ${HEADER} "$1"; }`, ...gets)).toEqual({ lines: [], notes: SEARCHED });
  expect(scanned('get(){ curl "$1"; }', ...gets)).toEqual({ lines: [2], notes: SEARCHED });
  expect(scanned('get(){ curl "$1"; }', ...gets, 'other(){ curl "$@"; }', `other ${DATA}/instance-id`)).toEqual({ lines: [2, 4_104], notes: SEARCHED });
});

test.each([9, 10, 11, 14])('an address is followed through %i functions to one that ran before', length => {
  const passed = Array.from({ length }, (_, index) => `f${index}(){ f${index + 1} "$@"; }`);
  expect(scanned(`f${length}(){ curl -s "$1"; }`, `f${length} http://example.com`, ...passed, `f0 ${DATA}/instance-id`)).toEqual({ lines: [2], notes: [] });
});

test('a function that calls itself nine times with other arguments is followed', () => {
  const steps = Array.from({ length: 9 }, (_, index) => `s${index}) main s${index + 1} ;;`);
  expect(scanned(`main(){ case $1 in ${steps.join(' ')} s9) ${CALL} ;; esac; }`, 'main s0')).toEqual({ lines: [2], notes: [] });
});

test('a call that is nested too deep is noted, even if its function ran before', () => {
  const passed = Array.from({ length: 30 }, (_, index) => `f${index}(){ f${index + 1} "$1"; }`);
  const each = Array.from({ length: 30 }, (_, index) => `f${29 - index} hello`);
  expect(scanned('f30(){ echo "$1"; }; f30 hello', ...passed, ...each)).toEqual({ lines: [], notes: SEARCHED });
});

test.each([
  'f(){ f; }; f', 'f(){ g; }; g(){ f; }; f', 'f(){ if a; then while b; do if c; then f x; fi; done; fi; }; f',
  'f(){ if a; then while b; do if c; then if d; then f x; fi; fi; done; fi; }; f', 'f(){ echo "$(a "$(b "$(f)")")"; }; f', 'f(){ eval "$(eval f)"; }; f',
])('the recursion %s is followed as a whole', line => {
  expect(scanned(line, 'echo hello')).toEqual({ lines: [], notes: [] });
});

describe('a text that is not parsed', () => {
  /** An invalid cloud-config with commands. */
  const invalid = (...lines: readonly string[]) => scannedText(['#cloud-config', 'runcmd:', ' - [', ...lines].join('\n'));

  test.each<[string, readonly string[], readonly number[]]>([
    ['after 100,000 characters of a line', [`x=${'y'.repeat(100_000)}; ${CALL}`], [4]],
    ['before 100,000 characters of a line', [`${CALL}; x=${'y'.repeat(100_000)}`], [4]],
    ['at the end of continued lines', [...Array.from({ length: 200 }, () => `${'y'.repeat(60)} \\`), CALL], [202]],
    ['after a token request on its line', [`${TOKEN}; ${CALL}`], [4]],
    ['with its address in a variable', [`BASE="${DATA}"`, 'ID=$(curl -s $BASE/instance-id)'], [5]],
    ['of an unknown client', [`get ${DATA}/instance-id`], [4]],
    ['with a header in a variable, if no line sends a token', ['H="Accept: text/plain"', `curl -H "$H" ${DATA}/instance-id`], [5]],
    ['after others that send a token', [`curl ${HEADER} ${DATA}/instance-id`, CALL], [5]],
    ['in a list of lines with a token on another one', [`"curl ${HEADER} ${DATA}/mac",`, `"${CALL}",`], [5]],
    ['in a second line of an unknown client', ['hello', `get ${DATA}/a; get ${DATA}/b`, `get ${DATA}/c`], [5, 6]],
  ])('is searched for a call %s', (_, lines, expected) => {
    expect(invalid(...lines)).toEqual({ lines: expected, notes: NOT_PARSED });
  });

  test.each<[string, readonly string[]]>([
    ['with a token in a long line', [`x=${'y'.repeat(10_000)}; ${TOKEN}; curl ${HEADER} ${DATA}/instance-id`]],
    ['of an unknown client, if a line sends a token', [`curl ${HEADER} ${DATA}/instance-id`, `get ${DATA}/instance-id`]],
    ['in a comment', [`# get ${DATA}/instance-id`]],
    ['in the address of a network', ['iptables -A OUTPUT -d 169.254.169.254/32 -j DROP', 'curl https://example.com; ip route add 169.254.169.254/32 dev eth0']],
    ['with a token in a variable', ['H="X-aws-ec2-metadata-token: $TOKEN"', `curl -H "$H" ${DATA}/instance-id`]],
    ['with a token in an array', ['H=(-H "X-aws-ec2-metadata-token: $TOKEN")', `curl "\${H[@]}" ${DATA}/instance-id`]],
    ['with a token on the next line', [`requests.get("${DATA}/instance-id",`, '  headers={"X-aws-ec2-metadata-token": token})']],
    ['of an unknown client, if a constant names the header', ['const HEADER = "X-aws-ec2-metadata-token"', `get("${DATA}/instance-id", HEADER, token)`]],
  ])('has no call %s', (_, lines) => {
    expect(invalid(...lines)).toEqual({ lines: [], notes: NOT_PARSED });
  });

  test('says so in the reason of each call', () => {
    const { calls } = UserDataScanner.scan(`#cloud-config\nruncmd:\n - [\n${CALL}\n`);
    expect(calls.map(({ reason }) => reason)).toEqual(['its line has no X-aws-ec2-metadata-token, and this part of the script was only searched line by line']);
  });
});

describe('a MIME document', () => {
  const section = (...lines: readonly string[]) => ['--B', 'Content-Type: text/x-shellscript', '', '#!/bin/sh', ...lines];
  const document = (...lines: readonly string[]) => ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="B"', '', ...lines, '--B--', ''].join('\n');

  test('with 300 parts has the calls of all of them, with a note', () => {
    const { lines, notes } = scannedText(document(...Array.from({ length: 300 }, () => section(CALL)).flat()));
    expect(lines).toEqual(Array.from({ length: 300 }, (_, index) => 8 + 5 * index));
    expect(notes).toEqual(NOT_PARSED);
  });

  test('in 300 others with the same boundary is searched', () => {
    const nested = Array.from({ length: 300 }, () => ['--B', 'Content-Type: multipart/mixed; boundary="B"', '']).flat();
    expect(scannedText(document(...nested, ...section(CALL)))).toEqual({ lines: [3 + 900 + 5], notes: NOT_PARSED });
  });

  test('nested too deep is searched', () => {
    const nested = ['C', 'D', 'E', 'F', 'G', 'H'].flatMap((name, index) => [`--${'BCDEFGH'[index]}`, `Content-Type: multipart/mixed; boundary="${name}"`, '']);
    expect(scannedText(document(...nested, '--H', 'Content-Type: text/x-shellscript', '', '#!/bin/sh', CALL))).toEqual({ lines: [3 + 18 + 5], notes: NOT_PARSED });
  });

  test('with a part whose headers have no empty line after them has its calls', () => {
    expect(scannedText(document('--B', 'Content-Type: text/x-shellscript', '#!/bin/sh', CALL))).toEqual({ lines: [7], notes: [] });
    expect(scannedText(document('--B', '#!/bin/sh', CALL))).toEqual({ lines: [6], notes: [] });
  });

  test('with a cloud-config without its first line is searched if it is invalid', () => {
    const config = (...lines: readonly string[]) => document('--B', 'Content-Type: text/cloud-config', '', ...lines);
    expect(scannedText(config('write:', ' - [', CALL))).toEqual({ lines: [9], notes: NOT_PARSED });
    expect(scannedText(config('bootcmd:', ` - ${CALL}`, 'packages: [jq]'))).toEqual({ lines: [8], notes: [] });
    expect(scannedText(config('packages: [jq]'))).toEqual({ lines: [], notes: [] });
  });

  test('with a compressed part that cannot be unpacked has a note', () => {
    const broken = ['--B', 'Content-Type: text/x-shellscript', 'Content-Transfer-Encoding: base64', '', Buffer.from('\x1f\x8bnot a file', 'latin1').toString('base64')];
    expect(scannedText(document(...broken))).toEqual({ lines: [], notes: NOT_PARSED });
  });
});

test.each<[string, string]>([
  ['of cloud-init', '#include\nhttps://example.com/setup.sh\n'],
  ['that is run once', '#include-once\n# a comment\nhttps://example.com/setup.sh\n'],
  ['in a MIME document', 'Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/x-include-url\n\nhttps://example.com/setup.sh\n--B--\n'],
])('an included script %s is noted as downloaded', (_, text) => {
  expect(scannedText(text)).toEqual({ lines: [], notes: ['it runs what it downloads from https://example.com/setup.sh, which is not checked'] });
});

test('PowerShell in more than twenty tags is searched to the end', () => {
  const { lines, notes } = scannedText(`${'<powershell>\nGet-Date\n</powershell>\n'.repeat(30)}<powershell>\nInvoke-RestMethod ${DATA}/instance-id\n</powershell>\n`);
  expect({ lines, notes }).toEqual({ lines: [92], notes: NOT_PARSED });
});

test('more than 500 scripts of a document are searched to the end', () => {
  const files = Array.from({ length: 510 }, (_, index) => `  - { path: /opt/${index}.sh, content: "#!/bin/sh\\n${CALL}" }`);
  const { lines, notes } = scannedText(`#cloud-config\nwrite_files:\n${files.join('\n')}\n`);
  expect(lines).toHaveLength(510);
  expect(notes).toEqual(NOT_PARSED);
});
