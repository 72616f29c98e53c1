import type { ContainerEvidence } from '../launch/container-evidence';
import type { UpdateEffect } from '../launch/update-effects';
import type { Version } from '../launch/versions';
import type { Setting } from '../model/setting';
import type { CountsWith } from '../resources/record';
import type { LauncherState } from '../usage/usage-record';
import type { ScriptLine } from '../userdata/script-lines';

/** Something that makes a setting wrong, or a rule broken. A resource is named by its path. */
export type Cause =
  | { readonly kind: 'containers'; readonly evidence: readonly ContainerEvidence[] }
  | { readonly kind: 'instance type'; readonly type: string; readonly virtualization: 'xen' | 'unknown' }
  | { readonly kind: 'unknown instance type'; readonly reason: string }
  | { readonly kind: 'no instance type' }
  | { readonly kind: 'subnet'; readonly resource: string }
  | { readonly kind: 'tag key'; readonly key: string; readonly resource: string }
  | { readonly kind: 'unknown tag key'; readonly reason: string; readonly resource: string }
  /** A property that works only through the metadata service. */
  | { readonly kind: 'need'; readonly property: string; readonly resource: string }
  /** Something that is launched from and that the app does not contain: `type` is what it would be. */
  | { readonly kind: 'outside' | 'unknown source'; readonly path: string; readonly type: string; readonly name: string }
  /** Something that is launched from and that no check looks at. */
  | { readonly kind: 'not checked' }
  /** The version in a launcher of a launch template in the app. It may differ from the template, or it is replaced by a new one. */
  | { readonly kind: 'version'; readonly path: string; readonly template: string; readonly version: Version; readonly launcherType: string; readonly source?: string }
  /** A type has no property for metadata options, and something else decides. */
  | {
    readonly kind: 'no property';
    readonly type: string;
    readonly governedBy: string;
    readonly remedy?: string;
    /** The property by which the service would require tokens itself, and what it says. */
    readonly butFor?: { readonly path: string; readonly got: Setting };
  }
  /** The options in a place only count with certain values of a property. */
  | { readonly kind: 'does not count'; readonly countsWith: CountsWith; readonly got: Setting }
  /** The service sets a fixed hop limit. */
  | { readonly kind: 'fixed hop limit'; readonly hops: number }
  /** A release of a service that cannot require tokens. */
  | { readonly kind: 'old release'; readonly release: string; readonly accepted: string; readonly resource: string }
  /** The source of a resource requires tokens, so that the resource does not start. */
  | { readonly kind: 'does not start'; readonly source: string }
  /** A deployment replaces a resource: the changed places, their tokens before if these were not required, and the consequence. */
  | {
    readonly kind: 'replacement';
    readonly paths: readonly string[];
    readonly tokens?: string;
    readonly consequence: string;
    /** What the deployment does with its launchers. */
    readonly launchers: readonly { readonly resource: string; readonly effect: UpdateEffect }[];
  }
  /** CloudFormation cannot replace a resource, because the new one would have the same name. */
  | { readonly kind: 'fixed name'; readonly property: string; readonly paths: readonly string[]; readonly tokens?: string }
  /** Enforcement changes nothing, because the change would replace resources, or the instances that they run. */
  | { readonly kind: 'replacement avoided'; readonly resources: readonly string[]; readonly isInterrupted: boolean }
  /** The usage of a launcher in a record: the number of running instances that require IMDSv2 and that call IMDSv1, the last call, and its instances. */
  | {
    readonly kind: 'usage';
    readonly launcher: string;
    readonly state: LauncherState;
    readonly because: string;
    readonly required: number;
    readonly calling: number;
    readonly running: number;
    readonly lastAt?: string;
    readonly callers: readonly string[];
  }
  /** No usage record shows whether instances of a resource use IMDSv1. */
  | { readonly kind: 'no usage known'; readonly resource: string; readonly reason: string }
  /** A command of a script that calls IMDSv1, and the same for IMDSv2. */
  | ScriptCall
  /** Something that cannot be read at all. */
  | { readonly kind: 'error'; readonly subject: string; readonly error: string }
  /** A part of a template from which CloudFormation creates resources. */
  | { readonly kind: 'made at deployment'; readonly subject: string }
  /** A version of an SDK that does not speak IMDSv2, and where it is named. */
  | {
    readonly kind: 'old SDK';
    readonly file: string;
    readonly line: number;
    readonly packageName: string;
    readonly version: string;
    readonly sdk: string;
    readonly minimum?: string;
    /** Whether the first version is one that AWS lists. */
    readonly isListed: boolean;
    /** From which version on another package decides. */
    readonly unclear?: { readonly from: string; readonly decidedBy: string };
    /** The first version that has the code, where AWS lists a later one, and this one may have it. */
    readonly hasItSince?: string;
  }
  /** SDKs of which it is unknown whether they support IMDSv2, and files that cannot be read: their number, and the first of them. */
  | {
    readonly kind: 'unclear SDKs';
    readonly sdks: number;
    readonly sdk?: { readonly file: string; readonly line: number; readonly packageName: string; readonly because: string };
    readonly files: number;
    readonly file?: { readonly file: string; readonly because: string };
  }
  | { readonly kind: 'exemption'; readonly exemption: EndOfExemption }
  /** The source of an exempt launcher decides about its tokens, and is not exempt. */
  | { readonly kind: 'not exempt'; readonly type: string; readonly resource: string }
  /** An acknowledged id is no rule, and the rule that may be meant. */
  | { readonly kind: 'no rule'; readonly id: string; readonly nearest?: string }
  /** Resources that enforcement did not reach, or that changed after it. */
  | { readonly kind: 'missed' | 'weakened' | 'outdated'; readonly scope: string; readonly resources: readonly string[] };

/** A command of a script that calls IMDSv1. */
export interface ScriptCall {
  readonly kind: 'call';
  /** The line of the script. */
  readonly line: number;
  readonly command: string;
  /** Why it is IMDSv1, in words. */
  readonly reason: string;
  /** `fallback`: the script makes it only where IMDSv2 has failed. */
  readonly certainty: 'certain' | 'likely' | 'fallback';
  /** The same command for IMDSv2, if it can be rewritten. */
  readonly rewritten?: string;
  /** The command that fetches its token, if the script has none. */
  readonly tokenCommand?: string;
  /** Its lines, with those around them. */
  readonly excerpt: readonly ScriptLine[];
}

/** An exemption ends: its content, and the days until then. */
export interface EndOfExemption {
  readonly rule: string;
  readonly reason: string;
  readonly owner?: string;
  readonly ticket?: string;
  readonly expires?: string;
  readonly daysLeft: number;
  /** Its scope, if that is above the stacks and it is reported on another construct; empty for the app. */
  readonly writtenOn?: string;
}
