import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isMetadataOn, metadataOf } from '../model/construct-metadata';
import { DAY } from '../model/day';
import { isObject, ownValue } from '../model/intrinsics';
import { rootOf } from '../model/root-of';
import { describeValue } from '../model/setting';
import { acknowledgedIdsOf } from './acknowledgements';
import type { CheckedExemption } from './imds-exemption';
import { exemptionsOn, isCalendarDate, nearestExempted } from './imds-exemption';
import type { RuleId } from './rules';

/** An exemption of a construct from a rule: an `ImdsExemption`, or CDK's own acknowledgement. */
export interface Exemption {
  readonly id: RuleId;
  /** The construct with the exemption: the exempt construct itself, or one above it. */
  readonly scope: IConstruct;
  readonly reason: string;
  readonly owner?: string;
  readonly ticket?: string;
  /** The first day on which it does not apply, as `YYYY-MM-DD`. */
  readonly expires?: string;
  /** Whether CDK itself suppresses its findings in validation reports. */
  readonly isAppliedByCdk: boolean;
  /** The id that was acknowledged in CDK's metadata: that of the rule, or its name in the pack. */
  readonly acknowledgedAs?: string;
}

/** An exemption that has ended, or ends soon. */
export interface EndingExemption {
  readonly kind: 'expired' | 'expiring';
  readonly exemption: Exemption;
  /** The number of days that it still applies, including today: 0 or less if it has expired. */
  readonly daysLeft: number;
}

/** The number of days before the end in which an ending exemption is reported. */
const NOTICE = 30;

const NO_REASON = 'acknowledged without a reason';

/**
 * CDK's record of acknowledgements, on the app: the ids by path, and in later versions the occurrences to which an acknowledgement is limited.
 * `Annotations` writes nothing else, and in the metadata of `Validations` a limited acknowledgement looks like any other.
 */
interface CdkNotes {
  readonly acks?: ReadonlyMap<string, ReadonlySet<string> | ReadonlyMap<string, readonly { readonly where?: object }[]>>;
}
const CDK_NOTES = Symbol.for('@aws-cdk/core.Acknowledgements');

/**
 * Reads the exemptions of constructs, for one day.
 *
 * It caches nothing, so it sees exemptions that are added between two calls.
 */
export class Exemptions {
  /** The date on which they are evaluated. */
  public readonly today: string;

  /**
   * @param today the day as `YYYY-MM-DD`
   * @throws Error if it is not a day of the calendar
   */
  public constructor(today: string) {
    this.today = todayOf(today);
  }

  /** The exemption of a construct from a rule: the nearest valid exemption on it or above it, otherwise the nearest acknowledgement. */
  public covering(construct: IConstruct, id: RuleId): Exemption | undefined {
    if (!mayBeExempt(construct)) { return undefined; }
    for (let scope = nearestExempted(construct); scope; scope = nearestExempted(scope.node.scope)) {
      const exemption = this.exemptionOn(scope, id);
      if (exemption) { return exemption; }
    }
    return nearestAcknowledgement(construct, id);
  }

  /** The exemptions on this construct that have expired, or will within 30 days, without a longer one on it or above it. */
  public endingOn(scope: IConstruct): EndingExemption[] {
    const exemptions = exemptionsOn(scope);
    return exemptions.length === 0 ? [] : exemptions.flatMap(exemption => {
      const daysLeft = this.daysUntil(exemption.expires);
      if (daysLeft > NOTICE || this.isCoveredLonger(scope, exemption.rule)) { return []; }
      return [{ kind: daysLeft > 0 ? 'expiring' : 'expired', exemption: writtenOn(scope, exemption), daysLeft }];
    });
  }

  /** Whether a construct has an exemption from a rule, on it or above it, that is valid for longer than the reporting period. */
  private isCoveredLonger(construct: IConstruct, id: RuleId): boolean {
    for (let scope = nearestExempted(construct); scope; scope = nearestExempted(scope.node.scope)) {
      if (exemptionsOn(scope).some(({ rule, expires }) => rule === id && this.daysUntil(expires) > NOTICE)) { return true; }
    }
    return nearestAcknowledgement(construct, id) !== undefined;
  }

  private exemptionOn(scope: IConstruct, id: RuleId): Exemption | undefined {
    const inForce = exemptionsOn(scope).filter(({ rule, expires }) => rule === id && this.daysUntil(expires) > 0).pop();
    return inForce && writtenOn(scope, inForce);
  }

