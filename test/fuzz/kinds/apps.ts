import type { App, CfnResource } from 'aws-cdk-lib';
import { ASPECT_STABILIZATION, EC2_UNIQUE_IMDSV2_LAUNCH_TEMPLATE_NAME } from 'aws-cdk-lib/cx-api';
import { FailOn, ImdsReport, Imdsv2 } from '../../../src';
import type { Law } from '../law';
import { canonical, kind, none, once, same } from '../law';
import { TOKENS, exemptionOf, exemptionsOf, getsAnotherType, isInForce, isWeakenedLater, templateBehind } from '../oracle/apps';
import type { Template } from '../oracle/json';
import { own } from '../oracle/json';
import { unrequired } from '../oracle/required';
import { withoutTokens } from '../oracle/untouched';
import type { AppPlan } from '../plans/apps';
import { APPS as PLANS } from '../plans/apps';
import { BuiltApp } from '../plans/built-apps';
import { TODAY } from '../plans/names';
import type { Synthesized } from '../synthesis';
import { filesOf, synthesized, templatesOf } from '../synthesis';
import { validated } from '../validated';
import type { Validated } from '../validated';

type State = 'bare' | 'checked' | 'enforced';

/** A resource with options, in the view of the oracle. */
interface Carrier {
  readonly resource: CfnResource;
  readonly file: string;
  readonly logicalId: string;
  /** Whether it is exempt. `late` if the exemption comes after enforcement, so that both results are correct. */
  readonly exemption: ReturnType<typeof exemptionOf>;
  /** Whether the template that it leaves tokens to is none any more once an aspect came by, perhaps after the instance was enforced. */
  readonly losesTemplate: boolean;
}

interface Subject {
  readonly plan: AppPlan;
  readonly bare: () => Synthesized;
  readonly enforced: () => Synthesized;
  /** The same without expired exemptions. */
  readonly enforcedWithoutEnded: () => Synthesized;
  readonly carriers: () => readonly Carrier[];
  /** The findings that the validator and the pack must both have. */
  readonly findingsOf: (answers: Validated) => { readonly [by in 'validator' | 'pack']: readonly string[] };
  /** Whether the synthesis fails with enforcement, because aspects come too late. */
  readonly isTooLate: () => boolean;
  readonly answers: { readonly [state in State]: () => Validated };
}

/** Invisible characters: control characters, and those that change the direction of text. */
const UNSEEN = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/u;

