import { Stack, Token } from 'aws-cdk-lib';
import { PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { TEXT, checkPlace, required } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { describeValue } from '../../model/setting';
import { automations } from '../acting-service';
import type { ImdsRemediation } from './imds-remediation';
import { REMEDIATION_KIND } from './imds-remediation';

/** Which remediation a role is for. */
export interface ImdsRemediationRoleProps {
  /** The remediation by a runbook whose automation assumes the role. */
  readonly remediation: ImdsRemediation;

  /**
   * The name of the role, such as `ImdsRemediation`: the same as `remediationRoleName` if a conformance pack of an organization uses it.
   *
   * @default - CloudFormation makes one
   */
  readonly roleName?: string;

  /**
   * The Region whose instances it may change.
   *
   * @default - every one: a role is there in all of them
   */
  readonly region?: string;
}

/**
 * The role that the automation of a remediation assumes, for accounts in which no other construct makes one: those that a conformance pack of an
 * organization reaches. Deploy it in each of them before the pack, for example with a stack set.
 *
 * Only Systems Manager can assume it, for automations of the account. It can require IMDSv2 on instances, and cannot weaken them.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsRemediation, ImdsRemediationRole } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'InEachAccount');
 * new ImdsRemediationRole(stack, 'Role', { remediation: ImdsRemediation.bySupportRunbook(), roleName: 'ImdsRemediation' });
 */
export class ImdsRemediationRole extends Role {
  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the remediation that it is for, and its name
   * @throws Error where a property is not of its kind, or the remediation is by an `ImdsRepair`, which has a role
   */
  public constructor(scope: Construct, id: string, props: ImdsRemediationRoleProps) {
    const stack = Stack.of(checkPlace(scope, id));
    const { remediation, roleName, region = '*' } = checked(props, REMEDIATION_ROLE);
    if (remediation._automation.isOfOneAccount) { throw new Error('remediation must be by a runbook, got one by an ImdsRepair, which has a role'); }
    checkRoleName(roleName);
    super(scope, id, {
      roleName,
      description: 'Requires IMDSv2 on instances, for a remediation of AWS Config',
      assumedBy: automations(stack),
      inlinePolicies: { Automation: new PolicyDocument({ statements: remediation._automation.statements({ stack, region }) }) },
    });
  }
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

function checkRoleName(name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || ROLE_NAME.test(name)) { return; }
  throw new Error(`roleName must be letters, digits and any of _+=,.@-, 64 characters at most, got ${describeValue(name)}`);
}

const REMEDIATION_ROLE: Shape<ImdsRemediationRoleProps> = { remediation: required(REMEDIATION_KIND), roleName: TEXT, region: TEXT };
