import { App } from 'aws-cdk-lib';
import { FleetStack } from './fleet-stack';
import { Imdsv2 } from '../../src';

const app = new App();
new FleetStack(app, 'Fleet');

Imdsv2.enforce(app);

app.synth();
