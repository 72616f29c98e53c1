import { App } from 'aws-cdk-lib';
import { Imdsv2 } from 'cdk-imdsv2';
import { GoldenImageStack } from './golden-image-stack';

const app = new App();
new GoldenImageStack(app, 'GoldenImage');

Imdsv2.enforce(app);

app.synth();
