import { readFileSync, rmSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples';
import { AccountStack } from '../../examples/guardrails/account-stack';
import { OrganizationStack } from '../../examples/guardrails/organization-stack';
import { Imdsv2 } from '../../src';

/** What a report of CDK says, as far as it is read here. */
interface ValidationReport {
  readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string; readonly description: string }[] }[];
}

/** The rules of CDK's own validation for what CloudFormation would refuse, by the first letter; others are about taste. */
const REFUSED = /^(?:.*::)?[EF]\d+$/;

const before = process.env.CDK_VALIDATION;
beforeAll(() => { delete process.env.CDK_VALIDATION; });
afterAll(() => { process.env.CDK_VALIDATION = before; });

/** What CDK's own validation finds in an app that CloudFormation would refuse. */
function refusedIn(build: (app: App) => void): string[] {
  const app = new App();
  build(app);
  jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  const { pluginReports } = reportIn(directory);
  rmSync(directory, { recursive: true, force: true });
  process.exitCode = undefined;
  return pluginReports.flatMap(({ violations }) => violations).filter(({ ruleName }) => REFUSED.test(ruleName)).map(({ ruleName, description }) => `${ruleName}: ${description}`);
}

function reportIn(directory: string): ValidationReport {
  try {
    return JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as ValidationReport;
  } catch {
    return { pluginReports: [] };
  }
}

test.each(EXAMPLES)('CloudFormation takes the example $name', ({ build }) => {
  expect(refusedIn(app => { build(app); Imdsv2.enforce(app); })).toEqual([]);
});

test('CloudFormation takes the guardrails', () => {
  expect(refusedIn(app => {
    new OrganizationStack(app, 'Organization', { env: { region: 'us-east-1' } });
    new AccountStack(app, 'Account');
  })).toEqual([]);
});
