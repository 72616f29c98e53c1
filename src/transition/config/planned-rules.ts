import { Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { GuardSeverity, policyRuleText } from '../../guard/guard-rules';
import { chosenRules, hopLimitOf } from './config-rules-options';
import type { ImdsConfigRulesOptions } from './config-rules-options';
import type { ImdsConfigRule } from './imds-config-rule';

/** A deployed rule, with its data. */
export interface PlannedRule {
  readonly rule: ImdsConfigRule;
  readonly description: string;
  /** The parameters of a managed rule. */
  readonly parameters?: { readonly [name: string]: string };
  /** The Guard rules of a custom policy rule. */
  readonly policyText?: string;
  /** The Regions where it is deployed. Left out for all Regions. */
  readonly where?: Where;
  /** The managed rule that it replaces, in a known Region. */
  readonly standsInFor?: ImdsConfigRule;
}

/** A set of Regions: those where AWS has a managed rule, or those where it does not. */
export interface Where {
  /** The managed rule. */
  readonly managed: ImdsConfigRule;
  readonly isIn: boolean;
}

/** The rules for a Region. If the Region is unknown, a rule that some Regions lack and its substitute both exist, with conditions. */
export function plannedRules(options: ImdsConfigRulesOptions, region: string | undefined): readonly PlannedRule[] {
  const chosen = chosenRules(options);
  const hopLimit = hopLimitOf(options);
  const isKnown = region !== undefined && !Token.isUnresolved(region);
  return chosen.flatMap(rule => {
    const { standIn } = rule;
    if (standIn === undefined) { return [planned(rule, hopLimit)]; }
    const instead = planned(standIn, limitOf(rule, hopLimit));
    if (isKnown) { return mayLack(rule, region) ? [{ ...instead, standsInFor: rule }] : [planned(rule, hopLimit)]; }
    return [
      { ...planned(rule, hopLimit), where: { managed: rule, isIn: true } },
      { ...instead, where: { managed: rule, isIn: false } },
    ];
  });
}

/** Whether AWS does not have a rule in a Region, or the Region is newer than CDK and unknown. */
function mayLack({ regionsWithout }: ImdsConfigRule, region: string): boolean {
  return regionsWithout.includes(region) || !RegionInfo.regions.some(({ name }) => name === region);
}

function planned(rule: ImdsConfigRule, hopLimit: number): PlannedRule {
  const { identifier, parameters } = rule;
  const description = descriptionOf(rule, hopLimit);
  if (identifier === undefined) { return { rule, description, policyText: policyTextOf(rule, hopLimit) }; }
  return { rule, description, ...parameters.length > 0 && { parameters: Object.fromEntries(parameters.map(name => [name, String(hopLimit)])) } };
}

/** The hop limit that a managed rule requires. Without a parameter for it, it is 1. The rule that replaces it in a Region requires the same. */
function limitOf({ parameters }: ImdsConfigRule, hopLimit: number): number {
  return parameters.length > 0 ? hopLimit : 1;
}

function policyTextOf({ resourceType, _subject }: ImdsConfigRule, maxHopLimit: number): string {
  return policyRuleText(resourceType, _subject === 'tokens' ? GuardSeverity.ERROR : GuardSeverity.WARNING, maxHopLimit);
}

function descriptionOf(rule: ImdsConfigRule, hopLimit: number): string {
  const { identifier, resourceType, _subject } = rule;
  const most = identifier === undefined ? hopLimit : limitOf(rule, hopLimit);
  return _subject === 'tokens' ? `${resourceType} requires IMDSv2` : `${resourceType} has a hop limit of ${most} at most for the answer with the token of IMDSv2`;
}
