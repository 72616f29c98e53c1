import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import { CONSTRUCT, LATER, checkValue } from '../model/kinds';
import { suggestion } from '../model/nearest';
import { checked } from '../model/props';
import type { Shape } from '../model/props';
import { describeValue } from '../model/setting';
import { nearestId } from './acknowledgements';
import type { RuleId } from './rules';
import { RULE_IDS, RULES } from './rules';

/** The rule, the reason, and the end date of an exemption. The values must be known at synthesis, because they are compared then. */
export interface ImdsExemptionProps {
  /** The id of the rule, such as `Imdsv2::TokensRequired`. */
  readonly rule: string;

  /** The reason why the resource can violate the rule. The reports show it. */
  readonly reason: string;

  /**
   * Who is responsible for it: a person or a team.
   *
   * @default - no owner
   */
  readonly owner?: string;

  /**
   * The number of a ticket, or a link.
   *
   * @default - no ticket
   */
  readonly ticket?: string;

  /**
   * The first day on which the exemption is no longer valid, as `YYYY-MM-DD`. It is reported from that day, and for 30 days before.
   *
   * @default - it never ends
   */
  readonly expires?: string;
}

/** An exemption that was checked: its rule exists. */
export interface CheckedExemption extends ImdsExemptionProps {
  readonly rule: RuleId;
}

const EXEMPTIONS = new ConstructNote<readonly CheckedExemption[]>('exemptions');

/**
 * Exempts a construct and everything in it from a rule: findings of this rule are not reported there.
 *
 * If you exempt a construct from `Imdsv2::TokensRequired`, enforcement does not change it at all.
 *
 * Unlike CDK's own `Validations.of(scope).acknowledge()`, an exemption can have an owner, a ticket and an end date. It writes nothing to the
 * template.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class ImdsExemption {
  /**
   * The exemptions of a construct and everything in it, including stages.
   *
   * @param scope an app, a stage, a stack or any other construct
   */
  public static of(scope: IConstruct): ImdsExemption {
    checkValue('scope', scope, CONSTRUCT);
    return new ImdsExemption(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Adds an exemption.
   *
   * If several exemptions apply to the same rule, the one on the nearest scope counts, and on one scope the last one that you added.
   *
   * @param exemption the rule, the reason, and the end date
   * @returns this, for the next one
   * @throws Error if the rule does not exist or nothing can be exempted from it, the reason, the owner or the ticket is blank,
   * `expires` is not a day of the calendar, or one of them is unresolved
   */
  public add(exemption: ImdsExemptionProps): ImdsExemption {
    EXEMPTIONS.write(this.scope, [...exemptionsOn(this.scope), check(exemption)]);
    return this;
  }
}

/** The exemptions on this construct itself, in the order in which they were added. */
export function exemptionsOn(scope: IConstruct): readonly CheckedExemption[] {
  return EXEMPTIONS.of(scope) ?? [];
}

/** The nearest scope with exemptions: the construct, or one above it. */
export function nearestExempted(construct: IConstruct | undefined): IConstruct | undefined {
  return EXEMPTIONS.nearest(construct);
}

/** Whether the value is a day of the calendar, written as `YYYY-MM-DD`. */
export function isCalendarDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) { return false; }
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const EXEMPTION: Shape<ImdsExemptionProps> = { rule: LATER, reason: LATER, owner: LATER, ticket: LATER, expires: LATER };

function check(props: ImdsExemptionProps): CheckedExemption {
  const { rule, reason, owner, ticket, expires } = checked(props, EXEMPTION, 'exemption');
  checkRule(rule);
  checkText('reason', reason);
  if (owner !== undefined) { checkText('owner', owner); }
  if (ticket !== undefined) { checkText('ticket', ticket); }
  if (expires !== undefined && !isCalendarDate(expires)) {
    throw new Error(`expires must be a day of the calendar as YYYY-MM-DD, got ${describeValue(expires)}`);
  }
  return { rule, reason, owner, ticket, expires };
}

/** @throws Error if the rule does not exist, or nothing can be exempted from it */
export function checkRule(rule: unknown): asserts rule is RuleId {
  if (!isRule(rule)) { throw new Error(`rule must be the id of a rule, got ${describeValue(rule)}${hintFor(rule)}`); }
  const { neverExempt } = RULES[rule];
  if (neverExempt !== undefined) { throw new Error(`rule must be one that can be exempted, got '${rule}': ${neverExempt}`); }
}

/** @throws Error if the value is unresolved, not a string, or blank */
export function checkText(name: string, value: unknown): void {
  if (Token.isUnresolved(value)) { throw new Error(`${name} must be known at synthesis, got ${describeValue(value)}`); }
  if (typeof value !== 'string' || value.trim() === '') { throw new Error(`${name} must be a string that is not blank, got ${describeValue(value)}`); }
}

function isRule(rule: unknown): rule is RuleId {
  return RULE_IDS.some(id => id === rule);
}

function hintFor(written: unknown): string {
  const meant = typeof written === 'string' && !Token.isUnresolved(written) ? nearestId(written, RULE_IDS) : undefined;
  return suggestion(meant) || ', such as \'Imdsv2::TokensRequired\'';
}
