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

const ABOUT = `# Guard rules that require IMDSv2 in CloudFormation templates, for cfn-guard 3 and tools that run it. Written by GuardRules of cdk-imdsv2.
#
# The rules whose names begin with imdsv2_ are public: their names stay. Each of them checks one thing in one resource type. It is skipped if the
# template has no resource of the type. Its comment names its rule in cdk-imdsv2. Rules that begin with imds_ are helpers, and may change.
#
# A Guard hook passes a template, or one resource in the form of a template, with a HookContext next to it. Deletions pass.
#
# Both branches of Fn::If must comply, and every allowed value of a parameter.
# A value that is known only at deployment counts as not requiring tokens, so the rule fails.
# A rule looks at one resource at a time. If a launch template sets the options, its own rule checks them.`;

const ABOUT_ERRORS = `#
# These are the rules that a pipeline should stop at: IMDSv1 may get in, or the template cannot be deployed. imdsv2-warnings.guard has the rules that
# should only warn, for a run that does not fail and for hooks in warn mode: on resources without metadata options of their own, and on high hop limits.`;

const ABOUT_WARNINGS = `#
# These rules should only warn. Guard has no warnings, so they have a file of their own. Run it where a failure does not stop the pipeline, or in a hook
# in warn mode.`;

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
