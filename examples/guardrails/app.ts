import { App } from 'aws-cdk-lib';
import { AccountStack } from './account-stack';
import { OrganizationStack } from './organization-stack';

const app = new App();
new OrganizationStack(app, 'Organization', { env: { region: 'us-east-1' } });
new AccountStack(app, 'Account');

app.synth();
