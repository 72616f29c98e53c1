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
  /** The version that a launcher names of a launch template of the app, which may be another one than stands there, or gets a new one. */
  | { readonly kind: 'version'; readonly path: string; readonly template: string; readonly version: Version; readonly launcherType: string; readonly source?: string }
  /** That a type has no property for metadata options, and what decides instead. */
  | {
    readonly kind: 'no property';
    readonly type: string;
    readonly governedBy: string;
    readonly remedy?: string;
    /** The property by which the service would require tokens itself, and what it says. */
    readonly butFor?: { readonly path: string; readonly got: Setting };
  }
  /** That the options in a place count only with some values of a property. */
  | { readonly kind: 'does not count'; readonly countsWith: CountsWith; readonly got: Setting }
  /** That the service gives a hop limit that nothing can change. */
  | { readonly kind: 'fixed hop limit'; readonly hops: number }
  /** A release of a service that cannot require tokens. */
  | { readonly kind: 'old release'; readonly release: string; readonly accepted: string; readonly resource: string }
  /** That what a resource launches from requires tokens, and so keeps it from starting. */
  | { readonly kind: 'does not start'; readonly source: string }
  /** What a deployment replaces: the places that were changed, what they said about tokens unless they required them, and what that means. */
  | {
    readonly kind: 'replacement';
    readonly paths: readonly string[];
    readonly tokens?: string;
    readonly consequence: string;
    /** What becomes of those who launch from it. */
    readonly launchers: readonly { readonly resource: string; readonly effect: UpdateEffect }[];
  }
  /** That CloudFormation cannot make another resource, since it would have the same name. */
  | { readonly kind: 'fixed name'; readonly property: string; readonly paths: readonly string[]; readonly tokens?: string }
  /** That enforcement leaves something as it is, since its change would replace resources, or the instances that they run. */
  | { readonly kind: 'replacement avoided'; readonly resources: readonly string[]; readonly isInterrupted: boolean }
  /** What a usage record says of a launcher: how many of its running instances require IMDSv2 and how many call, when the last call was, and of which instances. */
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
  /** That no usage record tells whether instances of a resource use IMDSv1. */
  | { readonly kind: 'no usage known'; readonly resource: string; readonly reason: string }
  /** A command of a script that calls IMDSv1, and the same for IMDSv2. */
  | ScriptCall
  /** Something that cannot be read at all. */
  | { readonly kind: 'error'; readonly subject: string; readonly error: string }
  /** What a template has in the place of resources, and CloudFormation makes resources of. */
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
  /** SDKs of which nobody can tell whether they speak IMDSv2, and files that cannot be read: how many, and the first of them. */
  | {
    readonly kind: 'unclear SDKs';
    readonly sdks: number;
    readonly sdk?: { readonly file: string; readonly line: number; readonly packageName: string; readonly because: string };
    readonly files: number;
    readonly file?: { readonly file: string; readonly because: string };
  }
  | { readonly kind: 'exemption'; readonly exemption: EndOfExemption }
  /** What decides on the tokens of an exempt launcher, and is not exempt itself. */
  | { readonly kind: 'not exempt'; readonly type: string; readonly resource: string }
  /** That something is acknowledged which no rule is called, and what was meant perhaps. */
  | { readonly kind: 'no rule'; readonly id: string; readonly nearest?: string }
  /** What enforcement did not reach, or what came after it. */
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
  /** What fetches the token that it uses, where the script has none. */
  readonly tokenCommand?: string;
  /** Its lines, with those around them. */
  readonly excerpt: readonly ScriptLine[];
}

/** That an exemption ends: what it says, and how many days it holds. */
export interface EndOfExemption {
  readonly rule: string;
  readonly reason: string;
  readonly owner?: string;
  readonly ticket?: string;
  readonly expires?: string;
  readonly daysLeft: number;
  /** The scope above the stacks that it stands on, if it is reported on another one; empty for the app. */
  readonly writtenOn?: string;
}
