import type { ReportedExemption } from './reported-finding';
import type { ReportedUsage } from './reported-usage';

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

/** A parameter or a condition of the template. */
export interface ReportedDecider {
  readonly kind: 'parameter' | 'condition';
  /** Its logical id. */
  readonly name: string;
}
