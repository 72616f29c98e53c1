import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { EXAMPLES } from '../../examples';
import { AccountStack } from '../../examples/guardrails/account-stack';
import { OrganizationStack } from '../../examples/guardrails/organization-stack';
import { ComplianceStack } from '../../examples/transition/compliance-stack';
import { OrganizationStack as WatchingOrganizationStack } from '../../examples/transition/organization-stack';
import { WatchStack } from '../../examples/transition/watch-stack';
import {
  ImdsConfigRule, ImdsConfigRules, ImdsConformancePack, ImdsOrganizationConfigRules, ImdsRemediation, ImdsRemediationRole, Imdsv2,
} from '../../src';

/** The used part of CDK's report. */
interface ValidationReport {
  readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string; readonly description: string }[] }[];
}

/** Messages of older versions of CDK about properties that they do not know. */
const UNKNOWN_TO_SOME = /'DisableIMDSV1' was unexpected/;

/** The rules of CDK's own validation for templates that CloudFormation would reject, by the first letter. Others are about style. */
const REFUSED = /^(?:.*::)?[EF]\d+$/;

const before = process.env.CDK_VALIDATION;
beforeAll(() => { delete process.env.CDK_VALIDATION; });
afterAll(() => { process.env.CDK_VALIDATION = before; });

/** The findings of CDK's own validation that CloudFormation would reject. */
function refusedIn(build: (app: App) => void): string[] {
  const { exitCode } = process;
  jest.spyOn(console, 'error').mockImplementation();
  const app = new App();
  build(app);
  const { directory } = app.synth();
  const violations = reportIn(directory).pluginReports.flatMap(report => report.violations);
  rmSync(directory, { recursive: true, force: true });
  process.exitCode = exitCode; // CDK sets it if it finds something
  return violations.filter(({ ruleName, description }) => REFUSED.test(ruleName) && !UNKNOWN_TO_SOME.test(description))
    .map(({ ruleName, description }) => `${ruleName}: ${description}`);
}

function reportIn(directory: string): ValidationReport {
  try {
    return JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as ValidationReport;
  } catch {
    return { pluginReports: [] };
  }
}

test.each(EXAMPLES)("CDK's validation accepts the example $name", ({ build }) => {
  expect(refusedIn(app => { build(app); Imdsv2.enforce(app); })).toEqual([]);
});

test("CDK's validation accepts the usage monitor", () => {
  expect(refusedIn(app => {
    new WatchStack(app, 'Watch');
    new WatchingOrganizationStack(app, 'Organization', { env: { region: 'eu-west-1' } });
  })).toEqual([]);
});

test("CDK's validation accepts the rules of AWS Config, in a known Region and in an unknown one", () => {
  expect(refusedIn(app => {
    new ComplianceStack(app, 'Compliance', { env: { region: 'eu-west-1' } });
    new ComplianceStack(app, 'Anywhere');
    const stack = new Stack(app, 'Others');
    const remediation = ImdsRemediation.byConfigRunbook({ automatic: true });
    new ImdsConformancePack(stack, 'Pack', { remediation });
    new ImdsOrganizationConfigRules(stack, 'Rules', { rules: ImdsConfigRule.all() });
    new ImdsRemediationRole(stack, 'Role', { remediation });
  })).toEqual([]);
});

test("CDK's validation accepts the template of a conformance pack", () => {
  const path = join(mkdtempSync(join(tmpdir(), 'cdk-imdsv2-')), 'pack.yaml');
  ImdsConfigRules.conformancePack({ rules: ImdsConfigRule.all(), remediation: ImdsRemediation.bySupportRunbook({ automatic: true }) }).writeTo(path);
  expect(refusedIn(app => { new CfnInclude(new Stack(app, 'Pack'), 'Template', { templateFile: path }); })).toEqual([]);
  rmSync(dirname(path), { recursive: true });
});

test("CDK's validation accepts the guardrails", () => {
  expect(refusedIn(app => {
    new OrganizationStack(app, 'Organization', { env: { region: 'us-east-1' } });
    new AccountStack(app, 'Account');
  })).toEqual([]);
});
