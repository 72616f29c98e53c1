import { App, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefaultHttpTokens, ImdsAccountDefaults, ImdsAccountDefaultsStackSet, ImdsRegions } from '../../../src';

const app = new App();

const account = new Stack(app, 'Account');
new ImdsAccountDefaults(account, 'Plain');
new ImdsAccountDefaults(account, 'Named', {
  regions: ImdsRegions.of('us-west-2', 'ap-southeast-2'),
  httpTokens: DefaultHttpTokens.REQUIRED,
  httpTokensEnforced: true,
  httpPutResponseHopLimit: 1,
  httpEndpoint: true,
  instanceMetadataTags: false,
  removalPolicy: RemovalPolicy.DESTROY,
  runtime: Runtime.NODEJS_22_X,
});

// Another account, because two constructs that set the defaults of one account would conflict.
const everywhere = new Stack(app, 'Everywhere', { env: { account: '444455556666' } });
new ImdsAccountDefaults(everywhere, 'Defaults', { regions: ImdsRegions.allEnabled(), removalPolicy: RemovalPolicy.RETAIN });

const organization = new Stack(app, 'Organization');
new ImdsAccountDefaultsStackSet(organization, 'Plain', { organizationalUnitIds: ['ou-ab12-cd34ef56'] });
new ImdsAccountDefaultsStackSet(organization, 'Told', {
  organizationalUnitIds: ['r-ab12'],
  excludedAccounts: ['444455556666'],
  regions: ImdsRegions.of('eu-west-1'),
  stackRegions: ['eu-west-1'],
  stackSetName: 'imds-told',
  autoDeployment: true,
  retainStacksOnAccountRemoval: true,
  delegatedAdmin: true,
  managedExecution: false,
  operation: { failureToleranceCount: 1, maxConcurrentCount: 2, softFailureTolerance: true, parallelRegions: true },
});
new ImdsAccountDefaultsStackSet(organization, 'Imported', { organizationalUnitIds: [Fn.importValue('Unit')], stackRegions: ['us-east-1', 'eu-west-1'] });
