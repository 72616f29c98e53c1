import { Imdsv2 } from '../../../src';
import type { Law } from '../law';
import { kind, none, once, same } from '../law';
import type { HandedBy } from '../laws/outcomes';
import { wrongOutcomes } from '../laws/outcomes';
import type { Template } from '../oracle/json';
import { containerHosts, settingsOf, unkept } from '../oracle/kept';
import { Meaning } from '../oracle/meaning';
import { doubtful } from '../oracle/required';
import type { Tokens } from '../oracle/tokens';
import { ownTokens } from '../oracle/tokens';
import { inEveryWay } from '../oracle/ways';
import type { Scene } from '../plans/scenes';
import { SCENES as PLANS, stage } from '../plans/scenes';
import { validated } from '../validated';
import type { Validated } from '../validated';

interface Subject {
  readonly scene: Scene;
  readonly bare: () => Validated;
  readonly enforced: () => Validated;
}

/** A stack of a scene: its place, and its parameters. */
interface Place {
  readonly file: string;
  readonly path: string;
  readonly source: Template;
  readonly handed: HandedBy;
}

/**
 * Apps with launchers, templates and a nested stack. The validator, the pack and the report must agree with each other and with the oracle, before
 * and after enforcement.
 */
export const SCENES = kind<Scene, Subject>({
  name: 'scenes',
  plans: PLANS,
  open: scene => ({
    scene,
    bare: once(() => validated(app => stage(app, scene))),
    enforced: once(() => validated(app => { stage(app, scene); Imdsv2.enforce(app); })),
  }),
  laws: [
    ...(['bare', 'enforced'] as const).flatMap((state): Law<Subject>[] => [
      { title: `a check has the same findings without reports (${state})`, check: subject => same(subject[state]().pluginReports.alone, subject[state]().pluginReports.reporting) },
      { title: `validator and pack have the same findings (${state})`, check: subject => same(subject[state]().pack, subject[state]().validator, 'the pack against the validator') },
      {
        title: `an outcome follows from conditions and parameters (${state})`,
        check: subject => none(placesIn(subject.scene, subject[state]()).flatMap(({ file, handed }) =>
          wrongOutcomes(subject[state]().report, file, subject[state]().templates[file], handed)), 'wrong'),
      },
    ]),
    {
      title: 'a carrier that can require tokens does so under every condition and parameter',
      check: ({ scene, enforced }) => none(placesIn(scene, enforced()).flatMap(place => weak(place, enforced())), 'not required'),
    },
    {
      title: 'values of the user stay, and only requested settings are filled',
      check: ({ scene, bare, enforced }) => none(placesIn(scene, enforced()).flatMap(place => changed(place, bare(), enforced())), 'changed'),
    },
    {
      title: 'a check finds what enforcement could not reach, and nothing else',
      check: ({ scene, enforced }) => {
        const barred = placesIn(scene, enforced()).flatMap(place => barredIn(place, enforced()));
        none(enforced().validator.filter(line => line.endsWith('::TokensRequired') && !barred.includes(line.split(' ')[0])), 'found');
      },
    },
  ],
});

function placesIn({ place, outer, inner }: Scene, { report }: Validated): Place[] {
  const path = place === 'stage' ? 'Stage/Outer' : 'Outer';
  const fileOf = (of: string) => report.stacks.find(stack => stack.path === of)?.template;
  const [outerFile, innerFile] = [fileOf(path), fileOf(`${path}/Inner`)];
  return [
    ...outerFile === undefined ? [] : [{ file: outerFile, path, source: outer, handed: () => undefined }],
    ...innerFile === undefined || !inner ? [] : [{
      file: innerFile,
      path: `${path}/Inner`,
      source: inner.template,
      handed: choose => inner.kind === 'product' ? undefined : { values: inner.handed, around: new Meaning(outer, choose, 'outer') },
    } satisfies Place],
  ];
}

/** The carriers of a template that do not require tokens, although they could. */
function weak(place: Place, answers: Validated): string[] {
  return Object.keys(place.source.Resources ?? {}).flatMap(logicalId =>
    tokensIn(logicalId, place, answers, true).filter(tokens => ['optional', 'open', 'unknown'].includes(String(tokens))).map(tokens => `${logicalId} is ${tokens}`));
}

/** The paths of carriers with an obstacle or an unknown value, even in a branch that no condition selects. */
function barredIn(place: Place, answers: Validated): string[] {
  const inDoubt = doubtful(answers.templates[place.file]);
  return Object.keys(place.source.Resources ?? {})
    .filter(logicalId => inDoubt.includes(logicalId) || tokensIn(logicalId, place, answers, false).includes('barred'))
    .map(logicalId => `${place.path}/${logicalId}`);
}

/** The possible values of a carrier itself, with any conditions and parameters. */
function tokensIn(logicalId: string, { file, handed }: Place, { templates }: Validated, isConsistent: boolean): readonly (Tokens | undefined)[] {
  return [...new Set(inEveryWay(choose => ownTokens(logicalId, new Meaning(templates[file], choose, 'inner', handed(choose))), isConsistent))];
}

/** The settings of a template that changed, under some condition. */
function changed({ file, source, handed }: Place, bare: Validated, enforced: Validated): string[] {
  const [before, after] = [templateIn(bare, file), enforced.templates[file]];
  const hosts = containerHosts(before);
  return Object.keys(source.Resources ?? {}).flatMap(logicalId => [...new Set(inEveryWay(choose => {
    const settingsIn = (template: Template) => settingsOf(logicalId, new Meaning(template, choose, 'inner', handed(choose)));
    const was = settingsIn(before);
    return was ? unkept(was, settingsIn(after), hosts.has(logicalId)).map(what => `${logicalId}: ${what}`) : [];
  }, true)?.flat())]);
}

function templateIn({ templates }: Validated, file: string): Template {
  return templates[file];
}
