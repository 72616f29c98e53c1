import { CfnParameter, Fn, Lazy } from 'aws-cdk-lib';
import { takesNames, targetOf } from './launchers';
import type { Expected, ReferenceForm, Site } from './site';
import { latest, raw, UNKNOWN } from './site';

const sub = (pattern: string) => ({ 'Fn::Sub': pattern });
const outside = (name: string): readonly Expected[] => [{ source: `outside ${name}`, versions: ['latest'] }];

/** Forms with a name from the user. */
export const FORMS_BY_NAME: readonly ReferenceForm[] = [
  named('a literal name', 'web', 'web'),
  named('a Lazy name', Lazy.string({ produce: () => 'web' }), Lazy.string({ produce: () => 'web' })),
  named('a name with the stack name on both sides', sub('${AWS::StackName}-web'), sub('${AWS::StackName}-web')),
  named('a name with the stack name on one side', sub('${AWS::StackName}-web'), 'Stack-web'),
  named('a name with the Region, by two functions', sub('web-${AWS::Region}'), { 'Fn::Join': ['-', ['web', { Ref: 'AWS::Region' }]] }),
  named('a name under a condition', { 'Fn::If': ['C', 'web', 'shop'] }, 'shop'),
  named('a name that another one begins with', 'web', 'web-2', outside('web-2')),
  named('a name that another one ends with, behind a slash', 'web', 'team/web', outside('team/web')),
  named('a name in other letters', 'web', 'Web', outside('Web')),
  named('a name like a key that all objects have', 'web', 'constructor', outside('constructor')),
  named('a name for something that has none', undefined, 'undefined', outside('undefined')),
  named('an empty name for something that has none', undefined, '', outside('')),
  named('a name that only CloudFormation knows', { 'Fn::FindInMap': ['Names', 'Web', 'Name'] }, 'web', outside('web')),
  named('a name that CloudFormation looks up in the same way', { 'Fn::FindInMap': ['N', 'W', 'N'] }, { 'Fn::FindInMap': ['N', 'W', 'N'] }, latest(UNKNOWN)),
  byName('the default of one parameter', site => {
    const stack = site.stack();
    const { valueAsString: name } = new CfnParameter(stack, 'Name', { default: 'web' });
    site.target(stack, 'Target', name);
    site.launcher(stack, { name, version: '$Latest' });
    return [...latest(), ...latest(UNKNOWN)];
  }),
  byName('a name that is a number', site => {
    const stack = site.stack();
    site.target(stack, 'Target').addPropertyOverride(targetOf(site.subject).nameProperty!, 7);
    site.generic(stack, { name: '7', version: '$Latest' });
    return latest();
  }),
  byName('the values that a parameter may have', site => {
    const stack = site.stack();
    new CfnParameter(stack, 'Name', { allowedValues: ['web', 'shop'] });
    site.target(stack, 'Target', 'web');
    site.target(stack, 'Other', 'shop');
    site.generic(stack, { name: { Ref: 'Name' }, version: '$Latest' });
    return [...latest('Stack/Other'), ...latest()];
  }),
  byName('a parameter on one side, its default on the other', site => {
    const stack = site.stack();
    site.target(stack, 'Target', new CfnParameter(stack, 'Name', { default: 'web' }).valueAsString);
    site.launcher(stack, { name: 'web', version: '$Latest' });
    return latest();
  }),
  byName('a default that is a Lazy', site => {
    const stack = site.stack();
    site.target(stack, 'Target', 'web');
    site.launcher(stack, { name: new CfnParameter(stack, 'Name', { default: Lazy.string({ produce: () => 'web' }) }).valueAsString, version: '$Latest' });
    return [...latest(), ...latest(UNKNOWN)];
  }),
  byName('a parameter of another stack, not the one of the same name here', site => {
    const [stack, other] = [site.stack(), site.stack('Other')];
    new CfnParameter(stack, 'Name', { allowedValues: ['shop'] });
    site.target(stack, 'Target', 'web');
    site.target(stack, 'Shop', 'shop');
    site.launcher(stack, { name: new CfnParameter(other, 'Name', { allowedValues: ['web'] }).valueAsString, version: '$Latest' });
    return latest();
  }),
  byName('a name in a parameter of Systems Manager', site => {
    const stack = site.stack();
    site.target(stack, 'Target', '/names/web');
    const { valueAsString: name } = new CfnParameter(stack, 'Name', { type: 'AWS::SSM::Parameter::Value<String>', default: '/names/web' });
    site.launcher(stack, { name, version: '$Latest' });
    return latest(UNKNOWN);
  }),
  byName('a name by an override on both sides', site => {
    const stack = site.stack();
    site.target(stack, 'Target', 'before').addPropertyOverride(targetOf(site.subject).nameProperty!, 'web');
    site.launcher(stack, { name: 'before', version: '1' }).addOverride('Properties', site.subject.properties({ name: 'web', version: '$Latest' }));
    return latest();
  }),
  byName('a name in another stack', site => {
    site.target(site.stack('Other'), 'Target', 'web');
    site.launcher(site.stack(), { name: 'web', version: '$Latest' });
    return latest('Other/Target');
  }),
  byName('the stack name of another stack', site => {
    site.target(site.stack('Other'), 'Target', sub('${AWS::StackName}-web'));
    site.target(site.stack('Third'), 'Target', sub('${AWS::StackName}-web'));
    site.launcher(site.stack(), { name: 'Other-web', version: '$Latest' });
    return latest('Other/Target');
  }),
  byName('a name that is made of the reference to something else', site => {
    const stack = site.stack();
    site.target(stack, 'Other');
    site.target(stack, 'Target', sub('copy-of-${Other}'));
    site.launcher(stack, { name: Fn.sub('copy-of-${Other}'), version: '$Latest' });
    return latest();
  }),
  {
    // The name in messages contains the id of the stack: its path in a tree, its file in templates.
    ...byName('a name that is made of a reference, and that nobody has', site => {
      const stack = site.stack();
      site.target(stack, 'Other');
      site.launcher(stack, { name: Fn.sub('copy-of-${Other}'), version: '$Latest' });
      return outside('copy-of-${Stack Stack/Other.Ref}');
    }),
    templates: outside('copy-of-${Stack.template.json Stack/Other.Ref}'),
  },
  byName('the id of something else beside the name', site => {
    const stack = site.stack();
    site.target(stack, 'Other', 'web');
    site.target(stack);
    site.generic(stack, { ...raw('Target'), name: undefined });
    return [{ source: 'Stack/Target', versions: ['latest number'] }];
  }),
];

/** A form with the source in the stack of the launcher, if it is found. */
function named(name: string, given: unknown, written: unknown, expected: readonly Expected[] = latest()): ReferenceForm {
  return byName(name, site => {
    const stack = site.stack();
    site.target(stack, 'Target', given);
    site.launcher(stack, { name: written, version: '$Latest' });
    return expected;
  });
}

function byName(name: string, build: (site: Site) => readonly Expected[]): ReferenceForm {
  return { name, suits: takesNames, build };
}
