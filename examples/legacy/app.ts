import { App } from 'aws-cdk-lib';
import { ProductionStage } from './production-stage';
import { WebTierStack } from './web-tier-stack';
import { Imdsv2 } from '../../src';

const app = new App();
new WebTierStack(app, 'WebTier');
new ProductionStage(app, 'Production');

Imdsv2.enforce(app);

app.synth();
