import type { Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { RepairSettings, RollbackSettings } from './definition/settings';
import type { ImdsRepairProps } from './imds-repair';
import { RepairReaction } from './repair-reaction';
import { looksWithin, pauseOf, quietDaysWithin } from './repair-times';
import { RepairWaves } from './repair-waves';

/** The place of the data of both state machines. */
export interface RepairPlace {
  readonly stack: Stack;
  readonly bucket: IBucket;
  readonly folder: string;
  readonly table: ITable;
}

/** @throws Error if a time is out of bounds */
export function repairSettings(place: RepairPlace, props: ImdsRepairProps): RepairSettings {
  const { selection, quietFor, usage, waves = RepairWaves.canary(5, [10, 50]), waitBetweenWaves } = props;
  return {
    ...rollbackSettings(place, props),
    quietDays: quietDaysWithin(quietFor, usage?._quietDays),
    selection: selection._tags,
    ...selection._configRuleName !== undefined && { rule: selection._configRuleName },
    waves: waves._steps,
    maxRejectedCalls: props.maxRejectedCalls ?? 0,
    onRejected: props.onRejectedCalls ?? RepairReaction.STOP,
    ...looksWithin(waitBetweenWaves),
  };
}

/** A rollback uses the record of a run, not the selection. */
export function rollbackSettings(place: RepairPlace, { callsPerSecond = 5, pauseAfterStop }: ImdsRepairProps): RollbackSettings {
  const { stack: { account, region }, bucket, folder, table } = place;
  const pauseSeconds = pauseOf(pauseAfterStop);
  return { bucket: bucket.bucketName, folder, table: table.tableName, account, region, callsPerSecond, selection: [], pauseSeconds };
}
