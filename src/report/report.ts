import type { RuleId } from '../policy/rules';
import type { ReportedFinding, ReportedUnseenScript } from './reported-finding';
import type { ReportedResource } from './reported-resource';
import type { ReportedSdks } from './reported-sdks';
import type { ReportedWatch, UsageTotals } from './reported-usage';

/**
 * What a check found in an app: every resource that launches instances or says how, what applies to it and why, and what is wrong.
 *
 * All formats are made out of it; the JSON format is this very object, and `schema/imdsv2-report.schema.json` describes it.
 * It holds nothing that differs between two runs over the same templates on the same day.
 */
export interface Report {
  /** The version of this shape: the second number grows with every addition, the first with whatever breaks a reader. */
  readonly schemaVersion: '1.4';
  readonly tool: { readonly name: 'cdk-imdsv2'; readonly version: string };
  /** The date on which exemptions were evaluated, as `YYYY-MM-DD`. */
  readonly day: string;
  /** Whether this check, by its own rules, found nothing that fails the synthesis. */
  readonly success: boolean;
  readonly totals: Totals;
  readonly stacks: readonly ReportedStack[];
  /** In the order of the stacks, and in that of the template within a stack. */
  readonly resources: readonly ReportedResource[];
  /** In the order of the resources; what is about no resource stands at the end. */
  readonly findings: readonly ReportedFinding[];
  /** What scripts of the app download and run: nobody sees here what it does, and nothing is wrong with that. Since 1.2. */
  readonly unseenScripts: readonly ReportedUnseenScript[];
  /** What the templates name and the check could not read: whatever is launched there is missing from this report. Since 1.2. */
  readonly notVisible: readonly NotVisible[];
  /** The accounts and Regions that usage records watch. Left out where no record was given. Since 1.3. */
  readonly usage?: readonly ReportedWatch[];
  /** The SDKs that were found. Left out where nobody asked for them. Since 1.4. */
  readonly sdks?: ReportedSdks;
  /** The rules that are switched off, and why. */
  readonly rulesOff: readonly { readonly rule: RuleId; readonly reason: string }[];
}

/** A part of the app that the check could not read. */
export interface NotVisible {
  /** `nested stack`: its template is somewhere else. `module`: CloudFormation writes it out at deployment. */
  readonly kind: 'nested stack' | 'module';
  readonly logicalId: string;
  /** The CloudFormation type of the resource that stands for it. */
  readonly type: string;
  /** The construct path, where it is known. */
  readonly path?: string;
  /** The template that names it, as in `ReportedStack`, and the line in it. */
  readonly template: string;
  readonly line: number;
}

/** How many resources there are of each kind, and how many findings. */
export interface Totals {
  /** All resources that are listed. */
  readonly resources: number;
  /** Those that require tokens, for all values of conditions and parameters. */
  readonly required: number;
  /** Those that let IMDSv1 in, at least under some condition, unless an account default or an AMI that is not in this app keeps it out. */
  readonly notRequired: number;
  /** Those of which nobody can tell before deployment: known to CloudFormation only, not in this app, without a place to say it, or left to an AMI that an account default may overrule. */
  readonly undecided: number;
  /** Those among `notRequired` and `undecided` that are exempt. */
  readonly exempt: number;
  /** The findings that no exemption covers, by severity. */
  readonly errors: number;
  readonly warnings: number;
  /** What usage records say of the launchers among them. Left out where no record was given. Since 1.3. */
  readonly usage?: UsageTotals;
}

/** A stack, with what it comes to. */
export interface ReportedStack {
  /** Tells stacks apart: the path of the template below the cloud assembly, with `/` between its parts. */
  readonly template: string;
  /** The construct path of the stack, where it is known. */
  readonly path?: string;
  readonly name?: string;
  readonly account?: string;
  readonly region?: string;
  readonly totals: Totals;
}
