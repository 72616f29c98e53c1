import type { CfnResource } from 'aws-cdk-lib';
import { CfnResource as GenericResource, Fn, Lazy, Token } from 'aws-cdk-lib';
import { include } from '../../resources/included';
import type { Named } from './launchers';
import { targetOf } from './launchers';
import type { ReferenceForm, Site } from './site';
import { newest, raw } from './site';

const NEWEST = 'LatestVersionNumber';
const join = (...pieces: unknown[]) => ({ 'Fn::Join': ['', pieces] });
const sub = (pattern: string) => ({ 'Fn::Sub': pattern });

/** Forms with the source in the stack of the launcher. */
export const FORMS_IN_A_STACK: readonly ReferenceForm[] = [
  here('the attributes of an L1', (target, site) => site.naming(target)),
  {
    ...here('the attribute of the id', target => ({ id: target.getAtt('LaunchTemplateId').toString(), version: target.getAtt(NEWEST).toString() })),
    suits: ({ reference }) => reference.keys !== undefined,
  },
  here('Fn.ref() and Fn.getAtt() of a logical id', () => ({ id: Fn.ref('Target'), version: Fn.getAtt('Target', NEWEST).toString() })),
  here('Fn.sub() of a logical id', () => ({ id: Fn.sub('${Target}'), version: Fn.sub('${Target.LatestVersionNumber}') })),
  here('Fn.sub() of variables', target => ({
    id: Fn.sub('${It}', { It: target.ref }), version: Fn.sub('${It}', { It: target.getAtt(NEWEST).toString() }),
  })),
  here('Fn.join() of one piece', target => ({ id: Fn.join('', [target.ref]), version: Fn.join('', [target.getAtt(NEWEST).toString()]) })),
  here('Fn::Join of one piece and of nothing else', () => ({
    id: join({ Ref: 'AWS::NoValue' }, { Ref: 'Target' }), version: join({ 'Fn::GetAtt': ['Target', NEWEST] }, { Ref: 'AWS::NoValue' }),
  })),
  here('Fn.select()', target => ({ id: Fn.select(1, ['lt-1', target.ref]), version: Fn.select(0, [target.getAtt(NEWEST).toString(), '1']) })),
  here('raw intrinsics in an L1', () => raw('Target')),
  here('Fn::GetAtt behind a dot', () => ({ id: { Ref: 'Target' }, version: { 'Fn::GetAtt': 'Target.LatestVersionNumber' } })),
  here('a Lazy string', target => ({
    id: Lazy.string({ produce: () => target.ref }), version: Lazy.string({ produce: () => target.getAtt(NEWEST).toString() }),
  })),
  here('a token in any type', target => ({ id: Token.asAny(target.getAtt('Ref')), version: Token.asString({ 'Fn::GetAtt': ['Target', NEWEST] }) })),
  {
    name: 'raw intrinsics in a generic resource',
    build: site => {
      const stack = site.stack();
      site.target(stack);
      site.generic(stack, raw('Target'));
      return newest();
    },
  },
  {
    name: 'a launcher before what it launches from',
    build: site => {
      const stack = site.stack();
      site.generic(stack, raw('Target'));
      site.target(stack);
      return newest();
    },
  },
  {
    name: 'a resource that gets its type by an override',
    build: site => {
      const stack = site.stack();
      const launcher = site.generic(stack, site.naming(site.target(stack)), 'AWS::Custom::Launcher');
      launcher.addOverride('Type', site.subject.type);
      return newest();
    },
  },
  {
    name: 'an override of what the launcher named before',
    build: site => {
      const stack = site.stack();
      const launcher = site.launcher(stack, { id: 'elsewhere', version: '1' });
      launcher.addOverride('Properties', site.subject.properties(site.naming(site.target(stack))));
      return newest();
    },
  },
  {
    name: 'an override with raw intrinsics where nothing was named',
    build: site => {
      const stack = site.stack();
      site.target(stack);
      new GenericResource(stack, 'Launcher', { type: site.subject.type }).addOverride('Properties', site.subject.properties(raw('Target')));
      return newest();
    },
  },
  here('a Lazy list of properties', (target, site) => Object.fromEntries(
    Object.entries(site.naming(target)).map(([key, value]) => [key, Lazy.any({ produce: () => value })]),
  )),
  {
    name: 'all properties of a generic resource by a Lazy',
    build: site => {
      const stack = site.stack();
      const properties = site.subject.properties(site.naming(site.target(stack)));
      const lazily = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, Lazy.any({ produce: () => value })]));
      new GenericResource(stack, 'Launcher', { type: site.subject.type, properties: lazily });
      return newest();
    },
  },
  {
    name: 'a logical id that was overridden',
    build: site => {
      const stack = site.stack();
      site.generic(stack, raw('Renamed'));
      site.target(stack).overrideLogicalId('Renamed');
      return newest();
    },
  },
  {
    name: 'a logical id that the stack renames',
    build: site => {
      const stack = site.stack();
      stack.renameLogicalId('Target', 'Renamed');
      site.generic(stack, raw('Renamed'));
      site.target(stack);
      return newest();
    },
  },
  included('an included template with Ref', raw('Target')),
  included('an included template with Fn::Sub', { id: sub('${Target}'), version: sub('${Target.LatestVersionNumber}') }),
  included('an included template with Fn::Sub and variables', {
    id: { 'Fn::Sub': ['${It}', { It: { Ref: 'Target' } }] }, version: { 'Fn::Sub': ['${It}', { It: { 'Fn::GetAtt': ['Target', NEWEST] } }] },
  }),
  included('an included template with Fn::Join and Fn::Select', {
    id: join({ Ref: 'Target' }), version: { 'Fn::Select': [0, [{ 'Fn::GetAtt': ['Target', NEWEST] }]] },
  }),
  included('an included template with Fn::If', {
    id: { 'Fn::If': ['Yes', { Ref: 'Target' }, { Ref: 'AWS::NoValue' }] },
    version: { 'Fn::If': ['Yes', { 'Fn::GetAtt': ['Target', NEWEST] }, sub('${Target.LatestVersionNumber}')] },
  }),
];

/** A form in an L1, in the same stack as its source. */
function here(name: string, naming: (target: CfnResource, site: Site) => Named): ReferenceForm {
  return {
    name,
    build: site => {
      const stack = site.stack();
      site.launcher(stack, naming(site.target(stack), site));
      return newest();
    },
  };
}

/** A form in an included template, with its source. CfnInclude does not write `aws:cdk:path`, so templates have logical ids only. */
function included(name: string, named: Named): ReferenceForm {
  return {
    name,
    build: site => {
      const target = targetOf(site.subject);
      include(site.stack(), 'Included', {
        Conditions: { Yes: { 'Fn::Equals': ['yes', 'yes'] } },
        Resources: {
          Target: { Type: target.type, Properties: target.properties() },
          Launcher: { Type: site.subject.type, Properties: site.subject.properties(named) },
        },
      });
      return newest('Stack/Included/Target', 'Stack/Included/Launcher');
    },
    templates: newest('Stack.template.json#Target', 'Stack.template.json#Launcher'),
  };
}
