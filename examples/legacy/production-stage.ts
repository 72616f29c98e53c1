import { Stage, StageProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PaymentsStack } from './payments-stack';

/** A stage is a separate assembly, and aspects of the app do not enter it. */
export class ProductionStage extends Stage {
  constructor(scope: Construct, id: string, props?: StageProps) {
    super(scope, id, props);
    new PaymentsStack(this, 'Payments');
  }
}
