import type { ReportedExemption } from './reported-finding';
import type { ReportedUsage } from './reported-usage';

/** Whether IMDSv2 is required at launch. An AMI of this app that requires it is not enough: an account default can override it. */
export type Outcome = 'required' | 'not required' | 'undecided';

/** A resource that launches instances, or has metadata options for instances. */
export interface ReportedResource {
  /** A unique id: the template, `#` and the logical id. */
  readonly id: string;
  readonly logicalId: string;
  readonly type: string;
  /** The construct path, if it is known. */
  readonly path?: string;
  /** The template that contains it, as in `ReportedStack`. */
  readonly template: string;
  /** The line in the template on which it begins, from 1. */
  readonly line: number;
  /** Whether it launches instances. Otherwise it defines how others launch them, like a launch template. */
  readonly isLauncher: boolean;
  readonly outcome: Outcome;
  /** The values that apply at launch. A setting that does not exist for the resource is left out. */
  readonly settings: { readonly [name in 'tokens' | 'hopLimit' | 'endpoint' | 'ipv6' | 'tags']?: readonly ReportedValue[] };
  readonly launchesFrom: readonly ReportedLaunch[];
  /** Why containers run on its instances. Empty if they do not. */
  readonly containers: readonly string[];
  /** The parameters and conditions that decided its options before enforcement. The resource no longer needs them. Left out if there are none. Since 1.2. */
  readonly overwritten?: readonly ReportedDecider[];
  /** What usage records say about its instances, or about what launches from it. Left out without a record. Since 1.3. */
  readonly usage?: ReportedUsage;
  /** Its exemptions from rules that it violates. */
  readonly exemptions: readonly ReportedExemption[];
}

/** One value that a setting may have after the deployment. There are several if conditions or parameters decide. */
export interface ReportedValue {
  /** `unset`: the app does not set it. `unknown`: it is only known at deployment. `cannot be set`: there is no property for it. */
  readonly kind: 'set' | 'unset' | 'unknown' | 'cannot be set';
  /** The value in the template or of an AMI of this app, if it is set: `required`, `2`, `true`. */
  readonly value?: string | number | boolean;
  /** Whether an account default, which is not visible at synthesis, can override it. Only for values of an AMI. Since 1.1. */
  readonly unlessAccountDefault?: true;
  /** Where it comes from, in words: `MetadataOptions.HttpTokens`, `the parameter 'Tokens'`, `the launch template 'Web' ($Latest)`, `the AMI 'Golden'`, or that the app does not show it: account defaults and AMIs. */
  readonly from: string;
  /** The id of the resource that it comes from, if that is another resource in this report. */
  readonly fromResource?: string;
}

/** What a resource launches from. */
export interface ReportedLaunch {
  /** `resource`: a resource in this report. `outside`: something that is not in this app. `unknown`: only known at deployment. */
  readonly kind: 'resource' | 'outside' | 'unknown';
  /** The id of the resource, where there is one. */
  readonly resource?: string;
  /** Its name, or why it is unknown. */
  readonly name: string;
  /** The versions of the launch template that are named: `$Latest`, `LatestVersionNumber`, `3`, `default version`. */
  readonly versions: readonly string[];
  /** Whether it launches the version in this app. Otherwise the deployed version decides. */
  readonly isFollowed: boolean;
  /** The CloudFormation path of this reference, below `Properties`. */
  readonly where: string;
}

/** A parameter or a condition of the template. */
export interface ReportedDecider {
  readonly kind: 'parameter' | 'condition';
  /** Its logical id. */
  readonly name: string;
}
