import { App } from 'aws-cdk-lib';
import { Imdsv2 } from 'cdk-imdsv2';
import { FleetStack } from './fleet-stack';

const app = new App();
new FleetStack(app, 'Fleet');

Imdsv2.enforce(app);

app.synth();
