import { App } from 'aws-cdk-lib';
import { Imdsv2 } from 'cdk-imdsv2';
import { ProductionStage } from './production-stage';
import { WebTierStack } from './web-tier-stack';

const app = new App();
new WebTierStack(app, 'WebTier');
new ProductionStage(app, 'Production');

Imdsv2.enforce(app);

app.synth();
