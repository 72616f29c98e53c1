import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { repairDefinition, rollbackDefinition } from './definition/definition';
import type { ImdsRepairProps } from './imds-repair';
import { RecordReader } from './record-reader';
import { RepairReaction } from './repair-reaction';
import { repairRights, rollbackRights } from './repair-rights';
import type { RepairPlace } from './repair-settings';
import { repairSettings, rollbackSettings } from './repair-settings';
import { RepairStateMachine } from './repair-state-machine';

/** The state machine for repairs, and the one for rollbacks. */
export interface RepairStateMachines {
  readonly repair: RepairStateMachine;
  readonly rollback: RepairStateMachine;
}

/** Creates both state machines and their lock. A repair can start a rollback if refused calls cause one. */
export function repairStateMachines(scope: Construct, kept: Omit<RepairPlace, 'table'>, props: ImdsRepairProps): RepairStateMachines {
  const table = new Table(scope, 'Lock', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expires',
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const place = { ...kept, table };
  const reader = props.usage && new RecordReader(scope, 'Record', { monitor: props.usage, runtime: props.runtime });
  const rollback = new RepairStateMachine(scope, 'Rollback', {
    comment: 'Rolls back a repair', definition: rollbackDefinition(rollbackSettings(place, props)),
  });
  const started = (props.onRejectedCalls ?? RepairReaction.STOP) === RepairReaction.STOP ? undefined : rollback.stateMachine;
  const repair = new RepairStateMachine(scope, 'Runs', {
    comment: 'Requires IMDSv2 on running instances',
    definition: repairDefinition({
      settings: repairSettings(place, props),
      listing: props.selection._listing,
      recordReaderArn: reader?.function.functionArn,
      rollbackArn: started?.stateMachineArn,
    }),
  });
  const [repairs, rollsBack] = [repair.stateMachineName, rollback.stateMachineName];
  repair.allow(repairRights({ ...place, stateMachineName: repairs, otherName: rollsBack, selection: props.selection, rollback: started }));
  rollback.allow(rollbackRights({ ...place, stateMachineName: rollsBack, otherName: repairs }));
  for (const { role } of [repair, rollback]) { kept.bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey'); }
  reader?.function.grantInvoke(repair.role);
  return { repair, rollback };
}
