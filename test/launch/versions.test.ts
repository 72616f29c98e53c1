import { CfnParameter } from 'aws-cdk-lib';
import { covering } from '../harness/pairs';
import { LAUNCHERS } from './harness/launchers';
import { always, answer, readings } from './harness/readings';
import { Site } from './harness/site';

const attribute = (name: string, logicalId = 'Target') => ({ 'Fn::GetAtt': [logicalId, name] });

/** The version in a launcher, and its meaning. */
const VERSIONS: readonly (readonly [name: string, version: unknown, ...kinds: string[]])[] = [
  ['nothing', undefined, 'none'],
  ['AWS::NoValue', { Ref: 'AWS::NoValue' }, 'none'],
  ['$Default', '$Default', 'default'],
  ['the number of the default version', attribute('DefaultVersionNumber'), 'default'],
  ['$Latest', '$Latest', 'latest'],
  ['$Latest by Fn::Sub', { 'Fn::Sub': '$Latest' }, 'latest'],
  ['the number of the latest version', attribute('LatestVersionNumber'), 'latest number'],
  ['the number of the latest version of another template', attribute('LatestVersionNumber', 'Other'), 'unknown'],
  ['another attribute', attribute('CreateTime'), 'unknown'],
  ['a number as text', '3', 'number'],
  ['a number', 3, 'number'],
  ['something else', 'latest', 'unknown'],
  ['a function', { 'Fn::FindInMap': ['Versions', 'Web', 'Version'] }, 'unknown'],
  ['a parameter without a default', { Ref: 'Any' }, 'unknown'],
  ['a parameter with a default', { Ref: 'Preset' }, 'latest', 'unknown'],
  ['a parameter with values', { Ref: 'Either' }, 'latest', 'number'],
  ['a number, or nothing', { 'Fn::If': ['C', '3', { Ref: 'AWS::NoValue' }] }, 'number', 'none'],
  ['the word none, or nothing', { 'Fn::If': ['C', 'none', { Ref: 'AWS::NoValue' }] }, 'unknown', 'none'],
  ['one or the other', { 'Fn::If': ['C', '$Latest', attribute('LatestVersionNumber')] }, 'latest', 'latest number'],
  ['an object', { Number: 3 }, 'unknown'],
];

/** Each version with each name of the property, and each launcher. */
const CASES = covering(
  VERSIONS.flatMap(([name, version, ...kinds]) => LAUNCHERS.filter(({ reference }) => reference.keys)
    .map(launcher => [name, launcher.title, launcher, version, kinds] as const)),
  ([name, title, { reference: { keys } }]) => [`${name}: ${keys!.version}`, title],
);

test.each(CASES)('%s as the version of %s', (_, __, launcher, version, kinds) => {
  const site = new Site(launcher);
  const stack = site.stack();
  new CfnParameter(stack, 'Any');
  new CfnParameter(stack, 'Preset', { default: '$Latest' });
  new CfnParameter(stack, 'Either', { allowedValues: ['$Latest', '3'] });
  site.target(stack);
  site.target(stack, 'Other');
  site.generic(stack, { id: { Ref: 'Target' }, version });
  expect(readings(site.app, ({ reference }) => reference === launcher.reference)).toEqual(always(answer('Stack/Launcher', 'Stack/Target', kinds)));
});

test('each branch of a condition names its own version', () => {
  const site = new Site(LAUNCHERS[0]);
  const stack = site.stack();
  site.target(stack);
  const template = (version: unknown) => ({ LaunchTemplateId: { Ref: 'Target' }, Version: version });
  site.generic(stack, {}).addPropertyOverride('LaunchTemplate', { 'Fn::If': ['C', template('3'), template('$Latest')] });
  expect(readings(site.app)).toEqual(always(
    answer('Stack/Launcher', 'Stack/Target', ['latest']), answer('Stack/Launcher', 'Stack/Target', ['number']),
  ));
});