/** Apps of L2s and L1s with aspects, tags, exemptions and checks of the user, at every level and in every order. */
export const APPS = kind<AppPlan, Subject>({
  name: 'apps',
  plans: PLANS,
  open: plan => {
    const context = { [ASPECT_STABILIZATION]: plan.isStabilized, [EC2_UNIQUE_IMDSV2_LAUNCH_TEMPLATE_NAME]: plan.hasUniqueNames };
    let built: BuiltApp | undefined;
    const in_ = (state: State, of = plan) => (app: App) => { built = build(app, of, state); };
    const answersIn = (state: State) => once(() => validated(in_(state), { today: TODAY, withPages: state === 'enforced', context }));
    const bare = once(() => synthesized(in_('bare'), { ...context }));
    const carriers = once(() => {
      const templates = filesOf(bare());
      return carriersIn(built!, templates);
    });
    const enforced = once(() => synthesized(in_('enforced'), { ...context }));
    const withoutEnded = { ...plan, exemptions: plan.exemptions.filter(isInForce) };
    const hasEnded = withoutEnded.exemptions.length < plan.exemptions.length;
    return {
      plan,
      bare,
      enforced,
      enforcedWithoutEnded: hasEnded ? once(() => synthesized(in_('enforced', withoutEnded), { ...context })) : enforced,
      carriers,
      findingsOf: ({ validator, pack }) => ({ validator: comparable(validator, built!), pack: comparable(pack, built!) }),
      isTooLate: once(() => carriers().some(({ resource, exemption }) => exemption === undefined && isWeakenedLater(resource, built!))),
      answers: { bare: answersIn('bare'), checked: answersIn('checked'), enforced: answersIn('enforced') },
    };
  },
  laws: [
    law('what can be synthesized can be with enforcement, unless an aspect weakens something after it', ({ carriers, enforced, isTooLate }) => {
      const tooLate = isTooLate();
      if (carriers().some(({ losesTemplate }) => losesTemplate)) { return; }
      const { error } = enforced();
      same(error ? error.message.includes('Imdsv2::ChangedAfterEnforcement') || error.message : false, tooLate);
    }),
    ofEnforced('tokens are required wherever nothing exempts', ({ carriers, enforced }) => {
      const weak = carriers().filter(({ exemption }) => exemption === undefined).flatMap(({ file, logicalId }) =>
        unrequired({ Resources: { [logicalId]: resourceIn(enforced(), file, logicalId) as { Type: string } } }));
      none(weak, 'not required');
    }),
    ofEnforced('what is exempt is left as it is', ({ carriers, bare, enforced }) => {
      const touched = carriers().filter(({ exemption }) => exemption === 'in time').filter(({ file, logicalId }) =>
        canonical(resourceIn(enforced(), file, logicalId)) !== canonical(resourceIn(bare(), file, logicalId)));
      none(touched.map(({ file, logicalId }) => `${file} ${logicalId}: ${JSON.stringify([bare(), enforced()].map(each => resourceIn(each, file, logicalId)))}`), 'touched');
    }),
    ofEnforced('an exemption that has ended counts as none', ({ enforced, enforcedWithoutEnded }) => same(filesOf(enforced()), filesOf(enforcedWithoutEnded()))),
    ofEnforced('nothing but the tokens changes', ({ plan, bare, enforced }) => {
      if (!mayBringBack(plan)) { same(templatesOf(enforced()).map(bareOf), templatesOf(bare()).map(bareOf)); }
    }),
    law('validator and pack have the same findings', ({ findingsOf, answers: { bare } }) => same(findingsOf(bare()).pack, findingsOf(bare()).validator, 'the pack against the validator')),
    ofEnforced('validator and pack have the same findings after enforcement', ({ findingsOf, answers: { enforced } }) =>
      same(findingsOf(enforced()).pack, findingsOf(enforced()).validator, 'the pack against the validator')),
    law('a check has the same findings without reports', ({ answers: { bare } }) => same(bare().pluginReports.alone, bare().pluginReports.reporting)),
    ofEnforced('a check after enforcement has the same findings without reports', ({ answers: { enforced } }) => same(enforced().pluginReports.alone, enforced().pluginReports.reporting)),
    law('a report has the exemption of every finding about tokens', ({ carriers, bare, answers }) => {
      const exempt = carriers().filter(({ exemption }) => exemption !== undefined).map(({ resource }) => resource.node.path);
      const open = carriers().filter(({ exemption }) => exemption === undefined).map(({ resource }) => resource.node.path);
      bare();
      const findings = answers.bare().report.findings.filter(({ rule }) => rule === TOKENS);
      const pathsOf = (isExempt: boolean) => findings.filter(({ exemption }) => (exemption !== undefined) === isExempt).map(({ path = '' }) => path);
      none(pathsOf(false).filter(path => exempt.includes(path)), 'exempt');
      none(pathsOf(true).filter(path => open.includes(path)), 'not exempt');
    }),
    law('a check of the user does not change the findings', ({ answers: { bare, checked } }) =>
      same([checked().validator, checked().pack, checked().report.totals], [bare().validator, bare().pack, bare().report.totals])),
    law('resources that are created at deployment are reported if they may launch instances', ({ plan, answers: { bare } }) => {
      if (plan.exemptions.some(({ of }) => of === 'all')) { return; }
      const may = plan.stacks.some(({ made }) => made && (made.by === 'Fn::Transform' || made.type !== 'AWS::S3::Bucket'));
      same(bare().validator.some(line => line.endsWith('::OptionsUnreadable')), may);
    }),
    ofEnforced('nothing is written that is not seen', ({ enforced, answers }) => {
      none([...enforced().texts ?? [], ...answers.enforced().texts].filter(text => UNSEEN.test(text)).map(around), 'seen as something else');
    }),
  ],
});

