import type { RuleId } from '../policy/rules';
import type { ReportedFinding, ReportedUnseenScript } from './reported-finding';
import type { ReportedResource } from './reported-resource';
import type { ReportedSdks } from './reported-sdks';
import type { ReportedWatch, UsageTotals } from './reported-usage';

/**
 * What a check found in an app: every resource that launches instances or defines how, its settings and where they come from, and the findings.
 *
 * All formats are made from it. The JSON format is this object, and `schema/imdsv2-report.schema.json` describes it.
 * It is the same for two runs with the same templates on the same day.
 */
export interface Report {
  /** The version of this format: the second number increases with every addition, the first with every breaking change. */
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
  /** In the order of the resources. Findings without a resource are at the end. */
  readonly findings: readonly ReportedFinding[];
  /** Scripts that scripts of the app download and run. The check does not read them, and this is not a finding. Since 1.2. */
  readonly unseenScripts: readonly ReportedUnseenScript[];
  /** Parts of the app that the check could not read. What they launch is missing from this report. Since 1.2. */
  readonly notVisible: readonly NotVisible[];
  /** The accounts and Regions in the usage records. Left out without a record. Since 1.3. */
  readonly usage?: readonly ReportedWatch[];
  /** The SDKs that were found. Left out if the check does not look for them. Since 1.4. */
  readonly sdks?: ReportedSdks;
  /** The rules that are switched off, and why. */
  readonly rulesOff: readonly { readonly rule: RuleId; readonly reason: string }[];
}

/** A part of the app that the check could not read. */
export interface NotVisible {
  /** `nested stack`: its template is not in the app. `module`: CloudFormation expands it at deployment. */
  readonly kind: 'nested stack' | 'module';
  readonly logicalId: string;
  /** The CloudFormation type of the resource that stands for it. */
  readonly type: string;
  /** The construct path, if it is known. */
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
  /** Those that allow IMDSv1, at least under some condition, unless an account default or an AMI that is not in this app requires IMDSv2. */
  readonly notRequired: number;
  /** Those that are only known at deployment, not in this app, without a property for it, or decided by an AMI that an account default can override. */
  readonly undecided: number;
  /** Those among `notRequired` and `undecided` that are exempt. */
  readonly exempt: number;
  /** The findings that no exemption covers, by severity. */
  readonly errors: number;
  readonly warnings: number;
  /** How many launchers are in each state, according to usage records. Left out without a record. Since 1.3. */
  readonly usage?: UsageTotals;
}

/** A stack, with its totals. */
export interface ReportedStack {
  /** A unique id: the path of the template below the cloud assembly, with `/` between its parts. */
  readonly template: string;
  /** The construct path of the stack, if it is known. */
  readonly path?: string;
  readonly name?: string;
  readonly account?: string;
  readonly region?: string;
  readonly totals: Totals;
}
