import * as fc from 'fast-check';
import { UserDataScanner } from '../../src/userdata/user-data-scanner';
import { labelledScripts } from './corpus';

const scripts = labelledScripts().map(({ script }) => script);
/** Texts that are difficult for parsers. They are put into scripts, and repeated. */
const PIECES = ['(', ')', '$(', '`', '"', "'", '${', '$((', '<<EOF\n', '\\', '\n', '{', '}', '[[ ', 'if ', 'case x in ', 'f() {', '@"\n', '<#', '$(', '"""', '#cloud-config\n', '- ', ': ', '\0', '\uE001', '\uFFFD'];

/** Whether the result is complete. */
function isAnswer(text: string): boolean {
  const { verdict, calls } = UserDataScanner.scan(text);
  return (verdict === 'v1') === (calls.length > 0) && calls.every(({ line }) => line >= 1);
}

/** A script with pieces inserted in places. */
const changes = fc.array(fc.tuple(fc.nat(2_000), fc.nat(5), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 6 });
const mutated = fc.tuple(fc.constantFrom(...scripts), changes)
  .map(([script, made]) => made.reduce((text, [at, removed, piece]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + piece + text.slice(place + removed);
  }, script));

describe('any text has a result', () => {
  it('with any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), isAnswer), { numRuns: 300 });
  });

  it('with any bytes in Base64', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), bytes => isAnswer(Buffer.from(bytes).toString('base64'))), { numRuns: 200 });
  });

  it('with an error in a script', () => {
    fc.assert(fc.property(mutated, isAnswer), { numRuns: 600 });
  });

  it('with a repeated piece', () => {
    expect(PIECES.filter(piece => !isAnswer(piece.repeat(2_000)))).toEqual([]);
  });

  it('with a script that ends anywhere', () => {
    fc.assert(fc.property(fc.constantFrom(...scripts), fc.nat(), (script, at) => isAnswer(script.slice(0, at % script.length))), { numRuns: 300 });
  });
});

describe('the time does not depend on the contents of the text', () => {
  /** The processor time for a text, the minimum of a few tries. */
  const effort = (text: string) => Math.min(...[0, 1, 2].map(() => {
    const before = process.cpuUsage();
    UserDataScanner.scan(text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  }));
  const HARD = [
    ...PIECES, '$(echo "`echo ${a:-$(', 'A=$A$A$A;', 'f(){ f;f;f; };f;', "bash -c 'x' ;", 'for i in a b c; do ', '<<A <<B ', 'a+=(x y z);', '<powershell>', '{"a": [', 'x = x + x\n',
    'if a; then A=b$R; else A=$A$A; fi\n', '{a,b}', '[[ $(', '[[ ${a:-', '$((${a:-', '$(( $(( $(a) + ', '(( `a` )); ', 'X=$(curl -s http://169.254.169.254/latest/meta-data/x)\n',
  ];

  it('it is linear in its length', () => {
    UserDataScanner.scan(scripts.join('\n'));
    const inPowerShell = ['${', '@{', '$(', '"', 'try {} catch {} '].map(piece => ({ before: '<powershell>\n', piece }));
    const address = 'http://169.254.169.254/latest/meta-data/x';
    const searched = [`${address} `, `curl ${address}; `, `A=${address}\n`, `get ${address}\n`, `curl ${address}\n`].map(piece => ({ before: '#cloud-config\n - [\n', piece }));
    const others = [
      { before: 'get() { curl "$1"; }\n', piece: `get ${address}\n` },
      { before: 'f() { f; f; f; }; f\n', piece: `X=$(curl ${address})\n` },
      { before: 'Content-Type: multipart/mixed; boundary=B\n\n', piece: `--B\n\ncurl ${address}\n` },
      { before: 'Content-Type: multipart/mixed; boundary=B\n\n', piece: '--B\nContent-Type: multipart/mixed; boundary=B\n\n' },
    ];
    const squared = [...HARD.map(piece => ({ before: '', piece })), ...inPowerShell, ...searched, ...others].filter(({ before, piece }) => {
      const short = effort(before + piece.repeat(4_000 / piece.length));
      const long = effort(before + piece.repeat(32_000 / piece.length));
      return long > 24 * Math.max(short, 4_000);
    });
    expect(squared).toEqual([]);
  });
});
