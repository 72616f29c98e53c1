import { App } from 'aws-cdk-lib';
import { Imdsv2 } from 'cdk-imdsv2';
import { PlatformStack } from './platform-stack';

const app = new App();
new PlatformStack(app, 'Platform');

Imdsv2.enforce(app);

app.synth();
