import type { App } from 'aws-cdk-lib';
import { ASPECT_STABILIZATION } from 'aws-cdk-lib/cx-api';
import { FailOn, ImdsReport, Imdsv2 } from '../../../src';
import type { Answers } from '../asked';
import { asked } from '../asked';
import type { Law } from '../law';
import { canonical, kind, none, once, same } from '../law';
import { isExempt, isWeakenedLater } from '../oracle/apps';
import { own } from '../oracle/json';
import type { Template } from '../oracle/json';
import { unrequired } from '../oracle/required';
import { withoutTokens } from '../oracle/untouched';
import type { AppPlan, Level } from '../plans/apps';
import { APPS as PLANS, TODAY } from '../plans/apps';
import { BuiltApp } from '../plans/built-apps';
import type { Synthesized } from '../synthesis';
import { filesOf, synthesized, templatesOf } from '../synthesis';

type State = 'bare' | 'checked' | 'enforced';

interface Subject {
  readonly plan: AppPlan;
  readonly hosts: readonly Level[];
  readonly bare: () => Synthesized;
  readonly enforced: () => Synthesized;
  /** The resources of a host that hold options, in the templates of a synthesis. */
  readonly carriersOf: (host: Level) => ReturnType<BuiltApp['carriersOf']>;
  /** What validator and pack both have to say. */
  readonly said: (answers: Answers) => { readonly [by in 'validator' | 'pack']: readonly string[] };
  /** Whether the synthesis fails with enforcement, as aspects come too late. */
  readonly isTooLate: boolean;
  readonly answers: { readonly [state in State]: () => Answers };
}

/** What nobody sees as what it is: control characters, and what turns the direction of text. */
const UNSEEN = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/u;

/** Apps of L2s with aspects, tags, exemptions and checks of the user's, at every level and in every order. */
export const APPS = kind<AppPlan, Subject>({
  name: 'apps',
  plans: PLANS,
  open: plan => {
    const hosts = plan.stacks.flatMap((stack, index) => stack.hosts.map((_, host) => ({ stack: index, host })));
    const context = { [ASPECT_STABILIZATION]: plan.isStabilized };
    let built: BuiltApp | undefined;
    const in_ = (state: State) => (app: App) => { built = build(app, plan, state); };
    const answersIn = (state: State) => once(() => asked(in_(state), { today: TODAY, withPages: state === 'enforced', context }));
    return {
      plan,
      hosts,
      bare: once(() => synthesized(in_('bare'), { ...context })),
      enforced: once(() => synthesized(in_('enforced'), { ...context })),
      carriersOf: host => built!.carriersOf(host),
      said: ({ validator, pack }) => ({ validator: comparable(validator, built!), pack: comparable(pack, built!) }),
      isTooLate: hosts.some(host => !isExempt(host, plan) && isWeakenedLater(host, plan)),
      answers: { bare: answersIn('bare'), checked: answersIn('checked'), enforced: answersIn('enforced') },
    };
  },
  laws: [
    law('what can be synthesized can be with enforcement, unless an aspect weakens something after it', ({ enforced, isTooLate }) => {
      const { error } = enforced();
      same(error ? error.message.includes('Imdsv2::ChangedAfterEnforcement') || error.message : false, isTooLate);
    }),
    ofEnforced('tokens are required wherever nothing exempts', ({ plan, hosts, enforced, carriersOf }) => {
      const weak = hosts.filter(host => !isExempt(host, plan)).flatMap(host => carriersOf(host).flatMap(({ file, logicalId }) =>
        unrequired({ Resources: { [logicalId]: resourceIn(enforced(), file, logicalId) as { Type: string } } })));
      none(weak, 'not required');
    }),
    ofEnforced('what is exempt is left as it is', ({ plan, hosts, bare, enforced, carriersOf }) => {
      const touched = hosts.filter(host => isExempt(host, plan)).flatMap(host => carriersOf(host).filter(({ file, logicalId }) =>
        canonical(resourceIn(enforced(), file, logicalId)) !== canonical(resourceIn(bare(), file, logicalId))));
      none(touched, 'touched');
    }),
    ofEnforced('nothing but the tokens changes', ({ plan, bare, enforced }) => {
      if (!mayBringBack(plan)) { same(templatesOf(enforced()).map(bareOf), templatesOf(bare()).map(bareOf)); }
    }),
    law('validator and pack say the same', ({ said, answers: { bare } }) => same(said(bare()).pack, said(bare()).validator, 'the pack against the validator')),
    ofEnforced('validator and pack say the same of what is enforced', ({ said, answers: { enforced } }) =>
      same(said(enforced()).pack, said(enforced()).validator, 'the pack against the validator')),
    law('checks of the user change nothing of what is said', ({ answers: { bare, checked } }) =>
      same([checked().validator, checked().pack, checked().report.totals], [bare().validator, bare().pack, bare().report.totals])),
    law('what is made at deployment is said where it may launch', ({ plan, answers: { bare } }) => {
      const may = plan.stacks.some(({ made }) => made && (made.by === 'Fn::Transform' || made.type !== 'AWS::S3::Bucket'));
      same(bare().validator.some(line => line.endsWith('::OptionsUnreadable')), may);
    }),
    ofEnforced('nothing is written that is not seen', ({ enforced, answers }) => {
      none([...enforced().texts ?? [], ...answers.enforced().texts].filter(text => UNSEEN.test(text)).map(around), 'seen as something else');
    }),
  ],
});

/** The app of a plan; enforced or checked, among aspects of the user's. */
function build(app: App, plan: AppPlan, state: State): BuiltApp {
  const built = new BuiltApp(app, plan);
  const enforce = () => { if (state === 'enforced') { Imdsv2.enforce(app, { today: TODAY }); } };
  if (plan.isEnforcedFirst) { enforce(); }
  built.addAspects();
  if (!plan.isEnforcedFirst) { enforce(); }
  if (state === 'bare') { return built; }
  plan.checks.forEach(({ at, isOff }, index) => Imdsv2.check(built.at(at), {
    failOn: FailOn.NEVER,
    today: TODAY,
    rulesOff: isOff ? [{ rule: 'Imdsv2::TokensRequired', reason: 'later' }] : [],
    reports: [ImdsReport.json({ fileName: `check-${index}.json` })],
  }));
  return built;
}

/** A law about apps that CDK synthesizes at all. */
function law(title: string, check: Law<Subject>['check']): Law<Subject> {
  return { title, check: subject => { if (!subject.bare().error) { check(subject); } } };
}

/** A law about those that it synthesizes with enforcement, too. */
function ofEnforced(title: string, check: Law<Subject>['check']): Law<Subject> {
  return law(title, subject => { if (!subject.isTooLate) { check(subject); } });
}

/** Whether an override deletes options that another one writes into again: CDK forgets that the rest was deleted, and enforcement in between does not. */
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
 * The lines without what CDK suppresses itself, since it is acknowledged: a plugin may say that or not. That an exemption ends is said where it is
 * written, and by the pack on each resource under it.
 */
function comparable(lines: readonly string[], built: BuiltApp): readonly string[] {
  const others = lines.filter(line => !built.isAcknowledged(line));
  return [...new Set(others.map(line => line.replace(/^.* (?=Imdsv2::Exemption)/s, '')))].sort();
}

function around(text: string): string {
  const at = text.search(UNSEEN);
  return JSON.stringify(text.slice(Math.max(0, at - 80), at + 80));
}
