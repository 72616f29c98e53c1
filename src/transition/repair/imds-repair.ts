import { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { checkRuntime } from '../../functions/checked-options';
import { isObject } from '../../model/intrinsics';
import { checkPlace, checkValue, instance, required } from '../../model/kinds';
import { checked } from '../../model/props';
import { checkTopicArn } from '../../model/topic-arn';
import { BUCKET } from '../../org/guard-hook/guard-hook-props';
import { nameAsGuardrail } from '../../org/guardrail-names';
import type { Imdsv1UsageMonitor } from '../imdsv1-usage-monitor';
import { repairAlarm } from './repair-alarm';
import { checkedBucket, RepairBucket, takeFolder } from './repair-bucket';
import type { ImdsRepairOptions } from './repair-options';
import { REPAIR_OPTIONS } from './repair-options';
import type { RepairRemediation } from './repair-remediation';
import { RemediationDocument } from './repair-remediation';
import { repairStateMachines } from './repair-state-machines';

/** The instances to repair, the data that shows which of them are ready, and the bucket for plans. */
export interface ImdsRepairProps extends ImdsRepairOptions {
  /**
   * The monitor whose record shows which instances are ready. It includes all instances of a launcher, also terminated ones.
   *
   * @default - the metrics of each instance show this
   */
  readonly usage?: Imdsv1UsageMonitor;

  /**
   * The bucket for plans, records and reports, below `repair/<account>/<region>/`. A principal that can write there can make a rollback restore
   * any values.
   *
   * It has to be in the account and Region of the stack. Use it for one `ImdsRepair` only: two would take each other's findings, and roll back each
   * other's runs.
   *
   * @default - a new bucket, which is kept when the stack is deleted; its objects expire after a year
   */
  readonly bucket?: IBucket;
}

/**
 * Requires IMDSv2 on running instances that are ready, without a restart, in waves, and with a rollback.
 *
 * A state machine first makes a plan and writes it. By default, it then ends. Start it with `{"mode": "repair"}`, and it requires IMDSv2 on instances
 * that are ready: those that did not use IMDSv1 for `quietFor`. For all others, the plan has the reason: *in use*, *unknown*, *too young*, *missing
 * data*, *off*, *gone*. Container hosts get a hop limit of 2 in the same call. After each wave it waits, and stops if IMDSv1 calls are refused.
 *
 * Before each change it records the current options. A second state machine restores them if they have not changed since the run: start it with
 * `{"run": "<run>"}`. Only that one can make tokens optional again, and starting it needs its own permission. To continue an interrupted run, use
 * `{"mode": "repair", "run": "<run>"}`. To stop a run before its next wave, use `{"mode": "stop", "run": "<run>"}`. One execution of an `ImdsRepair` at a time changes instances; another one waits for its turn. Two of them in one
 * account and Region do not wait for each other.
 *
 * It does not change launch templates and groups. The plan lists Auto Scaling groups and launch templates that would bring IMDSv1 back: repair those
 * first.
 *
 * It covers the Region of its stack. For the accounts and Regions of an organization, use `ImdsRepairStackSet`.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html
 *
 * @example
 * import { App, Duration, Stack } from 'aws-cdk-lib';
 * import { Schedule } from 'aws-cdk-lib/aws-events';
 * import { ImdsRepair, Imdsv1UsageMonitor, RepairReaction, RepairSelection, RepairWaves } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Repair');
 * new ImdsRepair(stack, 'Repair', {
 *   selection: RepairSelection.tags({ Environment: ['staging'] }),
 *   usage: new Imdsv1UsageMonitor(stack, 'Monitor'),
 *   waves: RepairWaves.canary(3, [10, 50]),
 *   waitBetweenWaves: Duration.hours(4),
 *   onRejectedCalls: RepairReaction.ROLL_BACK_REFUSING,
 *   schedule: Schedule.cron({ weekDay: 'MON', hour: '6', minute: '0' }), // a dry run each week
 * });
 */
export class ImdsRepair extends Construct {
  /**
   * A monitor outside the app, such as in the template of a stack set, by its bucket.
   *
   * @internal
   */
  public static _usageIn(bucket: IBucket, quietDays: number): Imdsv1UsageMonitor {
    return { bucket, _quietDays: quietDays } as Partial<Imdsv1UsageMonitor> as Imdsv1UsageMonitor;
  }

  /** The state machine that plans and repairs. Its input is `mode` (`plan`, `repair`, `stop` or `resume`), and optionally `run` and `instanceIds`. */
  public readonly stateMachine: IStateMachine;

  /** The state machine that rolls a run back. Its input is `run`, and optionally `instanceIds`, `unconfirmed` and `refusing`. */
  public readonly rollbackStateMachine: IStateMachine;

  /** The bucket with the plans, records and reports of all runs. */
  public readonly planBucket: IBucket;

  /** The prefix of the keys of its objects: `repair/<account>/<region>/`. */
  public readonly planPrefix: string;

  /**
   * The role that plans and repairs. It cannot make an instance weaker. Its ARN matches `ImdsAccountDefaults.ROLE_ARN_PATTERN`, so policies can
   * identify it.
   */
  public readonly role: IRole;

  /** The role that rolls back. Only this role can make tokens optional. Its ARN matches the same pattern. */
  public readonly rollbackRole: IRole;

  /** The alarm for a run or a rollback that fails, and for a run that stops because calls were refused. */
  public readonly alarm: Alarm;

  private remediation: RepairRemediation | undefined;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props which instances are repaired, and how carefully
   * @throws Error if a property is not valid, a time is out of bounds, the runtime does not fit, or the bucket is of another place or another repair
   */
  public constructor(scope: Construct, id: string, props: ImdsRepairProps) {
    super(checkPlace(scope, id), id);
    checked(props, { ...REPAIR_OPTIONS, usage: USAGE, bucket: BUCKET });
    checkRuntime(props.runtime);
    checkTopicArn(props.alarmTopicArn, Stack.of(this).region);
    if (props.repairOnSchedule && props.schedule === undefined) { throw new Error('schedule must be given with repairOnSchedule true, got undefined'); }
    const { account, region } = Stack.of(this);
    this.planBucket = checkedBucket(props.bucket, Stack.of(this)) ?? new RepairBucket(this, 'Plans');
    this.planPrefix = `repair/${account}/${region}/`;
    takeFolder(this.planBucket, this.planPrefix);
    const { repair, rollback } = repairStateMachines(this, { stack: Stack.of(this), bucket: this.planBucket, folder: this.planPrefix }, props);
    this.stateMachine = repair.stateMachine;
    this.role = repair.role;
    this.rollbackStateMachine = rollback.stateMachine;
    this.rollbackRole = rollback.role;
    this.alarm = repairAlarm(this, 'Alarm', { repair: repair.stateMachine, rollback: rollback.stateMachine, topicArn: props.alarmTopicArn });
    this.addSchedule(props);
  }

  /**
   * Lets a principal start runs, including repairs, stop runs, and end a pause. With the reaction `STOP`, none of this makes an instance weaker.
   *
   * With a reaction that rolls back, a run rolls back the instances that it changed if calls are refused while it watches them. So a principal that can start
   * runs, and can send IMDSv1 calls on an instance, can cause the rollback of the instances that this execution repaired in that run, and of those that
   * earlier executions of the same run repaired. A run that succeeded is over. Any other rollback needs its own permission: `grantRollback()`.
   *
   * @param grantee the principal
   * @returns the grant
   */
  public grantStart(grantee: IGrantable): Grant {
    checkValue('grantee', grantee, GRANTEE);
    return this.stateMachine.grantStartExecution(grantee);
  }

  /**
   * Lets a principal roll runs back. This makes tokens optional again on instances that a run repaired.
   *
   * @param grantee the principal
   * @returns the grant
   */
  public grantRollback(grantee: IGrantable): Grant {
    checkValue('grantee', grantee, GRANTEE);
    return this.rollbackStateMachine.grantStartExecution(grantee);
  }

  /**
   * An automation of Systems Manager that starts the repair of an instance. AWS Config can run it as a remediation.
   *
   * Findings are collected for five minutes, or while such a run is active, and then become one run, in waves. With a selection by
   * `configFindings()`, the run includes all findings of the rule. An instance is changed only if it is selected and ready.
   *
   * Its parameters are `InstanceId`, for the `RESOURCE_ID` of the finding, and `AutomationAssumeRole`. It ends when the finding is stored.
   *
   * @returns the document and the role, the same each time
   */
  public asRemediation(): RepairRemediation {
    this.remediation ??= new RemediationDocument(this, 'Remediation', this.stateMachine);
    return this.remediation;
  }

  private addSchedule({ schedule, repairOnSchedule }: ImdsRepairProps): void {
    if (schedule === undefined) { return; }
    const input = repairOnSchedule ? { mode: 'repair', unattended: true } : { mode: 'plan' };
    const target = new SfnStateMachine(this.stateMachine, { input: RuleTargetInput.fromObject(input) });
    nameAsGuardrail(new Rule(this, 'Schedule', { description: 'Plans which instances may require IMDSv2', schedule, targets: [target] }));
  }
}

const GRANTEE = required(instance('an IGrantable', value => 'grantPrincipal' in value));
const USAGE = instance('an Imdsv1UsageMonitor', value => '_quietDays' in value && 'bucket' in value && isObject(value.bucket) && 'arnForObjects' in value.bucket);
