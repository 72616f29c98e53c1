import * as fc from 'fast-check';
import { UserDataScanner } from '../../src/userdata/user-data-scanner';
import { labelledScripts } from './corpus';

const scripts = labelledScripts().map(({ script }) => script);
/** What parsers stumble over: it is put into scripts, and repeated. */
const PIECES = ['(', ')', '$(', '`', '"', "'", '${', '$((', '<<EOF\n', '\\', '\n', '{', '}', '[[ ', 'if ', 'case x in ', 'f() {', '@"\n', '<#', '$(', '"""', '#cloud-config\n', '- ', ': ', '\0', '\uE001', '\uFFFD'];

/** Whether the answer is a whole one. */
function isAnswer(text: string): boolean {
  const { verdict, calls } = UserDataScanner.scan(text);
  return (verdict === 'v1') === (calls.length > 0) && calls.every(({ line }) => line >= 1);
}

/** A script in which pieces were put into places. */
const changes = fc.array(fc.tuple(fc.nat(2_000), fc.nat(5), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 6 });
const mutated = fc.tuple(fc.constantFrom(...scripts), changes)
  .map(([script, made]) => made.reduce((text, [at, removed, piece]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + piece + text.slice(place + removed);
  }, script));

describe('whatever the text is, it has an answer', () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), isAnswer), { numRuns: 300 });
  });

  it('of any bytes in Base64', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), bytes => isAnswer(Buffer.from(bytes).toString('base64'))), { numRuns: 200 });
  });

  it('of scripts with something wrong in them', () => {
    fc.assert(fc.property(mutated, isAnswer), { numRuns: 600 });
  });

  it('of one piece over and over', () => {
    expect(PIECES.filter(piece => !isAnswer(piece.repeat(2_000)))).toEqual([]);
  });

  it('of a script that has been cut off anywhere', () => {
    fc.assert(fc.property(fc.constantFrom(...scripts), fc.nat(), (script, at) => isAnswer(script.slice(0, at % script.length))), { numRuns: 300 });
  });
});

describe('the time does not depend on what the text is', () => {
  /** How long a text takes, in units of the processor; the least of a few times. */
  const effort = (text: string) => Math.min(...[0, 1, 2].map(() => {
    const before = process.cpuUsage();
    UserDataScanner.scan(text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  }));
  const HARD = [
    ...PIECES, '$(echo "`echo ${a:-$(', 'A=$A$A$A;', 'f(){ f;f;f; };f;', "bash -c 'x' ;", 'for i in a b c; do ', '<<A <<B ', 'a+=(x y z);', '<powershell>', '{"a": [', 'x = x + x\n',
    'if a; then A=b$R; else A=$A$A; fi\n', '{a,b}', 'X=$(curl -s http://169.254.169.254/latest/meta-data/x)\n',
  ];

  it('grows with its length alone', () => {
    UserDataScanner.scan(scripts.join('\n'));
    const inPowerShell = ['${', '@{', '$(', '"', 'try {} catch {} '].map(piece => ({ before: '<powershell>\n', piece }));
    const squared = [...HARD.map(piece => ({ before: '', piece })), ...inPowerShell].filter(({ before, piece }) => {
      const short = effort(before + piece.repeat(4_000 / piece.length));
      const long = effort(before + piece.repeat(32_000 / piece.length));
      return long > 24 * Math.max(short, 4_000);
    });
    expect(squared).toEqual([]);
  });
});
