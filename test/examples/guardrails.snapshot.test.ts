import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountStack } from '../../examples/guardrails/account-stack';
import { OrganizationStack } from '../../examples/guardrails/organization-stack';

const app = () => new App({ builtinCloudFormationValidation: false } as object);

/** The text of a template without compressed rules, because versions of Node.js can compress differently. */
const withoutPackedRules = (text: string) => text.replace(/(GUARD_RULES=\\*")[^"\\]+/g, '$1...');

test('the guardrails of an organization do not change', () => {
  const stack = new OrganizationStack(app(), 'Organization', { env: { region: 'us-east-1' } });
  expect(JSON.parse(withoutPackedRules(JSON.stringify(Template.fromStack(stack).toJSON())))).toMatchSnapshot();
});

test('the guardrails of an account do not change', () => {
  expect(Template.fromStack(new AccountStack(app(), 'Account')).toJSON()).toMatchSnapshot();
});
