/** A value inside another one, which is inside another one, and so on. */
export function repeated(times: number, value: unknown, around: (inner: unknown) => unknown): unknown {
  let all = value;
  for (let index = 0; index < times; index += 1) { all = around(all); }
  return all;
}

const UNKNOWN = 'unknown';
const TEMPLATE = 'stack.json#Template';
const WEB = { Ref: 'Template' };
const join = (...pieces: unknown[]) => ({ 'Fn::Join': ['', pieces] });
const either = { 'Fn::If': ['C', 'a', 'b'] };

/** Unusual values instead of an id, and the source that they name, if any. */
export const HOSTILE_NAMES: readonly (readonly [name: string, value: () => unknown, source?: string])[] = [
  ['null', () => null],
  ['a number', () => 7, 'outside 7'],
  ['a truth', () => true, 'outside true'],
  ['an empty text', () => '', 'outside '],
  ['an object', () => ({ Name: 'web' }), UNKNOWN],
  ['an object with two functions', () => ({ ...WEB, 'Fn::Sub': 'web' }), UNKNOWN],
  ['a list', () => ['web'], UNKNOWN],
  ['a list, 50,000 deep', () => repeated(50_000, 'web', inner => [inner]), UNKNOWN],
  ['an unknown function', () => ({ 'Fn::Web': 'web' }), UNKNOWN],
  ['Ref to a list', () => ({ Ref: ['Template'] }), UNKNOWN],
  ['Ref to nothing', () => ({ Ref: '' }), UNKNOWN],
  ['Ref to a pseudo parameter that there is not', () => ({ Ref: 'AWS::Web' }), 'outside ${AWS::Web}'],
  ['Fn::GetAtt of nothing', () => ({ 'Fn::GetAtt': [] }), UNKNOWN],
  ['Fn::GetAtt of null', () => ({ 'Fn::GetAtt': null }), UNKNOWN],
  ['Fn::GetAtt of a number', () => ({ 'Fn::GetAtt': 7 }), UNKNOWN],
  ['Fn::GetAtt of functions', () => ({ 'Fn::GetAtt': [WEB, WEB] }), UNKNOWN],
  ['Fn::GetAtt of an attribute that is a function', () => ({ 'Fn::GetAtt': ['Template', { Ref: 'Attribute' }] }), UNKNOWN],
  ['Fn::GetAtt of an output of what is no stack', () => ({ 'Fn::GetAtt': ['Template', 'Outputs.Id'] }), UNKNOWN],
  ['Fn::GetAtt in three pieces', () => ({ 'Fn::GetAtt': ['Template', 'Launch', 'TemplateId'] }), TEMPLATE],
  ['Fn::If without arguments', () => ({ 'Fn::If': 'C' }), UNKNOWN],
  ['Fn::If with two arguments', () => ({ 'Fn::If': ['C', 'web'] }), UNKNOWN],
  ['Fn::If, 5,000 deep', () => repeated(5000, 'web', inner => ({ 'Fn::If': ['C', inner, { Ref: 'AWS::NoValue' }] })), UNKNOWN],
  ['Fn::Join without arguments', () => ({ 'Fn::Join': null }), UNKNOWN],
  ['Fn::Join of a text', () => ({ 'Fn::Join': ['', 'web'] }), UNKNOWN],
  ['Fn::Join with a function between', () => ({ 'Fn::Join': [WEB, ['a', 'b']] }), UNKNOWN],
  ['Fn::Join, 5,000 deep', () => repeated(5000, 'web', inner => join('w', inner)), UNKNOWN],
  ['Fn::Join of 10,000 texts', () => join(...Array.from({ length: 10_000 }, () => 'w')), `outside ${'w'.repeat(10_000)}`],
  ['Fn::Join of 10,000 references', () => join(...Array.from({ length: 10_000 }, () => ({ Ref: 'Unknown' }))), UNKNOWN],
  ['Fn::Join of twenty alternatives', () => join(...Array.from({ length: 20 }, () => either)), UNKNOWN],
  ['Fn::Join of six alternatives, and of 10,000 texts', () =>
    ({ 'Fn::Select': [0, [join(...Array.from({ length: 7 }, () => either), ...Array.from({ length: 10_000 }, () => 'w'))]] }), UNKNOWN],
  ['Fn::Select of text', () => ({ 'Fn::Select': ['length', ['web']] }), UNKNOWN],
  ['Fn::Select of what is not there', () => ({ 'Fn::Select': [7, ['web']] }), UNKNOWN],
  ['Fn::Select before the first', () => ({ 'Fn::Select': [-1, ['web']] }), UNKNOWN],
  ['Fn::Select by a function', () => ({ 'Fn::Select': [WEB, [WEB]] }), UNKNOWN],
  ...[null, '', ' ', [], [0], true, '0x0', '-0', 0.5, {}].map((index): typeof HOSTILE_NAMES[number] =>
    [`Fn::Select by ${JSON.stringify(index)}`, () => ({ 'Fn::Select': [index, [WEB, WEB]] }), UNKNOWN]),
  ['Fn::Select with an index as text', () => ({ 'Fn::Select': ['0', [WEB]] }), TEMPLATE],
  ['Fn::Sub of a number', () => ({ 'Fn::Sub': 7 }), UNKNOWN],
  ['Fn::Sub of nothing', () => ({ 'Fn::Sub': '' }), 'outside '],
  ['Fn::Sub with variables that are none', () => ({ 'Fn::Sub': ['${Template}', 'web'] }), TEMPLATE],
  ['Fn::Sub with an empty name', () => ({ 'Fn::Sub': '${}' }), UNKNOWN],
  ['Fn::Sub with a dot alone', () => ({ 'Fn::Sub': '${.}' }), UNKNOWN],
  ['Fn::Sub with spaces', () => ({ 'Fn::Sub': '${ Template }' }), TEMPLATE],
  ['Fn::Sub that is never closed', () => ({ 'Fn::Sub': 'web${Template' }), 'outside web${Template'],
  ['Fn::Sub that is 100,000 times never closed', () => ({ 'Fn::Sub': '${'.repeat(100_000) }), `outside ${'${'.repeat(100_000)}`],
  ['Fn::Sub with 100,000 references', () => ({ 'Fn::Sub': '${Unknown}'.repeat(100_000) }), UNKNOWN],
  ['Fn::Sub with 10,000 references to a large variable', () =>
    ({ 'Fn::Sub': ['${It}'.repeat(10_000), { It: { 'Fn::Select': [0, [join(...Array.from({ length: 10_000 }, () => ({ Ref: 'Unknown' })))]] } }] }), UNKNOWN],
  ['Fn::Sub with a variable that is made of itself', () => ({ 'Fn::Sub': ['${It}', { It: { 'Fn::Sub': '${It}' } }] }), UNKNOWN],
  ['Fn::ImportValue of nothing', () => ({ 'Fn::ImportValue': null }), UNKNOWN],
  ...[null, 7, 'Id', [], {}, { StackName: 'Web' }, { StackName: null, OutputName: 'Id' }, { StackName: WEB, OutputName: 'Id' }, { StackName: 'Web', OutputName: [] },
    { StackName: ['Web'], OutputName: { Ref: 'Id' } }, { StackName: '__proto__', OutputName: '__proto__' }, { StackName: 'Web', OutputName: 'Id', Region: 7, RoleArn: ':' },
    { StackName: { 'Fn::GetStackOutput': {} }, OutputName: 'Id', Region: [], RoleArn: {} }].map((argument): typeof HOSTILE_NAMES[number] =>
    [`Fn::GetStackOutput of ${JSON.stringify(argument)}`, () => ({ 'Fn::GetStackOutput': argument }), UNKNOWN]),
  ['Fn::GetStackOutput of a stack and an output with many names', () =>
    ({ 'Fn::GetStackOutput': Object.fromEntries(['StackName', 'OutputName', 'Region', 'RoleArn'].map(name => [name, join(either, either, either, either, either)])) }), UNKNOWN],
  ['Fn::ImportValue of twenty alternatives', () => ({ 'Fn::ImportValue': join(...Array.from({ length: 20 }, () => either)) }), UNKNOWN],
];
