import { PartialText, TextIndex } from '../../src/launch/partial-text';

const STACK = {};
const text = (...pieces: (string | { readonly name: string; readonly of?: object })[]) => pieces
  .map(piece => typeof piece === 'string' ? PartialText.literal(piece) : PartialText.blank({ ...piece, words: `\${${piece.name}}` }))
  .reduce((all, piece) => all.plus(piece), PartialText.literal(''));
const ACCOUNT = { name: 'AWS::AccountId' };
const NAME = { name: 'AWS::StackName', of: STACK };

describe('a text with parts that only CloudFormation knows', () => {
  test.each<[PartialText, string, string | undefined]>([
    [text(), '', ''],
    [text('web', '-', 'blue'), 'web-blue', 'web-blue'],
    [text('web-', ACCOUNT), 'web-${AWS::AccountId}', undefined],
    [text('web-${AWS::AccountId}'), 'web-${AWS::AccountId}', 'web-${AWS::AccountId}'],
  ])('%# reads %s, and is known to be %s', (subject, words, known) => {
    expect([subject.words, subject.known]).toEqual([words, known]);
  });

  test.each<[string, PartialText, PartialText, boolean]>([
    ['the same literals in another order', text('web', '-1'), text('web-', '1'), true],
    ['the same parts', text('a', ACCOUNT, 'b'), text('a', ACCOUNT, 'b'), true],
    ['other literals around the same parts', text('a', ACCOUNT), text(ACCOUNT, 'a'), false],
    ['a literal that reads like a part', text(ACCOUNT), text('${AWS::AccountId}'), false],
    ['the name of one stack and of another', text(NAME), text({ ...NAME, of: {} }), false],
    ['two parts of one stack', text(NAME), text({ ...NAME, name: 'AWS::StackId' }), false],
    ['more of it', text(NAME), text(NAME, 'x'), false],
  ])('compared with another one: %s', (_, one, other, isSame) => {
    expect([one.equals(other), other.equals(one)]).toEqual([isSame, isSame]);
  });

  test('is split at its known parts', () => {
    const arn = text('arn:aws:ec2:', { name: 'AWS::Region' }, ':', ACCOUNT, ':launch-template/lt-', NAME);
    expect(arn.split(':').map(({ known }) => known)).toEqual(['arn', 'aws', 'ec2', undefined, undefined, undefined]);
    expect(arn.split('/').map(({ words }) => words)).toEqual(['arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:launch-template', 'lt-${AWS::StackName}']);
    expect([text(ACCOUNT, 'arn:').startsWith('arn:'), arn.startsWith('arn:')]).toEqual([false, true]);
  });

  test('finds entries with the same text, and not those that only look the same', () => {
    const index = new TextIndex<string>();
    index.add(text('a', ACCOUNT), 'one');
    index.add(text('a', ACCOUNT), 'two');
    index.add(text('a', ACCOUNT), 'two');
    index.add(text('a${AWS::AccountId}'), 'three');
    expect(index.of(text('a', ACCOUNT))).toEqual(['one', 'two']);
    expect(index.of(text('a${AWS::AccountId}'))).toEqual(['three']);
    expect(index.of(text('b'))).toEqual([]);
  });
});
