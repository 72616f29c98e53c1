import type { ImdsRemediation } from './imds-remediation';
import type { Plain } from './yaml-text';

/** The automation of a remediation in the template of a conformance pack. */
export interface PackAutomation {
  readonly remediation: ImdsRemediation;
  /** The ARN of the role. */
  readonly role: Plain;
  /** The name of the document. */
  readonly document: Plain;
  /** The parameters of the pack that the automation uses. */
  readonly parameters: { readonly [name: string]: Plain };
}

const ROLE = 'AutomationAssumeRole';
const DOCUMENT = 'AutomationDocument';

/**
 * The automation. Its role has the same name in each account, or is a parameter of the pack. The name of a document in one account is a parameter,
 * too.
 */
export function packAutomation(remediation: ImdsRemediation, roleName: string | undefined): PackAutomation {
  const { documentName, isOfOneAccount } = remediation._automation;
  return {
    remediation,
    role: roleName === undefined ? { Ref: ROLE } : { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${roleName.replace(/^\//, '')}` },
    document: isOfOneAccount ? { Ref: DOCUMENT } : documentName,
    parameters: {
      ...roleName === undefined && { [ROLE]: { Type: 'String', Description: 'The ARN of the role that the automation of the remediation assumes' } },
      ...isOfOneAccount && { [DOCUMENT]: { Type: 'String', Description: 'The name of the document of Systems Manager that remediates' } },
    },
  };
}

/** The values for the parameters of the template. */
export function packParameters({ _automation: { documentName, isOfOneAccount } }: ImdsRemediation, roleArn: string) {
  return [
    { parameterName: ROLE, parameterValue: roleArn },
    ...isOfOneAccount ? [{ parameterName: DOCUMENT, parameterValue: documentName }] : [],
  ];
}
