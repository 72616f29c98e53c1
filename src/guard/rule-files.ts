import type { Severity } from '../policy/rule';
import { RECORDS } from '../resources/all-records';
import { HOP_LIMITS_VARIABLE } from './accepted-values';
import { PRESENCE_HELPERS } from './gap-helpers';
import { OPERATION_VARIABLE, printRule } from './guard-rule';
import type { Helper } from './helper';
import { neededBy, printHelper } from './helper';
import { WORD_HELPERS } from './option-helpers';
import { templateRules } from './template-rules';
import { TEMPLATE_VARIABLE, VALUE_HELPERS } from './value-helpers';

const ABOUT = `# Guard rules that require IMDSv2 in CloudFormation templates, for cfn-guard 3 and for whatever runs it. Written by GuardRules of cdk-imdsv2.
#
# The rules whose names begin with imdsv2_ are public: their names stay. Each of them asks one thing of one resource type, is skipped where a template has
# no resource of the type, and says which rule of cdk-imdsv2 it belongs to. Whatever begins with imds_ is called by them and may change.
#
# A Guard hook hands in a template, or one resource in the shape of a template, with a HookContext beside it. Deletions pass.
#
# Both branches of Fn::If have to comply, and all that a parameter allows. What only CloudFormation knows does not require tokens: it fails.
# A rule looks at one resource at a time. What is left to a launch template is for the rule on that one.`;

const ABOUT_ERRORS = `#
# These are the rules that a pipeline should stop at: IMDSv1 may get in, or the template cannot be deployed. Types that launch instances and cannot say
# it, and high hop limits, are no reason to stop: imdsv2-warnings.guard has them, for a run that does not fail and for hooks in warn mode.`;

const ABOUT_WARNINGS = `#
# These are the rules that somebody should look at, and that are no reason to stop a pipeline: Guard knows no warnings, so they have a file of their own.
# Run it where a failure is shown and stops nothing, as in a hook in warn mode.`;

/** The rules for templates, with all helpers that they need. */
export function templateFile(severities: readonly Severity[], maxHopLimit: number): string {
  const rules = templateRules(RECORDS, severities, maxHopLimit);
  const library = distinct([...rules.flatMap(({ helpers }) => helpers), ...WORD_HELPERS, ...PRESENCE_HELPERS, ...VALUE_HELPERS]);
  const helpers = neededBy(rules.flatMap(({ clauses }) => clauses), library);
  const usesHopLimits = helpers.some(({ body }) => body.join().includes('%imds_hop_limits'));
  const about = severities.length > 1 ? [ABOUT] : [ABOUT, severities[0] === 'error' ? ABOUT_ERRORS : ABOUT_WARNINGS];
  return [about.join('\n'), [TEMPLATE_VARIABLE, OPERATION_VARIABLE, ...usesHopLimits ? [HOP_LIMITS_VARIABLE] : []].join('\n'), ...rules.map(printRule), ...helpers.map(printHelper)].join('\n\n') + '\n';
}

function distinct(helpers: readonly Helper[]): readonly Helper[] {
  return [...new Map(helpers.map(each => [each.name, each])).values()];
}
