import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { Imdsv2 } from '../../src';
import { inspect } from '../../src/inspect/inspect';
import type { RequirementId } from '../../src/policy/requirements';
import { resourceTypeOf } from '../../src/resources/resource-types';
import type { Template } from '../harness/synthesized';
import { read } from '../harness/synthesized';

/** A way in which an app is looked at. */
export interface Effect {
  readonly title: string;
  /** The requirements that it speaks of, among those that are found by what an app says. */
  readonly finds: (id: RequirementId) => boolean;
  /** Synthesizes the app, and returns the ids of what was found: each of them once, in the alphabet's order. */
  readonly idsIn: (app: App, today?: string) => readonly string[];
}

/** What one resource of a template says by itself. */
const IN_ONE_RESOURCE: readonly RequirementId[] = [
  'Imdsv2::TokensRequired', 'Imdsv2::OptionsUnreadable', 'Imdsv2::ValueNotAccepted', 'Imdsv2::CannotBeSet',
];

/** Enforcement, which mends a missing token rather than to speak of it. */
export const ENFORCEMENT: Effect = {
  title: 'Imdsv2.enforce()',
  finds: id => id !== 'Imdsv2::TokensRequired',
  idsIn: (app, today) => {
    Imdsv2.enforce(app, { today });
    return reportedIn(app);
  },
};

/** The effects that look at an app in which nothing is enforced yet. */
export const CHECKS: readonly Effect[] = [
  { title: 'the template', finds: id => IN_ONE_RESOURCE.includes(id), idsIn: app => sorted(inTemplates(app)) },
  ENFORCEMENT,
];

/** The ids of what is reported when the app is synthesized, or of what makes the synthesis fail. */
export function reportedIn(app: App): readonly string[] {
  try {
    const assembly = app.synth();
    return sorted(stacksOf(app).flatMap(stack => read(assembly, stack).reports.map(({ id, text }) => id ?? text)));
  } catch (error) {
    const ids = [...String(error).matchAll(/\[(Imdsv2::\w+)\]/g)].map(([, id]) => id);
    if (ids.length === 0) { throw error; }
    return sorted(ids);
  }
}

function inTemplates(app: App): readonly string[] {
  const assembly = app.synth();
  const templates = stacksOf(app).map((stack): Template => read(assembly, stack).template);
  return templates.flatMap(({ Resources }) => Object.values(Resources)).flatMap(({ Type, Properties }) => {
    const type = resourceTypeOf(String(Type));
    return type ? inspect(type, Properties, () => undefined).findings.map(({ id }) => id) : [];
  });
}

function stacksOf(app: App): readonly Stack[] {
  return app.node.findAll().filter(construct => Stack.isStack(construct));
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}
