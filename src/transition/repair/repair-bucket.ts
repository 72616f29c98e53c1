import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { KeptBucket } from '../kept-bucket';

/** A bucket for the plans, records and reports of runs: for as long as they stay, a run can be taken back. */
export class RepairBucket extends KeptBucket {
  public constructor(scope: Construct, id: string) {
    super(scope, id, Duration.days(30));
  }
}