  private daysUntil(expires: string | undefined): number {
    return expires === undefined ? Infinity : Math.round((Date.parse(expires) - Date.parse(this.today)) / DAY);
  }
}

/**
 * The date for the evaluation of exemptions: the given date, or today in UTC.
 *
 * @throws Error if the given date is not a day of the calendar
 */
export function todayOf(date: string | undefined): string {
  if (date === undefined) { return new Date().toISOString().slice(0, 10); }
  if (!isCalendarDate(date)) { throw new Error(`today must be a day of the calendar as YYYY-MM-DD, got ${describeValue(date)}`); }
  return date;
}

/** Whether this construct itself has an exemption or an acknowledgement. CDK records some acknowledgements on the root of the tree. */
export function isExempting(construct: IConstruct): boolean {
  return exemptionsOn(construct).length > 0 || isMetadataOn(construct, Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    || (construct.node.scope === undefined && cdkNotesOn(construct) !== undefined);
}

/** Whether an exemption or an acknowledgement is on a construct or above it. Most constructs have none, and one walk up the tree finds this. */
function mayBeExempt(construct: IConstruct): boolean {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    if (isExempting(scope)) { return true; }
  }
  return false;
}

/** CDK's record of acknowledgements on the root of a tree, if there is one. */
function cdkNotesOn(root: IConstruct): CdkNotes['acks'] {
  const { acks } = (root as { readonly [CDK_NOTES]?: CdkNotes })[CDK_NOTES] ?? {};
  return acks instanceof Map && acks.size > 0 ? acks : undefined;
}

/** CDK's own acknowledgement on a construct, or on the nearest scope above it. */
function nearestAcknowledgement(construct: IConstruct, id: RuleId): Exemption | undefined {
  const notes = cdkNotesOn(rootOf(construct));
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const acknowledgement = acknowledgementOn(scope, id, notes);
    if (acknowledgement) { return acknowledgement; }
  }
  return undefined;
}

/** CDK's own acknowledgement on this construct itself, by any of its ids. */
function acknowledgementOn(scope: IConstruct, id: RuleId, notes: CdkNotes['acks']): Exemption | undefined {
  const metadata = metadataOf(scope);
  if (metadata.length === 0 && !notes?.has(scope.node.path)) { return undefined; }
  for (const written of acknowledgedIdsOf(id)) {
    const acknowledgement = acknowledgementBy(written, scope, id, notes);
    if (acknowledgement) { return acknowledgement; }
  }
  return undefined;
}

/** An acknowledgement of one of the ids. One that is limited to occurrences does not count, because findings have no context. */
function acknowledgementBy(written: string, scope: IConstruct, id: RuleId, notes: CdkNotes['acks']): Exemption | undefined {
  const noted = notes && notedByCdk(scope, written, notes);
  if (noted === 'narrowed') { return undefined; }
  const reasons = metadataOf(scope)
    .filter(({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && isObject(data) && Object.keys(data).includes(written))
    .map(({ data }) => ownValue(data as { readonly [rule: string]: unknown }, written));
  if (reasons.length === 0 && noted !== 'whole') { return undefined; }
  const acknowledgedAs = reasons.length > 0 ? written : undefined;
  const reason = reasons.pop();
  return { id, scope, reason: typeof reason === 'string' && reason.trim() !== '' ? reason : NO_REASON, isAppliedByCdk: acknowledgedAs === id, acknowledgedAs };
}

/** Whether CDK recorded an acknowledgement on this construct, if its record is readable. */
function notedByCdk(scope: IConstruct, id: string, all: NonNullable<CdkNotes['acks']>): 'whole' | 'narrowed' | undefined {
  const ids: unknown = all.get(scope.node.path);
  if (ids instanceof Set) { return ids.has(id) ? 'whole' : undefined; }
  const notes: unknown = ids instanceof Map ? ids.get(id) : undefined;
  if (!Array.isArray(notes)) { return undefined; }
  return notes.some(note => !isObject(note) || !isObject(note.where) || Object.keys(note.where).length === 0) ? 'whole' : 'narrowed';
}

function writtenOn(scope: IConstruct, { rule, reason, owner, ticket, expires }: CheckedExemption): Exemption {
  return { id: rule, scope, reason, owner, ticket, expires, isAppliedByCdk: false };
}
