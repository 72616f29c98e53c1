import type { App } from 'aws-cdk-lib';
import { Aspects, Stack } from 'aws-cdk-lib';
import { Imdsv2, RequireImdsv2 } from '../../../src';
import { include } from '../../resources/included';
import type { Kind } from '../law';
import { canonical, kind, once, same } from '../law';
import type { Enforced } from '../laws/enforced';
import { ENFORCED, law } from '../laws/enforced';
import type { Template } from '../oracle/json';
import { barred, doubtful } from '../oracle/required';
import { withoutTokens } from '../oracle/untouched';
import { asGenericResources } from '../plans/declarations';
import { anyTemplate } from '../plans/templates';
import type { Synthesized } from '../synthesis';
import { filesOf, synthesized, templatesOf } from '../synthesis';

interface Subject extends Enforced {
  readonly filled: () => Synthesized;
  /** Enforces the result of enforcement again, and compares. */
  readonly again: (enforces: boolean) => Synthesized;
}

type Build = (app: App, source: Template) => void;

const PROPS = { httpPutResponseHopLimit: 3, httpEndpoint: true, httpProtocolIpv6: false, instanceMetadataTags: true };
const SPELLED = { httpPutResponseHopLimit: 3, httpEndpoint: 'enabled', httpProtocolIpv6: 'disabled', instanceMetadataTags: 'enabled' };

/**
 * Types that CloudFormation replaces if their metadata options change. Types that only define launches count only with a launcher, and here there is
 * none.
 */
const REPLACED = ['AWS::EC2::EC2Fleet', 'AWS::WorkspacesInstances::WorkspaceInstance'];

/** Templates as generic resources, which accept any JSON. */
export const GENERIC = templates('generic', (app, source) => asGenericResources(new Stack(app, 'Stack'), source), false);

/** Templates through CDK's template parser, which creates typed resources. */
export const INCLUDED = templates('included', (app, source) => { include(new Stack(app, 'Stack'), 'Included', source as Parameters<typeof include>[2]); }, true);

function templates(name: string, build: Build, tame: boolean): Kind {
  return kind<Template, Subject>({
    name,
    plans: anyTemplate(tame),
    open: source => {
      const enforced = once(() => synthesized(app => { build(app, source); Imdsv2.enforce(app); }));
      return {
        bare: once(() => synthesized(app => build(app, source))),
        enforced,
        twice: () => synthesized(app => { build(app, source); enforceByAllDoors(app); }),
        filled: () => synthesized(app => { build(app, source); Imdsv2.enforce(app, PROPS); }),
        again: enforces => synthesized(app => {
          asGenericResources(new Stack(app, 'Stack'), templatesOf(enforced())[0]);
          if (enforces) { Imdsv2.enforce(app); }
        }),
      };
    },
    laws: [
      ...ENFORCED,
      law('a setting is filled where a prop asks for it and it was unset, and nowhere else', ({ bare, filled }) =>
        same(templatesOf(filled()).map(each => withoutTokens(each)), templatesOf(bare()).map(each => withoutTokens(each, SPELLED)))),
      law('enforcing what was enforced changes nothing', ({ again }) => same(filesOf(again(true)), filesOf(again(false)))),
      law('unreadable options are reported, and only these', ({ enforced }) =>
        same(resourcesWith(enforced(), 'OptionsUnreadable'), barred(templatesOf(enforced())[0]))),
      law('an option with another possible value is reported, and only such options', ({ enforced }) =>
        same(resourcesWith(enforced(), 'TokensRequired'), doubtful(templatesOf(enforced())[0]))),
      law('a replacement by a change is reported, and only replacements', ({ bare, enforced }) =>
        same(resourcesWith(enforced(), 'ReplacesResource'), replaced(templatesOf(bare())[0], templatesOf(enforced())[0]))),
    ],
  });
}

function enforceByAllDoors(app: App): void {
  app.node.findAll().forEach(construct => new RequireImdsv2().applyTo(construct));
  Aspects.of(app).add(new RequireImdsv2());
  Imdsv2.enforce(app);
}

function replaced(before: Template, after: Template): string[] {
  return Object.entries(after.Resources ?? {}).filter(([logicalId, resource]) =>
    REPLACED.includes(resource.Type) && canonical(resource) !== canonical(before.Resources?.[logicalId])).map(([logicalId]) => logicalId);
}

/** The resources with findings, in the order of the template. */
function resourcesWith({ messages = [] }: Synthesized, id: string): string[] {
  const resources = messages.filter(message => message.includes(`Imdsv2::${id}]`)).map(message => /Resource\d+/.exec(message)![0]);
  return [...new Set(resources)].sort();
}
