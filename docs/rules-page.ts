import { App } from 'aws-cdk-lib';
import type { Control } from '../src/policy/controls';
import { ImdsExemption } from '../src/policy/imds-exemption';
import type { Rule } from '../src/policy/rule';
import { anchor, capitalized, code, codeBlock, table } from './markdown';
import type { RuleExamples } from './rule-examples';

/** A rule with what the page shows of it. */
type ShownRule = Rule & RuleExamples & { readonly id: string };

/** The page that says what each finding means and what to do: `RULES.md`. */
export function rulesPage(rules: Readonly<Record<string, Rule>>, examples: ReadonlyMap<string, RuleExamples>, imports: string): string {
  const shown = Object.entries(rules).map(([id, rule]): ShownRule => {
    const example = examples.get(id);
    if (!example) { throw new Error(`${id} has no example in the cases of the tests`); }
    return { id, ...rule, ...example };
  });
  return [introduction(shown), importsSection(imports), SETTLING, ...shown.map(ruleSection)].join('\n\n') + '\n';
}

function introduction(rules: readonly ShownRule[]): string {
  return `<!-- Written by \`npm run docs\` out of src/policy/rules.ts and test/rules. Change it there. -->
# Rules

This page lists the rules that the library checks. Rule ids are part of the public API: an id never changes, and its meaning never changes.

${table(['Rule', 'Severity', 'What the rule requires'], rules.map(({ id, severity, title }) => [`[${code(id)}](#${anchor(id)})`, severity, capitalized(title)]))}

- A **check** changes nothing and reports findings with a severity. An \`error\` means that IMDSv1 is allowed, or that a deployment or a launch fails. A \`warning\`
  means that the result is only known at deployment, or that something else may stop working.
- **Enforcement** fixes what it can, and warns about the rest, whatever the severity. If enforcement was undone or did not reach a stage, the synthesis fails.
- The **examples** come from [the tests](../test/rules). The first example of a rule is reported, the second is not. They need [these lines](#imports-of-the-examples).
- The **controls** are rules of other tools that require the same, or a part of it, as the note says. Most of them look at deployed resources, and at one resource type.`;
}

function importsSection(imports: string): string {
  return `## Imports of the examples

Each example needs some of these imports, and an app:

${codeBlock(`${imports}\n\nconst app = new App();`)}`;
}

const SETTLING = `## Acknowledging a finding

If a finding is acceptable, acknowledge it on the resource, or on a scope above it, up to the app. CDK's own acknowledgement does not expire. An exemption
can have an end date, an owner and a ticket. Both apply to everything in the scope. If you exempt a scope from \`Imdsv2::TokensRequired\`, or acknowledge this rule, enforcement does
not change anything in that scope.

\`\`\`ts
import { Stack, Validations } from 'aws-cdk-lib';
import { ImdsExemption } from 'cdk-imdsv2';

declare const stack: Stack;

Validations.of(stack).acknowledge({ id: 'Imdsv2::ReplacesResource', reason: 'the fleet is stateless' });
ImdsExemption.of(stack).add({
  rule: 'Imdsv2::TokensRequired',
  reason: 'the licence daemon supports only IMDSv1',
  owner: 'payments',
  ticket: 'SEC-1234',
  expires: '2027-03-31',
});
\`\`\``;

function ruleSection(rule: ShownRule): string {
  const { id, title, severity, explanation, fix, see, today, controls = [] } = rule;
  const on = today === undefined ? '' : `, on ${today}`;
  return [
    `## ${id}`,
    `**${capitalized(title)}.** ${explanation}`,
    [
      `- Severity: \`${severity}\``,
      `- Reported by: ${reporters(rule)}`,
      ...rule.foundBy === 'check' ? [`- Id in the cdk-nag pack: ${code(id.replace('::', '-'))}`] : [],
      `- What to do: ${fix}`,
      `- If it is acceptable: ${settling(rule)}`,
      `- Documentation: [${see.replace(/^https:\/\//, '')}](${see})`,
    ].join('\n'),
    `Reported${on}:`,
    codeBlock(rule.bad),
    `Fine${on}:`,
    codeBlock(rule.good),
    ...controls.length > 0 ? [controlsTable(controls)] : [],
  ].join('\n\n');
}

function reporters({ foundBy, severity }: ShownRule): string {
  if (foundBy === 'check') { return 'checks and enforcement'; }
  if (foundBy === 'dependencies') { return 'checks with the property `sdks`'; }
  return severity === 'error' ? 'enforcement: the synthesis fails' : 'enforcement';
}

/** How a finding is acknowledged or exempted, if it can be. */
function settling(rule: ShownRule): string {
  const { id, foundBy, severity } = rule;
  const refusal = exemptionRefused(id);
  const acknowledgement = code(`Validations.of(scope).acknowledge({ id: '${id}', reason: '...' })`);
  if (refusal === undefined) { return `${acknowledgement}, or ${code(`ImdsExemption.of(scope).add({ rule: '${id}', reason: '...' })`)}`; }
  const canAcknowledge = foundBy !== 'enforcement' || severity === 'warning';
  return canAcknowledge ? `${acknowledgement}; it cannot be exempted, because ${refusal}` : `it cannot be acknowledged or exempted, because ${refusal}`;
}

/** Why a rule cannot be exempted, as `ImdsExemption` itself says it. */
function exemptionRefused(rule: string): string | undefined {
  try {
    ImdsExemption.of(new App()).add({ rule, reason: 'to see whether it can be' });
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^.*?got '[^']*': /, '');
  }
}

function controlsTable(controls: readonly Control[]): string {
  return table(['Control', 'Of', 'What it checks'], controls.map(({ framework, id, note }) => [code(id), framework, capitalized(note)]));
}
