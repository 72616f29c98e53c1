import type { App } from 'aws-cdk-lib';
import { CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import { Imdsv2 } from '../../../src';
import type { Law } from '../law';
import { kind, none, once, same } from '../law';
import { isObject, own } from '../oracle/json';
import { unrequired } from '../oracle/required';
import { brokenTemplate } from '../plans/broken';
import type { Synthesized } from '../synthesis';
import { filesOf, synthesized, templatesOf } from '../synthesis';
import { validated } from '../validated';
import type { Validated } from '../validated';

interface Subject {
  readonly bare: () => Synthesized;
  readonly enforced: () => Synthesized;
  readonly answers: readonly (() => Validated)[];
}

/** Templates with any values anywhere, as constructs. Enforcement must work on all that CDK accepts. */
export const MUTANTS = kind<unknown, Subject>({
  name: 'mutants',
  plans: brokenTemplate(),
  open: template => {
    const enforce = (app: App) => { build(app, template); Imdsv2.enforce(app); };
    return {
      bare: once(() => synthesized(app => build(app, template))),
      enforced: once(() => synthesized(enforce)),
      answers: [once(() => validated(app => build(app, template))), once(() => validated(enforce))],
    };
  },
  laws: [
    law('what can be synthesized can be with enforcement', ({ enforced }) => { filesOf(enforced()); }),
    law('every carrier that can require tokens does', ({ enforced }) => none(templatesOf(enforced()).flatMap(each => unrequired(each)), 'not required')),
    law('validator and pack have the same findings, with enforcement and without', ({ answers }) => {
      for (const { validator, pack } of answers.map(answer => answer())) { same(pack, validator, 'the pack against the validator'); }
    }),
  ],
});

/** The part of a template that can be constructs. */
function build(app: App, template: unknown): void {
  const stack = new Stack(app, 'Stack');
  for (const [name, parameter] of entriesOf(template, 'Parameters')) {
    const allowed = own(parameter, 'AllowedValues');
    new CfnParameter(stack, name, { default: own(parameter, 'Default'), allowedValues: Array.isArray(allowed) ? allowed as string[] : undefined });
  }
  for (const [name, resource] of entriesOf(template, 'Resources')) {
    const type = own(resource, 'Type');
    if (typeof type !== 'string') { continue; }
    const properties = structuredClone(own(resource, 'Properties')) as { [name: string]: unknown };
    new CfnResource(stack, `Resource-${name}`, { type, properties }).overrideLogicalId(name);
  }
}

function entriesOf(template: unknown, section: string): [string, unknown][] {
  const value = own(template, section);
  return isObject(value) ? Object.entries(value) : [];
}

/** A law for templates that CDK accepts. */
function law(title: string, check: Law<Subject>['check']): Law<Subject> {
  return { title, check: subject => { if (!subject.bare().error) { check(subject); } } };
}
