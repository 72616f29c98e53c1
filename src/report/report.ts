import type { Severity } from '../policy/rule';
import type { RuleId } from '../policy/rules';
import type { LauncherState } from '../usage/usage-record';

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

/** A parameter or a condition of the template. */
export interface ReportedDecider {
  readonly kind: 'parameter' | 'condition';
  /** Its logical id. */
  readonly name: string;
}

/** How many resources there are of each kind, and how many findings. */
export interface Totals {
  /** All resources that are listed. */
  readonly resources: number;
  /** Those that require tokens, whatever conditions and parameters turn out to be. */
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

/** How many launchers are in each state, and what may be done next. */
export interface UsageTotals {
  readonly required: number;
  readonly ready: number;
  readonly inUse: number;
  readonly broken: number;
  readonly unknown: number;
  /** Those that may require IMDSv2 by the records, and do not by the templates. */
  readonly mayTurnOver: number;
}

/** An account and Region that a usage record watches. */
export interface ReportedWatch {
  readonly account: string;
  readonly region: string;
  /** When the run of the collector ended. */
  readonly at: string;
  /** How many days without a call make a launcher ready. */
  readonly quietDays: number;
  /** From when on every hour was read until `watchedUntil`. Left out where nothing was read yet. */
  readonly watchedSince?: string;
  readonly watchedUntil?: string;
  /** Why the run could not read the Region. */
  readonly error?: string;
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

/** The SDKs that dependency files and programs name. */
export interface ReportedSdks {
  readonly found: readonly ReportedSdk[];
  /** What could not be read: whatever is named there is missing from this report. */
  readonly unreadable: readonly ReportedUnreadFile[];
}

/** A file that could not be read, and why. */
export interface ReportedUnreadFile {
  /** As in `ReportedSdk`. */
  readonly file: string;
  readonly isInAssembly: boolean;
  readonly because: string;
}

/** A package of an SDK that a file names. */
export interface ReportedSdk {
  /** The path below the cloud assembly, or from the root of the sources; in an archive, behind the path of that and `!/`. */
  readonly file: string;
  /** Whether it is a file of the cloud assembly. */
  readonly isInAssembly: boolean;
  /** The line, from 1. */
  readonly line: number;
  readonly packageName: string;
  /** Where the package has its name, as in package URLs: `npm`, `pypi`. */
  readonly ecosystem: string;
  /** Left out where the file leaves it open. */
  readonly version?: string;
  /** What the file asks for instead of one version. */
  readonly range?: string;
  /** The SDK, as AWS calls it. */
  readonly sdk: string;
  /** Whether that version supports IMDSv2. */
  readonly verdict: 'supported' | 'too old' | 'unknown';
  /** The first version that does, as AWS has it. Left out where none does. */
  readonly minimum?: string;
  /** The page that says so. */
  readonly source: string;
  /** Why nobody can tell, in words. */
  readonly because?: string;
  /** Why it is on no instance, in words: it is no finding then, though it is too old. */
  readonly notOnInstance?: string;
  /** The construct paths of the asset that it is in. */
  readonly paths?: readonly string[];
}

/** Whether IMDSv2 is required in the end. An AMI of this app that requires it is no certainty: an account default comes before it. */
export type Outcome = 'required' | 'not required' | 'undecided';

/** A resource that launches instances, or holds the options of what does. */
export interface ReportedResource {
  /** Tells resources apart: the template, `#` and the logical id. */
  readonly id: string;
  readonly logicalId: string;
  readonly type: string;
  /** The construct path, where it is known. */
  readonly path?: string;
  /** The template that it stands in, as in `ReportedStack`. */
  readonly template: string;
  /** The line in the template on which it begins, from 1. */
  readonly line: number;
  /** Whether instances come out of it; otherwise it says how others launch them, as a launch template does. */
  readonly isLauncher: boolean;
  readonly outcome: Outcome;
  /** What applies in the end. A setting that the resource has nothing to do with is left out. */
  readonly settings: { readonly [name in 'tokens' | 'hopLimit' | 'endpoint' | 'ipv6' | 'tags']?: readonly ReportedValue[] };
  readonly launchesFrom: readonly ReportedLaunch[];
  /** Why containers run on its instances; none where they do not. */
  readonly containers: readonly string[];
  /** What decided on its options until enforcement wrote over it: nothing needs it here any more. Left out where that is nothing. Since 1.2. */
  readonly overwritten?: readonly ReportedDecider[];
  /** What usage records say of what it launches, or of what launches from it. Left out where no record was given. Since 1.3. */
  readonly usage?: ReportedUsage;
  /** What exempts it from a rule that it would break otherwise. */
  readonly exemptions: readonly ReportedExemption[];
}

/** Whether software still uses IMDSv1 on what a resource launches, as usage records have it. */
export interface ReportedUsage {
  /** The worst state among its launchers; `ready` also where none of its instances was seen, though somebody watched. */
  readonly state: LauncherState;
  /** Whether it may require IMDSv2, or keep requiring it. */
  readonly mayRequire: boolean;
  /** Why it is in this state, in words. */
  readonly because: string;
  /** Its launchers in the records. */
  readonly launchers: readonly ReportedLauncherUsage[];
  /** Why too little is known of what launches from it, in words. */
  readonly doubts: readonly string[];
}

/** A launcher in a usage record. */
export interface ReportedLauncherUsage {
  /** `Auto Scaling group`, `EKS node group`, `instance` and so on, as in the record. */
  readonly kind: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly state: LauncherState;
  readonly because: string;
  /** How many of its instances run. */
  readonly running: number;
  /** How many of these called IMDSv1 lately. */
  readonly calling: number;
  /** The hour of the last call that was answered, and of the last one that was refused. Left out where there was none. */
  readonly lastCallAt?: string;
  readonly lastRejectedAt?: string;
  /** The ids of the instances that called last, running or not. */
  readonly callers: readonly string[];
}

/** One value that a setting may have once the stack is deployed. More than one stand side by side where conditions or parameters decide. */
export interface ReportedValue {
  /** `unset`: nothing is written anywhere that can be seen. `unknown`: only the deployment will know. `cannot be set`: there is no place for it. */
  readonly kind: 'set' | 'unset' | 'unknown' | 'cannot be set';
  /** The value, as the template has it or as an AMI of this app brings it, where it is set: `required`, `2`, `true`. */
  readonly value?: string | number | boolean;
  /** Whether an account default, which nobody sees at synthesis, comes before it: so it is no certainty. Said only where it is so, of what an AMI brings. Since 1.1. */
  readonly unlessAccountDefault?: true;
  /** Where it comes from, in words: `MetadataOptions.HttpTokens`, `the parameter 'Tokens'`, `the launch template 'Web' ($Latest)`, `the AMI 'Golden'`, or that nobody here can see it: account defaults and AMIs. */
  readonly from: string;
  /** The resource that it comes from, by id, where that is another one in this report. */
  readonly fromResource?: string;
}

/** That a resource launches from something. */
export interface ReportedLaunch {
  /** `resource`: something in this report. `outside`: something that is not in this app. `unknown`: not known before deployment. */
  readonly kind: 'resource' | 'outside' | 'unknown';
  /** The id of the resource, where there is one. */
  readonly resource?: string;
  /** What it is called, or why it is not known. */
  readonly name: string;
  /** The versions of the launch template that are named: `$Latest`, `LatestVersionNumber`, `3`, `default version`. */
  readonly versions: readonly string[];
  /** Whether what stands in the template now is what is launched; otherwise the version as it was deployed decides. */
  readonly isFollowed: boolean;
  /** The CloudFormation path below `Properties` that says so. */
  readonly where: string;
}

/** Something that is wrong. */
export interface ReportedFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Whether it fails the synthesis. */
  readonly isFailing: boolean;
  /** The id of the resource; one that only says what runs on instances is not listed. An exemption that ends may stand on something else. */
  readonly resource?: string;
  /** The construct path of what it is about, where it is known. */
  readonly path?: string;
  /** The template, and the line in it, as exact as can be told; none for what stands in no template. */
  readonly template?: string;
  readonly line?: number;
  /** Where it is in the resource: `Properties.MetadataOptions.HttpTokens`. */
  readonly location: string;
  readonly message: string;
  /** The calls in a script that it is about. Since 1.2. */
  readonly calls?: readonly ReportedCall[];
  /** The SDK that it is about, and the file and the line that name it. Since 1.4. */
  readonly sdk?: ReportedSdk;
  readonly fix: string;
  readonly see: string;
  /** What exempts it. */
  readonly exemption?: ReportedExemption;
}

/** A call of IMDSv1 in a script. */
export interface ReportedCall {
  /** The line of the script on which it begins, from 1. */
  readonly line: number;
  readonly command: string;
  readonly reason: string;
  /** `likely`: something about the request is not known. `fallback`: the script makes it only where IMDSv2 has failed. */
  readonly certainty: 'certain' | 'likely' | 'fallback';
  /** The same command for IMDSv2, where somebody can tell. */
  readonly rewritten?: string;
  /** What fetches the token that it uses: once in the script, before the first call. */
  readonly tokenCommand?: string;
  /** The lines of the call, marked, and those around them. */
  readonly excerpt: readonly ReportedLine[];
}

/** A line of a script. */
export interface ReportedLine {
  readonly line: number;
  readonly text: string;
  readonly isCall: boolean;
}

/** Something that a script downloads and runs. */
export interface ReportedUnseenScript {
  /** The id of the resource whose script it is. */
  readonly resource: string;
  /** The construct path, where it is known. */
  readonly path?: string;
  readonly template: string;
  /** Where the script is in the resource, and the line in it. */
  readonly location: string;
  readonly line: number;
  /** Where it is downloaded from; what is not known of that is three dots. */
  readonly url: string;
}

/** Who decided that a rule need not hold, and until when. */
export interface ReportedExemption {
  readonly rule: RuleId;
  /** The construct path that it was written on; empty for the app. */
  readonly scope: string;
  readonly reason: string;
  readonly owner?: string;
  readonly ticket?: string;
  /** The first day on which it does not hold, as `YYYY-MM-DD`. */
  readonly expires?: string;
}
