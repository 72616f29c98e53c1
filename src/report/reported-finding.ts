import type { Severity } from '../policy/rule';
import type { RuleId } from '../policy/rules';
import type { ReportedSdk } from './reported-sdks';

/** A violation of a rule. */
export interface ReportedFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Whether it fails the synthesis. */
  readonly isFailing: boolean;
  /** The id of the resource. It can be missing from `resources`, for example the resource of a container. An exemption that ends may not be on a resource. */
  readonly resource?: string;
  /** The construct path of its subject, if it is known. */
  readonly path?: string;
  /** The template, and the line in it, as exactly as possible. Left out if it is not in a template. */
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
  /** The exemption that covers it. */
  readonly exemption?: ReportedExemption;
}

/** A call of IMDSv1 in a script. */
export interface ReportedCall {
  /** The line of the script on which it begins, from 1. */
  readonly line: number;
  readonly command: string;
  readonly reason: string;
  /** `likely`: a part of the request is unknown. `fallback`: the script makes it only after IMDSv2 has failed. */
  readonly certainty: 'certain' | 'likely' | 'fallback';
  /** The same command for IMDSv2, if it can be rewritten. */
  readonly rewritten?: string;
  /** The command that gets the token for it: once in the script, before the first call. */
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
  /** The construct path, if it is known. */
  readonly path?: string;
  readonly template: string;
  /** Where the script is in the resource, and the line in it. */
  readonly location: string;
  readonly line: number;
  /** The address that it is downloaded from. Three dots stand for unknown parts. */
  readonly url: string;
}

/** An exemption from a rule, with its owner and end date. */
export interface ReportedExemption {
  readonly rule: RuleId;
  /** The construct path that it was written on; empty for the app. */
  readonly scope: string;
  readonly reason: string;
  readonly owner?: string;
  readonly ticket?: string;
  /** The first day on which it is no longer valid, as `YYYY-MM-DD`. */
  readonly expires?: string;
}
