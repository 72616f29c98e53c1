import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ImdsRepair, RepairReaction, RepairSelection, RepairWaves } from 'cdk-imdsv2';
import { Construct } from 'constructs';

/** Makes a plan each week of the instances that can require IMDSv2. A person reads the plan, and starts the state machine with {"mode": "repair", "run": "..."}. */
export class RepairStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const repair = new ImdsRepair(this, 'Repair', {
      selection: RepairSelection.tags({ Environment: ['production'] }),
      quietFor: Duration.days(32), // there are monthly jobs
      waves: RepairWaves.canary(2, [10, 50]),
      waitBetweenWaves: Duration.hours(4),
      onRejectedCalls: RepairReaction.ROLL_BACK_REFUSING,
      schedule: Schedule.cron({ weekDay: 'MON', hour: '6', minute: '0' }),
      alarmTopicArn: new Topic(this, 'Alarms').topicArn,
    });
    new CfnOutput(this, 'Start', { value: repair.stateMachine.stateMachineArn });
    new CfnOutput(this, 'Rollback', { value: repair.rollbackStateMachine.stateMachineArn });
    new CfnOutput(this, 'Plans', { value: repair.planBucket.s3UrlForObject(repair.planPrefix) });
  }
}
