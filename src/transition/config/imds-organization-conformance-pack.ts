import { CfnOrganizationConformancePack } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import { TEXT, checkPlace } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked, only } from '../../model/props';
import { ImdsConformancePackTemplate, PACK_TEMPLATE } from './imds-conformance-pack-template';
import type { ImdsConformancePackTemplateProps } from './imds-conformance-pack-template';
import { EXCLUDED_ACCOUNTS, checkExcludedAccounts } from './organization-accounts';
import type { ImdsExcludedAccountsProps } from './organization-accounts';
import { packNameOf } from './pack-name';
import { warnOfRemediation } from './remediated';

/** The contents of a conformance pack of an organization. */
export interface ImdsOrganizationConformancePackProps extends ImdsConformancePackTemplateProps, ImdsExcludedAccountsProps {
  /**
   * The name of the pack: a letter, then letters, digits and hyphens. Another name is another pack.
   *
   * @default - generated from the path of the construct
   */
  readonly organizationConformancePackName?: string;
}

/**
 * The rules of `ImdsConfigRules` as a conformance pack in every account of an organization, in the Region of the stack.
 *
 * Deploy the stack in the management account, or in the account of a delegated administrator for AWS Config. Accounts that join later also get the
 * pack. AWS Config must be set up in each account that you do not exclude.
 *
 * A remediation needs `remediationRoleName`. The role has to exist in each account before, for example as an `ImdsRemediationRole` in a stack set.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/conformance-pack-organization-apis.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsOrganizationConformancePack, ImdsRemediation } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Compliance');
 * new ImdsOrganizationConformancePack(stack, 'Pack', {
 *   remediation: ImdsRemediation.byConfigRunbook(),
 *   remediationRoleName: 'ImdsRemediation',
 * });
 */
export class ImdsOrganizationConformancePack extends Construct {
  /** The pack. */
  public readonly pack: CfnOrganizationConformancePack;

  /**
   * @param scope a stack in the management account or in that of a delegated administrator, or a construct in it
   * @param id its id in the scope
   * @param props the rules, their remediation, and the excluded accounts
   * @throws Error if a property is not valid, a rule is repeated, a remediation has no role in each account, or an account is not an account id
   */
  public constructor(scope: Construct, id: string, props: ImdsOrganizationConformancePackProps = {}) {
    super(checkPlace(scope, id), id);
    const { organizationConformancePackName, excludedAccounts, remediation, remediationRoleName } = checked(props, ORGANIZATION_PACK);
    checkExcludedAccounts(props);
    if (remediation && remediationRoleName === undefined) {
      throw new Error('remediationRoleName must be given with a remediation, got undefined: a role of this name is in each account');
    }
    this.pack = new CfnOrganizationConformancePack(this, 'Resource', {
      organizationConformancePackName: packNameOf(this, 'organizationConformancePackName', organizationConformancePackName, 128),
      templateBody: ImdsConformancePackTemplate._of(only(props, PACK_TEMPLATE)).body,
      excludedAccounts,
    });
    if (remediation) { warnOfRemediation(this, remediation, 'the accounts of the organization'); }
  }
}

const ORGANIZATION_PACK: Shape<ImdsOrganizationConformancePackProps> = {
  ...PACK_TEMPLATE, ...EXCLUDED_ACCOUNTS, organizationConformancePackName: TEXT,
};
