import { App } from 'aws-cdk-lib';
import type { Control } from '../src/policy/controls';
import { ImdsExemption } from '../src/policy/imds-exemption';
import type { Rule } from '../src/policy/rule';
import { anchor, capitalized, code, codeBlock, table } from './markdown';
import type { RuleExamples } from './rule-examples';

/** A rule with what the page shows of it. */
type ShownRule = Rule & RuleExamples & { readonly id: string };

/** The page that says what each finding means and what to do: `RULES.md`. */
export function rulesPage(rules: Readonly<Record<string, Rule>>, examples: ReadonlyMap<string, RuleExamples>): string {
  const shown = Object.entries(rules).map(([id, rule]): ShownRule => {
    const example = examples.get(id);
    if (!example) { throw new Error(`${id} has no example in the cases of the tests`); }
    return { id, ...rule, ...example };
  });
  return [introduction(shown), SETTLING, ...shown.map(ruleSection)].join('\n\n') + '\n';
}

function introduction(rules: readonly ShownRule[]): string {
  return `<!-- Written by \`npm run docs\` out of src/policy/rules.ts and test/rules. Change it there. -->
# Rules

What the library may find in an app. The id of a rule is public: it stays, and never comes to mean anything else.

${table(['Rule', 'Severity', 'What must hold'], rules.map(({ id, severity, title }) => [`[${code(id)}](#${anchor(id)})`, severity, capitalized(title)]))}

- A **check** changes nothing and reports by severity. An \`error\` is where IMDSv1 may get in, or where a deployment or a launch fails; a \`warning\`
  is where nobody can tell before deployment, or where something else may suffer.
- **Enforcement** fixes what it can and warns of the rest, whatever the severity. Where something kept it from doing so, the synthesis fails.
- The **examples** are [what the tests run](../test/rules), where their imports stand: the first of a rule is reported, and the second is not.
  \`app\` is an \`App\`.
- The **controls** ask for the same as a rule, or for some of it, in what the note says. Most look at what is deployed, and at one resource type each.`;
}

const SETTLING = `## Settling a finding

If a finding is fine as it is, acknowledge it: on the resource, or on a scope above it, up to the app. CDK's own acknowledgement has no end. An exemption
can have an end, an owner and a ticket. Both hold for everything under the scope. Enforcement does not touch what is exempt from \`Imdsv2::TokensRequired\`, or
where that is acknowledged.

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
      ...rule.foundBy === 'check' ? [`- The pack for cdk-nag prints it as: ${code(id.replace('::', '-'))}`] : [],
      `- What to do: ${fix}`,
      `- If it is fine as it is: ${settling(rule)}`,
      `- Read on: [${see.replace(/^https:\/\//, '')}](${see})`,
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
  if (foundBy === 'dependencies') { return 'checks that are told where to look, by `sdks`'; }
  return severity === 'error' ? 'enforcement: the synthesis fails' : 'enforcement';
}

/** How a finding is acknowledged or exempted, if it can be. */
function settling(rule: ShownRule): string {
  const { id, foundBy, severity } = rule;
  const refusal = exemptionRefused(id);
  const acknowledgement = code(`Validations.of(scope).acknowledge({ id: '${id}', reason: '...' })`);
  if (refusal === undefined) { return `${acknowledgement}, or ${code(`ImdsExemption.of(scope).add({ rule: '${id}', reason: '...' })`)}`; }
  const canAcknowledge = foundBy !== 'enforcement' || severity === 'warning';
  return canAcknowledge ? `${acknowledgement}; it cannot be exempted, since ${refusal}` : `it cannot be acknowledged or exempted, since ${refusal}`;
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
  return table(['Control', 'Of', 'What it looks at'], controls.map(({ framework, id, note }) => [code(id), framework, capitalized(note)]));
}
