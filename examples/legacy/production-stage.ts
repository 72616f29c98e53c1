import { Stage, StageProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PaymentsStack } from './payments-stack';

/** A stage is an assembly of its own: aspects of the app do not enter it by themselves. */
export class ProductionStage extends Stage {
  constructor(scope: Construct, id: string, props?: StageProps) {
    super(scope, id, props);
    new PaymentsStack(this, 'Payments');
  }
}
