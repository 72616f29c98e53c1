import type { ContainerVerdict } from '../launch/container-hosts';
import type { Launch, LaunchGraph } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import { grouped } from '../model/grouped';
import { hopsOf } from '../model/hop-limit';
import type { PossibleValue, Setting } from '../model/setting';
import { describe } from '../model/setting';
import { listed } from '../model/words';
import type { Finding } from '../policy/finding';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { RuleId } from '../policy/rules';
import { before } from '../resources/paths';
import { ownSetting } from './blocks';
import type { InspectedBlock } from './inspect';

/** A resource whose hop limits are held against a policy. */
export interface HopLimitQuestion {
  readonly resource: LaunchResource;
  readonly blocks: readonly InspectedBlock[];
  readonly verdict: ContainerVerdict;
  readonly graph: LaunchGraph;
  readonly policy: ImdsPolicy;
}

/** What is wrong with the hop limits of a resource: too high for anybody, or too low for the containers on it. */
export function hopLimitFindings(question: HopLimitQuestion): Finding[] {
  const isUnsetForHosts = !question.verdict.isContainerHost
    && question.blocks.every(({ settings }) => settings?.hopLimit?.every(({ kind }) => kind === 'unset') ?? true);
  if (isUnsetForHosts) { return []; }
  const launches = grouped(question.graph.launchesOf(question.resource).map(launch => [before(launch.where), launch] as const));
  return question.blocks.flatMap(block => {
    const field = block.row.dialect.fields.hopLimit;
    const setting = block.settings?.hopLimit;
    if (!field || !setting) { return []; }
    const isLeftOpen = launches.size === 0 && !block.row.inherits;
    const effective = setting.flatMap(possible => possible.kind === 'unset' && !isLeftOpen ? inherited(block.where, launches) : [possible]);
    return findingsOn(`${block.where}.${field.key}`, setting, effective, question);
  });
}

function findingsOn(path: string, own: Setting, effective: Setting, { verdict, policy }: HopLimitQuestion): Finding[] {
  const { least, most } = policy.hopLimits.of(verdict);
  const tooHigh = own.filter(possible => (hops(possible) ?? 0) > most);
  const tooLow = least === undefined ? [] : effective.filter(possible => mayBeBelow(possible, least));
  return [
    ...tooHigh.length > 0 ? [found('Imdsv2::HopLimitTooHigh', path, `must be at most ${most}, got ${describe(tooHigh)}`)] : [],
    ...tooLow.length > 0 ? [found('Imdsv2::ContainerHopLimit', path,
      `must be at least ${least}, got ${describe(tooLow)}: containers run on it (${listed(verdict.reasons, '; ')})`)] : [],
  ];
}

function found(id: RuleId, path: string, words: string): Finding {
  return { id, path, message: `${path} ${words}` };
}

/** What the launch templates of a block say where it leaves it to them, with the launches by what stands before them; what a template of the app leaves open is a finding of its own. */
function inherited(where: string, launches: ReadonlyMap<string, readonly Launch[]>): PossibleValue[] {
  const places = ['', ...[...where.matchAll(/\./g)].map(({ index }) => where.slice(0, index + 1))];
  return places.flatMap(place => launches.get(place) ?? []).flatMap(({ source }): readonly PossibleValue[] => {
    switch (source.kind) {
      case 'resource': return ownSetting(source.resource, 'hopLimit').filter(({ kind }) => kind !== 'unset');
      case 'outside': return [{ kind: 'unknown', reason: `'${source.name}' is not in this app` }];
      case 'unknown': return [source];
    }
  });
}

/** What is left to EC2 is 1, unless the account or the AMI says otherwise. */
function mayBeBelow(possible: PossibleValue, least: number): boolean {
  return possible.kind !== 'set' || (hops(possible) ?? least) < least;
}

function hops(possible: PossibleValue): number | undefined {
  return possible.kind === 'set' ? hopsOf(possible.value) : undefined;
}
