import type { App } from 'aws-cdk-lib';
import { Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FORMS_ACROSS_STACKS } from '../launch/harness/forms-across-stacks';
import { FORMS_BY_NAME } from '../launch/harness/forms-by-name';
import { FORMS_IN_A_STACK } from '../launch/harness/forms-in-a-stack';
import { FORMS_IN_NESTED_STACKS } from '../launch/harness/forms-in-nested-stacks';
import { FORMS_WITH_ALTERNATIVES } from '../launch/harness/forms-with-alternatives';
import type { Launcher } from '../launch/harness/launchers';
import { LAUNCHERS } from '../launch/harness/launchers';
import type { ReferenceForm } from '../launch/harness/site';
import { Site } from '../launch/harness/site';
import { threeWays, unanimous } from './three-ways';

const IN_A_STACK: readonly ReferenceForm[] = [...FORMS_IN_A_STACK, ...FORMS_WITH_ALTERNATIVES];
const FORMS: readonly ReferenceForm[] = [...IN_A_STACK, ...FORMS_BY_NAME, ...FORMS_ACROSS_STACKS, ...FORMS_IN_NESTED_STACKS];

/**
 * Each launcher is tested with one of so many forms, and each form with one of so many launchers: several for each.
 * `test/launch` tests that all launchers read all forms in the same way, in a tree as in templates.
 */
const SHARE = 6;

const OTHER_REGION = 'a reference to another Region';

/** A site below a scope, because many sites share one app. */
class SiteIn extends Site {
  public constructor(scope: Construct, subject: Launcher) {
    super(subject);
    Object.defineProperty(this, 'app', { value: scope });
  }
}

/** Builds a form. It has its own stage if it defines names or exports that others must not find. */
function build(form: ReferenceForm, app: App, launcher: Launcher): void {
  const id = `Form${FORMS.indexOf(form)}`;
  form.build(new SiteIn(IN_A_STACK.includes(form) ? new Construct(app, id) : new Stage(app, id), launcher));
}

function formsFor(launcher: Launcher): readonly ReferenceForm[] {
  const suiting = FORMS.filter(({ suits = () => true }) => suits(launcher)).filter(({ name }) => name !== OTHER_REGION);
  return suiting.filter((_, index) => (index + LAUNCHERS.indexOf(launcher)) % SHARE === 0);
}

test.each(LAUNCHERS.map(launcher => [launcher.title, launcher] as const))('the sources of %s', (_, launcher) => {
  const { asWritten, enforced } = threeWays(app => formsFor(launcher).forEach(form => build(form, app, launcher)));
  expect(asWritten).toEqual(unanimous(asWritten.aspect));
  expect(enforced).toEqual(unanimous(enforced.aspect));
});

test('every form is used with launchers', () => {
  const met = new Set(LAUNCHERS.flatMap(formsFor));
  expect(FORMS.filter(form => !met.has(form)).map(({ name }) => name)).toEqual([OTHER_REGION]);
});

// A permanent difference: templates do not contain the value, which a custom resource writes to a parameter in the other Region.
test('a template in another Region is only known in the tree', () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const form = FORMS.find(({ name }) => name === OTHER_REGION)!;
  const nodegroup = LAUNCHERS.find(({ type }) => type === 'AWS::EKS::Nodegroup')!;
  const { asWritten, enforced } = threeWays(app => build(form, app, nodegroup));
  const [target, nodes] = ['Other/Target', 'Stack/Launcher'].map(path => `Form${FORMS.indexOf(form)}/${path}`);
  expect(asWritten).toEqual({
    ...unanimous({ [target]: ['Imdsv2::ContainerHopLimit', 'Imdsv2::TokensRequired'] }),
    validator: { [target]: ['Imdsv2::TokensRequired'], [nodes]: ['Imdsv2::LaunchSourceUnknown'] },
  });
  expect(enforced).toEqual({ ...unanimous({}), validator: { [nodes]: ['Imdsv2::LaunchSourceUnknown'] } });
});
