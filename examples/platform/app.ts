import { App } from 'aws-cdk-lib';
import { PlatformStack } from './platform-stack';
import { Imdsv2 } from '../../src';

const app = new App();
new PlatformStack(app, 'Platform');

Imdsv2.enforce(app);

app.synth();
