import { Token } from 'aws-cdk-lib';
import { GuardSeverity, ruledTypes } from '../../guard/guard-rules';
import { describeValue } from '../../model/setting';
import type { GuardHookStackFilters } from './guard-hook-options';
import type { ImdsGuardHookProps } from './guard-hook-props';
import { isAboutTemplates, severityOf } from './hook-targets';

const ALIAS = /^(?!aws)[a-z0-9]{2,64}(::[a-z0-9]{2,64}){2}$/i;
const RULE_FILE = /[^/]\.(guard|zip|tar\.gz)$/;
const STACK_NAME = /^(?=.{1,128}$)[A-Za-z*?][-A-Za-z0-9*?]*$/;
const ROLE_ARN = /^(?=.{1,256}$)arn:[^:]+:iam::([0-9]{12}|[0-9?]*\*[0-9*?]*|[0-9?]{12}):role\/.+$/;
const MAX_ITEMS = 50;

/**
 * Checks the known properties of a Guard hook.
 *
 * @throws Error if CloudFormation does not accept one, or two contradict each other
 */
export function checkGuardHook(props: ImdsGuardHookProps): void {
  checkAlias(props.alias);
  checkItems('operations', props.operations, () => undefined);
  checkTypes(props);
  if (props.stackFilters) { checkStacks(props.stackFilters); }
  checkRules(props);
}

function checkAlias(alias: unknown): void {
  if (alias === undefined || Token.isUnresolved(alias)) { return; }
  if (typeof alias !== 'string' || !ALIAS.test(alias)) {
    throw new Error(`alias must be three names of 2 to 64 letters and digits, and not begin with AWS, as in 'Imdsv2::Guard::Hook', got ${describeValue(alias)}`);
  }
}

function checkTypes(props: ImdsGuardHookProps): void {
  const { resourceTypes, operations = [] } = props;
  if (resourceTypes === undefined) { return; }
  const severity = severityOf(props);
  const templates = operations.filter(isAboutTemplates);
  if (templates.length > 0) {
    throw new Error(`resourceTypes must not be given with the operation ${describeValue(templates[0])}, which evaluates templates with all types in them`);
  }
  const known = ruledTypes(severity);
  checkItems('resourceTypes', resourceTypes, type => {
    if (!Token.isUnresolved(type) && !known.includes(type)) {
      throw new Error(`resourceTypes must be types that have rules of severity '${severity}', such as '${known[0]}', got ${describeValue(type)}`);
    }
  });
}

function checkStacks({ includeNames, excludeNames, includeRoles, excludeRoles }: GuardHookStackFilters): void {
  if (!(includeNames ?? excludeNames ?? includeRoles ?? excludeRoles)) {
    throw new Error('stackFilters must name stacks or roles, got neither');
  }
  checkPatterns('stackFilters.includeNames', includeNames, STACK_NAME, 'names of stacks, with or without wildcards');
  checkPatterns('stackFilters.excludeNames', excludeNames, STACK_NAME, 'names of stacks, with or without wildcards');
  checkPatterns('stackFilters.includeRoles', includeRoles, ROLE_ARN, 'ARNs of roles, with or without wildcards');
  checkPatterns('stackFilters.excludeRoles', excludeRoles, ROLE_ARN, 'ARNs of roles, with or without wildcards');
}

function checkPatterns(name: string, values: readonly string[] | undefined, pattern: RegExp, what: string): void {
  checkItems(name, values, value => {
    if (!Token.isUnresolved(value) && !pattern.test(value)) { throw new Error(`${name} must be ${what}, got ${describeValue(value)}`); }
  });
}

function checkItems<T>(name: string, values: readonly T[] | undefined, check: (value: T) => void): void {
  if (values === undefined || Token.isUnresolved(values)) { return; }
  if (values.length === 0 || values.length > MAX_ITEMS) { throw new Error(`${name} must have 1 to ${MAX_ITEMS} items, got ${values.length}`); }
  if (new Set(values).size < values.length) { throw new Error(`${name} must not repeat an item, got ${describeValue(values)}`); }
  values.forEach(check);
}

function checkRules(props: ImdsGuardHookProps): void {
  if (props.rulesBucket) {
    checkRulesInBucket(props);
  } else {
    checkOwnRules(props);
  }
}

function checkOwnRules({ rulesKey, rulesVersion, maxHopLimit, severity = GuardSeverity.ERROR }: ImdsGuardHookProps): void {
  const [stray] = Object.entries({ rulesKey, rulesVersion }).filter(([, value]) => value !== undefined);
  if (stray) { throw new Error(`${stray[0]} must come with rulesBucket, got ${describeValue(stray[1])} without it`); }
  if (maxHopLimit !== undefined && severity === GuardSeverity.ERROR) {
    throw new Error(`maxHopLimit needs the severity 'warning' or 'all', got '${severity}': high hop limits are among the warnings`);
  }
}

function checkRulesInBucket({ rulesKey, rulesVersion, maxHopLimit }: ImdsGuardHookProps): void {
  if (rulesKey === undefined || (!Token.isUnresolved(rulesKey) && !RULE_FILE.test(rulesKey))) {
    throw new Error(`rulesKey must be the key of a .guard, .zip or .tar.gz file in rulesBucket, got ${describeValue(rulesKey)}`);
  }
  if (rulesVersion === '') { throw new Error("rulesVersion must be the id of a version of the object, got ''"); }
  if (maxHopLimit !== undefined) {
    throw new Error(`maxHopLimit must not be given with rulesBucket, whose rules have a limit of their own, got ${maxHopLimit}`);
  }
}
