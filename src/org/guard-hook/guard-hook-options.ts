import { GuardSeverity } from '../../guard/guard-rules';
import { BOOLEAN, HOP_LIMIT, LATER, TEXTS, listOf, oneOf, orUnresolved } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { shapeOf } from '../../model/props';

/** What happens to an operation if a rule fails. */
export enum GuardHookMode {
  /** The operation continues, and the event of the stack has a warning. */
  WARN = 'WARN',
  /** It is refused. */
  FAIL = 'FAIL',
}

/** The operations that a Guard hook evaluates. */
export enum GuardHookOperation {
  /** CloudFormation is about to create or update a resource: its conditions, parameters and macros are resolved. */
  RESOURCE = 'RESOURCE',
  /** The same by Cloud Control API, as in Terraform's AWSCC provider. */
  CLOUD_CONTROL = 'CLOUD_CONTROL',
  /**
   * The hook checks a stack before it is created or updated. It gets the original template: values that only CloudFormation knows fail, and the hook
   * does not see what macros add.
   */
  STACK = 'STACK',
  /** A change set was created. The hook gets the original template. */
  CHANGE_SET = 'CHANGE_SET',
}

/**
 * The stacks that a Guard hook evaluates.
 *
 * Operations of the Cloud Control API have no stack, so they are always evaluated. If a hook includes them, AWS may ignore the filters completely.
 */
export interface GuardHookStackFilters {
  /**
   * The names of the only stacks that are evaluated, 1 to 50. `*` stands for any characters, `?` for one.
   *
   * @default - all
   */
  readonly includeNames?: string[];

  /**
   * The names of stacks that are not evaluated, 1 to 50. `*` stands for any characters, `?` for one.
   *
   * @default - none
   */
  readonly excludeNames?: string[];

  /**
   * The ARNs of service roles: only the stacks that CloudFormation deploys with them are evaluated, 1 to 50. Partition, account and name can have
   * wildcards.
   *
   * @default - all
   */
  readonly includeRoles?: string[];

  /**
   * The ARNs of service roles: the stacks that CloudFormation deploys with them are not evaluated, 1 to 50. Partition, account and name can have
   * wildcards.
   *
   * @default - none
   */
  readonly excludeRoles?: string[];

  /**
   * Whether it is enough that either the name or the role matches.
   *
   * @default false
   */
  readonly matchAny?: boolean;
}

/** The resources that a hook evaluates, its rules, and its mode. */
export interface ImdsGuardHookOptions {
  /**
   * The name of the hook, of three parts. An account has each alias once in a Region. Another alias replaces the hook.
   *
   * @default 'Imdsv2::Guard::Hook'
   */
  readonly alias?: string;

  /**
   * What happens to an operation if a rule fails.
   *
   * @default GuardHookMode.WARN
   */
  readonly mode?: GuardHookMode;

  /**
   * Whether the hook is enabled.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The rules of this library that the hook uses. If these include warnings, `GuardHookMode.FAIL` refuses types that cannot require tokens at all.
   *
   * With `rulesBucket`, it only selects the types that the hook evaluates.
   *
   * @default - `GuardSeverity.ERROR`; with `rulesBucket` `GuardSeverity.ALL`
   */
  readonly severity?: GuardSeverity;

  /**
   * The highest hop limit that is accepted, 1-64. It is among the warnings, so it needs the severity `WARNING` or `ALL`.
   *
   * @default 2
   */
  readonly maxHopLimit?: number;

  /**
   * The operations that the hook evaluates. If `CLOUD_CONTROL` is one of them, AWS may ignore `stackFilters` for all of them: its guides differ on
   * this.
   *
   * @default - `RESOURCE` and `CLOUD_CONTROL`; with `stackFilters` only `RESOURCE`
   */
  readonly operations?: GuardHookOperation[];

  /**
   * The CloudFormation types that the hook is asked about, out of those that have rules. With `STACK` or `CHANGE_SET` every type with rules is evaluated.
   *
   * @default - every type that has rules of the severity
   */
  readonly resourceTypes?: string[];

  /**
   * The stacks that the hook is asked about. With them, Cloud Control API does not call the hook unless `operations` includes it.
   *
   * @default - all stacks
   */
  readonly stackFilters?: GuardHookStackFilters;
}

const FILTERS: Shape<GuardHookStackFilters> = {
  includeNames: TEXTS, excludeNames: TEXTS, includeRoles: TEXTS, excludeRoles: TEXTS, matchAny: orUnresolved(BOOLEAN),
};

/** The accepted values of the properties. */
export const HOOK_OPTIONS: Shape<ImdsGuardHookOptions> = {
  alias: LATER,
  mode: oneOf(GuardHookMode),
  enabled: orUnresolved(BOOLEAN),
  severity: oneOf(GuardSeverity),
  maxHopLimit: HOP_LIMIT,
  operations: listOf(oneOf(GuardHookOperation)),
  resourceTypes: TEXTS,
  stackFilters: shapeOf(FILTERS),
};
