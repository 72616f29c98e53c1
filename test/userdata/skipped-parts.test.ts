import { UserDataScanner } from '../../src';

const CALL = 'curl http://169.254.169.254/latest/meta-data/instance-id';
const TOKEN = 'TOKEN=$(curl -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)';
const chain = (length: number) => [...Array.from({ length }, (_, index) => `f${index}(){ f${index + 1}; }`), `f${length}(){ ${CALL}; }`, 'f0'];
const around = (open: string, close: string, times: number) => `${open.repeat(times)}${CALL}${close.repeat(times)}`;
const logger = (calls: number) => ['log(){ echo "$1"; }', ...Array.from({ length: calls }, () => 'log x')];

/** The lines of a script with IMDSv1 calls, and the notes on it. */
function scanned(...lines: readonly string[]) {
  const { calls, notes } = UserDataScanner.scan(['#!/bin/bash', ...lines].join('\n'));
  return { lines: calls.map(({ line }) => line), notes };
}

const SEARCHED = ['a part of it cannot be parsed, so it was searched line by line'];

test.each([9, 10, 11, 12, 22, 33])('a call at the end of a chain of %i functions is found, and all of the script is run', length => {
  expect(scanned(...chain(length))).toEqual({ lines: [length + 2], notes: [] });
});

test.each<[string, readonly string[], number]>([
  ['a function after thousands of calls of others', [`id(){ ${CALL}; }`, ...logger(2_100), 'ID=$(id)'], 2],
  ['ten functions that each call the next one twice', [...Array.from({ length: 12 }, (_, index) => `f${index}(){ f${index + 1}; f${index + 1}; }`), `f12(){ ${CALL}; }`, 'f0'], 14],
  ['a script in quotes after thousands of calls', [...logger(2_100), `bash -c '${CALL}'`], 2_103],
  ['a function that ran often before with other arguments', ['retry(){ "$@"; }', ...Array.from({ length: 2_100 }, () => 'retry dnf'), `ID=$(retry ${CALL})`], 2_103],
  ['a text that a function evaluates', ['r(){ eval "$1"; }', ...Array.from({ length: 1_200 }, () => 'r true'), `r "${CALL}"`], 1_203],
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
