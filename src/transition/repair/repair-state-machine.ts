import { ArnFormat, Lazy, Stack } from 'aws-cdk-lib';
import type { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Policy, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { guardrailNameOf } from '../../org/guardrail-names';
import { actingService } from '../acting-service';

/** The definition of a state machine. */
export interface RepairStateMachineProps {
  readonly comment: string;
  readonly definition: object;
}

/** A state machine with its own name and role, so that policies can identify it. No other service, account or state machine can assume the role. */
export class RepairStateMachine extends Construct {
  public readonly role: Role;
  public readonly stateMachine: StateMachine;
  public readonly stateMachineName: string;

  public constructor(scope: Construct, id: string, { comment, definition }: RepairStateMachineProps) {
    super(scope, id);
    const name = Lazy.string({ produce: () => this.stateMachineName });
    this.role = new Role(this, 'Role', { assumedBy: ofStateMachine(name, this), path: '/cdk-imdsv2/' });
    this.stateMachine = new StateMachine(this, 'Resource', {
      comment, definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)), role: this.role,
    });
    const resource = this.stateMachine.node.defaultChild as CfnStateMachine;
    this.stateMachineName = guardrailNameOf(resource);
    resource.stateMachineName = this.stateMachineName;
  }

  /** Adds permissions. */
  public allow(statements: PolicyStatement[]): void {
    this.role.attachInlinePolicy(new Policy(this, 'Rights', { document: new PolicyDocument({ statements }) }));
  }
}

/** Step Functions as a principal, only for the state machine with this name in this account. The ARN of a child execution has a suffix. */
function ofStateMachine(name: string, scope: Construct): ServicePrincipal {
  const stack = Stack.of(scope);
  const sourceArn = stack.formatArn({ service: 'states', resource: 'stateMachine', resourceName: `${name}*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return actingService('states.amazonaws.com', stack, sourceArn);
}
