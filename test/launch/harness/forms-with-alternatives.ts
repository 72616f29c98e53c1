import { CfnCondition, CfnParameter, CfnResource, Fn, Token } from 'aws-cdk-lib';
import { when } from '../../harness/condition-forms';
import type { Launcher } from './launchers';
import { takesNames } from './launchers';
import type { Expected, ReferenceForm, Site } from './site';
import { latest, newest, raw, UNKNOWN } from './site';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const OR_NOTHING = when('C', { Ref: 'Target' }, NO_VALUE);
const hasKeys = ({ reference }: Launcher) => reference.keys !== undefined;
const both = [...newest('Stack/Other'), ...newest()];

/** Forms whose source, or whether there is one, depends on something. */
export const FORMS_WITH_ALTERNATIVES: readonly ReferenceForm[] = [
  alternatives('Fn.conditionIf() between two ids', site => {
    const stack = site.stack();
    const [target, other] = [site.naming(site.target(stack)), site.naming(site.target(stack, 'Other'))];
    const { logicalId } = new CfnCondition(stack, 'C', { expression: Fn.conditionEquals('a', 'b') });
    const either = (key: 'id' | 'version') => Token.asString(Fn.conditionIf(logicalId, target[key], other[key]));
    site.launcher(stack, { id: either('id'), version: either('version') });
    return both;
  }),
  alternatives('Fn::If around the whole property, between two things', site => {
    const stack = site.stack();
    site.target(stack);
    site.target(stack, 'Other');
    const [one, other] = [raw('Target'), raw('Other')].map(named => site.subject.properties(named));
    const [property] = site.subject.reference.segments;
    new CfnResource(stack, 'Launcher', { type: site.subject.type, properties: { ...one, [property]: when('C', one[property], other[property]) } });
    return both;
  }),
  alternatives('Fn::If around the whole property, or nothing', site => {
    const stack = site.stack();
    site.target(stack);
    const properties = site.subject.properties(raw('Target'));
    const [property] = site.subject.reference.segments;
    new CfnResource(stack, 'Launcher', { type: site.subject.type, properties: { ...properties, [property]: when('C', NO_VALUE, properties[property]) } });
    return newest();
  }),
  alternatives('AWS::NoValue in the place of the whole property', site => {
    const stack = site.stack();
    site.target(stack);
    const properties = site.subject.properties(raw('Target'));
    const [property] = site.subject.reference.segments;
    new CfnResource(stack, 'Launcher', { type: site.subject.type, properties: { ...properties, [property]: NO_VALUE } });
    return [];
  }),
  alternatives('AWS::NoValue in the place of the id', site => {
    const stack = site.stack();
    site.target(stack);
    site.generic(stack, { id: NO_VALUE });
    return [];
  }),
  alternatives('the deletion of the property by an override', site => {
    const stack = site.stack();
    const [property] = site.subject.reference.segments;
    const launcher = site.generic(stack, site.naming(site.target(stack)));
    launcher.addPropertyDeletionOverride(property);
    return [];
  }),
  {
    name: 'an id or a name',
    suits: subject => takesNames(subject) && hasKeys(subject),
    build: site => {
      const stack = site.stack();
      site.target(stack);
      site.target(stack, 'Other', 'web');
      site.generic(stack, { id: when('C', { Ref: 'Target' }, NO_VALUE), name: when('C', NO_VALUE, 'web'), version: '$Latest' });
      return [...latest('Stack/Other'), ...latest()];
    },
  },
  ...([
    ['an element of a list that may be left out', { 'Fn::Select': [0, [OR_NOTHING, 'lt-1']] }, [UNKNOWN]],
    ['an element behind one that may be left out', { 'Fn::Select': ['1', [when('C', 'lt-1', NO_VALUE), { Ref: 'Target' }]] }, [UNKNOWN]],
    ['an element before one that may be left out', { 'Fn::Select': [0, [{ Ref: 'Target' }, when('C', 'lt-1', NO_VALUE)]] }, []],
    ['a text of something that may be left out', { 'Fn::Join': ['', [OR_NOTHING]] }, ['outside ']],
    ['a text of something that may be left out, and something between', { 'Fn::Join': ['-', [OR_NOTHING]] }, [UNKNOWN]],
    ['a text with a variable that may be left out', { 'Fn::Sub': ['${It}', { It: OR_NOTHING }] }, [UNKNOWN]],
  ] as const).map(([name, id, others]) => alternatives(name, site => {
    const stack = site.stack();
    site.target(stack);
    site.generic(stack, { id, version: '$Latest' });
    return [...latest(), ...others.flatMap(source => latest(source))];
  })),
  alternatives('a parameter without a default', site => {
    const stack = site.stack();
    site.target(stack);
    site.launcher(stack, { id: new CfnParameter(stack, 'Id').valueAsString, version: '$Latest' });
    return latest(UNKNOWN);
  }),
  alternatives('a parameter with a default that is the id of something outside', site => {
    const stack = site.stack();
    site.target(stack);
    site.launcher(stack, { id: new CfnParameter(stack, 'Id', { default: 'lt-1' }).valueAsString, version: '$Latest' });
    return [...latest('outside lt-1'), ...latest(UNKNOWN)];
  }),
  alternatives('an id of something outside', site => {
    const stack = site.stack();
    site.target(stack);
    site.launcher(stack, { id: 'lt-1', version: '$Latest' });
    return latest('outside lt-1');
  }),
  alternatives('a logical id that nobody has', site => {
    const stack = site.stack();
    site.target(stack);
    site.generic(stack, { id: { Ref: 'Elsewhere' }, version: '$Latest' });
    return latest(UNKNOWN);
  }),
  alternatives('a reference to something of another type', site => {
    const stack = site.stack();
    site.target(stack);
    new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    site.generic(stack, { id: { Ref: 'Topic' }, version: '$Latest' });
    return latest(UNKNOWN);
  }),
  alternatives('a function that only CloudFormation knows the value of', site => {
    const stack = site.stack();
    site.target(stack);
    site.generic(stack, { id: { 'Fn::FindInMap': ['Ids', { Ref: 'AWS::Region' }, 'Id'] }, version: '$Latest' });
    return latest(UNKNOWN);
  }),
  alternatives('a dynamic reference', site => {
    const stack = site.stack();
    site.target(stack);
    site.launcher(stack, { id: '{{resolve:ssm:/ids/web}}', version: '$Latest' });
    return latest('outside {{resolve:ssm:/ids/web}}');
  }),
];

function alternatives(name: string, build: (site: Site) => readonly Expected[]): ReferenceForm {
  return { name, build };
}
