import type { CfnStackSet, Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { GuardRules, GuardSeverity } from '../../guard/guard-rules';
import { checkKnown } from '../stack-sets/check-known';
import { detachedTemplateBody } from '../stack-sets/detached-template';
import { hookRole } from './execution-role';
import type { ImdsGuardHookOptions } from './guard-hook-options';
import type { ImdsGuardHookProps } from './guard-hook-props';
import type { ImdsGuardHookStackSetProps } from './guard-hook-stack-set-props';
import { ImdsGuardHook } from './imds-guard-hook';
import { RulesBucket } from './rules-bucket';

/** The place of the rules for a hook. */
type RulesProps = Pick<ImdsGuardHookProps, 'rulesBucket' | 'rulesKey' | 'rulesVersion' | 'severity'>;

/**
 * The template of the stack that each account gets in each Region.
 *
 * @throws Error if the settings of the hook are not known at synthesis, or the template gets too long
 */
export function hookTemplate(props: ImdsGuardHookStackSetProps): string {
  const { alias, mode, enabled, severity, maxHopLimit, operations, resourceTypes, stackFilters } = props;
  const known: ImdsGuardHookOptions = { alias, mode, enabled, severity, maxHopLimit, operations, resourceTypes, stackFilters };
  Object.entries(known).forEach(([name, value]) => checkKnown(name, value));
  return detachedTemplateBody(stack => {
    const rules = props.rulesBucket ? sharedRules(stack) : ownRules(stack, props);
    new ImdsGuardHook(stack, 'Hook', { ...known, maxHopLimit: undefined, ...rules, executionRole: hookRole(stack, ROLE_PATH) });
  });
}

/** The values of the parameters of that template. */
export function parametersOf({ rulesBucket, rulesKey, rulesVersion }: ImdsGuardHookStackSetProps): CfnStackSet.ParameterProperty[] | undefined {
  return rulesBucket && [
    { parameterKey: 'RulesBucket', parameterValue: rulesBucket.bucketName },
    { parameterKey: 'RulesKey', parameterValue: rulesKey! },
    { parameterKey: 'RulesVersion', parameterValue: rulesVersion! },
  ];
}

/** The rules in the template itself. */
function ownRules(stack: Stack, { severity = GuardSeverity.ERROR, maxHopLimit, runtime }: ImdsGuardHookStackSetProps): RulesProps {
  const { bucket, key, version } = new RulesBucket(stack, 'Rules', { rules: GuardRules.render({ severity, maxHopLimit }), rolePath: ROLE_PATH, runtime });
  return { rulesBucket: bucket, rulesKey: key, rulesVersion: version, severity };
}

/** The rules in a bucket of another account. */
function sharedRules(stack: Stack): RulesProps {
  const [name, rulesKey, rulesVersion] = ['RulesBucket', 'RulesKey', 'RulesVersion'].map(id => new CfnParameter(stack, id).valueAsString);
  return { rulesBucket: Bucket.fromBucketName(stack, 'Rules', name), rulesKey, rulesVersion };
}

/** The path in `ROLE_ARN_PATTERN`. */
const ROLE_PATH = '/cdk-imdsv2/';
