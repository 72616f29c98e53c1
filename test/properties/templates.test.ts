import type { App } from 'aws-cdk-lib';
import { Aspects, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { include } from '../resources/included';
import { asGenericResources } from './declarations';
import type { Template } from './json';
import { unrequired } from './required';
import { filesOf, holds, remembering, synthesized, templatesOf } from './synth';
import { irrelevantTemplate, template } from './templates';
import { withoutTokens } from './untouched';

type Build = (app: App, source: Template) => void;

const RUNS = 80;

/** Two ways for a template into a construct tree. */
const DOORS: readonly [string, Build, boolean][] = [
  ['resources without a type of their own', (app, source) => asGenericResources(new Stack(app, 'Stack'), source), false],
  ['CfnInclude', (app, source) => { include(new Stack(app, 'Stack'), 'Included', source as Parameters<typeof include>[2]); }, true],
];

describe.each(DOORS)('random templates as %s', (_, build, tame) => {
  const bare = remembering((source: Template) => synthesized(app => build(app, source)));
  const enforced = remembering((source: Template) => synthesized(app => { build(app, source); Imdsv2.enforce(app); }));

  test('where they can be synthesized at all, they can be with enforcement', () => {
    holds(fc.property(template(tame), source => {
      fc.pre(!bare(source).error);
      expect(enforced(source).error).toBeUndefined();
    }), RUNS);
  });

  test('every carrier that can require tokens does', () => {
    holds(fc.property(template(tame), source => {
      fc.pre(!bare(source).error && !enforced(source).error);
      expect(templatesOf(enforced(source)).flatMap(unrequired)).toEqual([]);
    }), RUNS);
  });

  test('nothing but the tokens changes', () => {
    holds(fc.property(template(tame), source => {
      fc.pre(!bare(source).error && !enforced(source).error);
      expect(templatesOf(enforced(source)).map(each => withoutTokens(each))).toEqual(templatesOf(bare(source)).map(each => withoutTokens(each)));
    }), RUNS);
  });

  test('a setting is filled where a prop asks for it and it was unset, and nowhere else', () => {
    const props = { httpPutResponseHopLimit: 3, httpEndpoint: true, httpProtocolIpv6: false, instanceMetadataTags: true };
    const spelled = { httpPutResponseHopLimit: 3, httpEndpoint: 'enabled', httpProtocolIpv6: 'disabled', instanceMetadataTags: 'enabled' };
    holds(fc.property(template(tame), source => {
      fc.pre(!bare(source).error);
      const filled = synthesized(app => { build(app, source); Imdsv2.enforce(app, props); });
      fc.pre(!filled.error);
      expect(templatesOf(filled).map(each => withoutTokens(each))).toEqual(templatesOf(bare(source)).map(each => withoutTokens(each, spelled)));
    }), RUNS);
  });

  test('enforcing twice is enforcing once', () => {
    holds(fc.property(template(tame), source => {
      fc.pre(!bare(source).error && !enforced(source).error);
      const twice = synthesized(app => {
        build(app, source);
        app.node.findAll().forEach(construct => new RequireImdsv2().applyTo(construct));
        Aspects.of(app).add(new RequireImdsv2());
        Imdsv2.enforce(app);
      });
      expect(filesOf(twice)).toEqual(filesOf(enforced(source)));
    }), RUNS);
  });

  test('enforcing what was enforced changes nothing', () => {
    holds(fc.property(template(tame), source => {
      fc.pre(!bare(source).error && !enforced(source).error);
      const [result] = templatesOf(enforced(source));
      const again = (app: App) => asGenericResources(new Stack(app, 'Stack'), result);
      expect(filesOf(synthesized(app => { again(app); Imdsv2.enforce(app); }))).toEqual(filesOf(synthesized(again)));
    }), RUNS);
  });

  test('a template that has nothing to do with it is the same to the byte', () => {
    holds(fc.property(irrelevantTemplate(), source => {
      fc.pre(!bare(source).error);
      expect(filesOf(enforced(source))).toEqual(filesOf(bare(source)));
    }), RUNS / 2);
  });
});
