import { Duration, Lazy } from 'aws-cdk-lib';
import { plainText } from '../../src/model/plain-text';
import { describeValue } from '../../src/model/setting';

test.each([
  ['plain text', 'AWS::EC2::Instance is \'optional\' — ÄÖ 😀', 'AWS::EC2::Instance is \'optional\' — ÄÖ 😀'],
  ['line ends', 'a\nb\r\nc\u2028d\u2029e\u0085f', 'a\\nb\\r\\nc\\u2028d\\u2029e\\u0085f'],
  ['colours of a terminal', '\u001b[31mred\u0007', '\\u001b[31mred\\u0007'],
  ['text that runs backwards', 'a\u202eb\u2066c\u200fd', 'a\\u202eb\\u2066c\\u200fd'],
  ['invisible characters', 'a\u200bb\ufeffc\u{e0041}d', 'a\\u200bb\\ufeffc\\u{e0041}d'],
  ['half a character', 'a\ud83db', 'a\\ud83db'],
  ['a workflow command', '::error file=a::b', ': :error file=a::b'],
  ['a workflow command behind blanks', '  ::set-output name=a::b', ': :set-output name=a::b'],
  ['a workflow command behind a line end', 'a\n::error::b', 'a\\n::error::b'],
  ['a command of the first kind, which counts anywhere', 'a ##[error]b', 'a # #[error]b'],
  ['a command of Azure Pipelines, which counts anywhere', 'a ##vso[task.setvariable variable=x]b', 'a # #vso[task.setvariable variable=x]b'],
])('%s', (_, text, expected) => {
  expect(plainText(text)).toBe(expected);
  expect(plainText(plainText(text))).toBe(expected);
});

test('a value in words is on one line', () => {
  expect(describeValue('a\n::error::\u202e')).toBe("'a\\n::error::\\u202e'");
  expect(describeValue({ 'a\u202e': '\n' })).toBe('{"a\\u202e":"\\n"}');
});

test('a value in words is a length of time for a Duration, resolved or not', () => {
  expect(describeValue(Duration.days(3))).toBe('Duration of 3 days');
  expect(describeValue(Duration.seconds(Lazy.number({ produce: () => 7 })))).toMatch(/^Duration of <token> seconds$/);
});