/** Builds the app of a plan. It is enforced or checked, with aspects of the user. */
function build(app: App, plan: AppPlan, state: State): BuiltApp {
  const built = new BuiltApp(app, plan);
  built.exempt('before');
  const enforce = () => { if (state === 'enforced') { Imdsv2.enforce(app, { today: TODAY }); } };
  if (plan.isEnforcedFirst) { enforce(); }
  built.addAspects();
  if (!plan.isEnforcedFirst) { enforce(); }
  built.exempt('after');
  if (state === 'bare') { return built; }
  plan.checks.forEach(({ at, isOff }, index) => Imdsv2.check(built.at(at), {
    failOn: FailOn.NEVER,
    today: TODAY,
    rulesOff: isOff ? [{ rule: TOKENS, reason: 'later' }] : [],
    reports: [ImdsReport.json({ fileName: `check-${index}.json` })],
  }));
  return built;
}

/** The resources with options. An instance that gets its tokens from a template is exempt if the template is. */
function carriersIn(built: BuiltApp, files: { readonly [name: string]: string }): readonly Carrier[] {
  const placed = built.carriers.map(resource => {
    const { stack, logicalId } = resource;
    return { resource, file: stack.templateFile, logicalId: String(stack.resolve(logicalId)) };
  });
  return placed.map(({ resource, file, logicalId }) => {
    const { Properties } = (resourceIn({ files, messages: [], texts: [] }, file, logicalId) ?? {}) as { Properties?: unknown };
    const others = placed.filter(other => other.file === file && other.resource !== resource);
    const behind = templateBehind(Properties, others.map(other => other.resource));
    const own_ = exemptionOf(resource, built);
    const inherited = behind && exemptionOf(behind, built);
    const losesTemplate = inherited !== undefined && getsAnotherType(behind!, built);
    const exemption = own_ === 'in time' || (inherited === 'in time' && !losesTemplate) ? 'in time' : own_ ?? (inherited && 'late');
    return { resource, file, logicalId, exemption, losesTemplate };
  });
}

/** A law for apps that CDK can synthesize. */
function law(title: string, check: Law<Subject>['check']): Law<Subject> {
  return { title, check: subject => { if (!subject.bare().error) { check(subject); } } };
}

/** A law for apps that CDK can synthesize with enforcement, too. */
function ofEnforced(title: string, check: Law<Subject>['check']): Law<Subject> {
  return law(title, subject => { if (!subject.isTooLate()) { check(subject); } });
}

/** Whether an override deletes options that another one writes again. CDK forgets the deletion of the rest, and enforcement in between does not. */
function mayBringBack({ aspects }: AppPlan): boolean {
  const effects = aspects.map(({ effect }) => effect);
  return effects.includes('deleted') && effects.some(effect => effect === 'optional' || effect === 'required');
}

function resourceIn(synthesis: Synthesized, file: string, logicalId: string): unknown {
  const [, text] = Object.entries(filesOf(synthesis)).find(([name]) => name.endsWith(file))!;
  return own((JSON.parse(text) as Template).Resources, logicalId);
}

function bareOf(template: Template): unknown {
  return withoutTokens(template);
}

/**
 * The lines without acknowledged findings, which CDK suppresses itself: a plugin may report them or not. An ending exemption is reported where it is
 * written, and by the pack on each resource under it.
 */
function comparable(lines: readonly string[], built: BuiltApp): readonly string[] {
  const others = lines.filter(line => !isAcknowledged(line, built));
  return [...new Set(others.map(line => line.replace(/^.* (?=Imdsv2::Exemption)/s, '')))].sort();
}

/** Whether the rule of a line is acknowledged on the construct of its path. */
function isAcknowledged(line: string, built: BuiltApp): boolean {
  const [path, rule] = [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)];
  const construct = built.app.node.findAll().find(({ node }) => node.path === path);
  return construct !== undefined && exemptionsOf(construct, rule, built).some(({ by }) => by === 'acknowledge');
}

function around(text: string): string {
  const at = text.search(UNSEEN);
  return JSON.stringify(text.slice(Math.max(0, at - 80), at + 80));
}
