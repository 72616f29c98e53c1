import { Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { automations } from '../acting-service';

/**
 * An automation of Systems Manager that has an instance repaired, made by `ImdsRepair.asRemediation()`.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html
 */
export interface RepairRemediation {
  /** The name of the document. Its parameters are `InstanceId` and `AutomationAssumeRole`. */
  readonly documentName: string;

  /** The role that runs it. It can only start executions of the state machine. */
  readonly role: IRole;
}

/** The automation and its role. */
export class RemediationDocument extends Construct implements RepairRemediation {
  public readonly documentName: string;
  public readonly role: IRole;

  public constructor(scope: Construct, id: string, stateMachine: IStateMachine) {
    super(scope, id);
    this.role = new Role(this, 'Role', { assumedBy: automations(Stack.of(this)), path: '/cdk-imdsv2/' });
    stateMachine.grantStartExecution(this.role);
    this.documentName = new CfnDocument(this, 'Document', {
      documentType: 'Automation',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: {
        schemaVersion: '0.3',
        description: 'Has a repair require IMDSv2 on an instance, in waves with others that were found, if it is ready',
        assumeRole: '{{ AutomationAssumeRole }}',
        parameters: {
          InstanceId: { type: 'String', description: 'The instance', allowedPattern: '^i-[0-9a-f]+$' },
          AutomationAssumeRole: { type: 'String', description: 'The ARN of the role that starts the repair' },
        },
        mainSteps: [{
          name: 'StartRepair',
          action: 'aws:executeAwsApi',
          inputs: {
            Service: 'stepfunctions',
            Api: 'StartExecution',
            stateMachineArn: stateMachine.stateMachineArn,
            input: '{"mode":"repair","found":["{{ InstanceId }}"]}',
          },
          outputs: [{ Name: 'Execution', Selector: '$.executionArn', Type: 'String' }],
          isEnd: true,
        }],
      },
    }).ref;
  }
}
