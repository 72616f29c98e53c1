import { CfnConformancePack } from 'aws-cdk-lib/aws-config';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TEXT, checkPlace } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { CONFIG_RULES_OPTIONS } from './config-rules-options';
import type { ImdsConfigRulesOptions } from './config-rules-options';
import { ImdsConformancePackTemplate } from './imds-conformance-pack-template';
import type { ImdsRemediation } from './imds-remediation';
import { REMEDIATION_KIND } from './imds-remediation';
import { packParameters } from './pack-automation';
import { packNameOf } from './pack-name';
import { remediationRole, warnOfRemediation } from './remediated';

/** The contents of a conformance pack of an account. */
export interface ImdsConformancePackProps extends ImdsConfigRulesOptions {
  /**
   * How to remediate an instance that `EC2_IMDSV2_CHECK` finds.
   *
   * @default - no remediation: the rules only report
   */
  readonly remediation?: ImdsRemediation;

  /**
   * The name of the pack: a letter, then letters, digits and hyphens. Another name is another pack.
   *
   * @default - generated from the path of the construct
   */
  readonly conformancePackName?: string;
}

/**
 * The rules of `ImdsConfigRules` as one conformance pack of AWS Config, with its own score.
 *
 * Rules of a pack can only be changed with the pack. AWS Config must be set up in the account and Region.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsConformancePack } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Compliance');
 * new ImdsConformancePack(stack, 'Pack', { conformancePackName: 'imdsv2' });
 */
export class ImdsConformancePack extends Construct {
  /** The pack. */
  public readonly pack: CfnConformancePack;

  /** The role that the automation of the remediation assumes, if there is a remediation. */
  public readonly remediationRole?: IRole;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the rules, the remediation, and the name of the pack
   * @throws Error if a property is not valid, a rule is repeated, or there is a remediation without the rule `EC2_IMDSV2_CHECK`
   */
  public constructor(scope: Construct, id: string, props: ImdsConformancePackProps = {}) {
    super(checkPlace(scope, id), id);
    const { conformancePackName, remediation, rules, tokenHopLimit } = checked(props, CONFORMANCE_PACK);
    const { body } = ImdsConformancePackTemplate._of({ rules, tokenHopLimit, remediation }, true);
    const role = remediation && remediationRole(this, remediation);
    this.remediationRole = role;
    this.pack = new CfnConformancePack(this, 'Resource', {
      conformancePackName: packNameOf(this, 'conformancePackName', conformancePackName, 256),
      templateBody: body,
      conformancePackInputParameters: role && packParameters(remediation, role.roleArn),
    });
    if (role) { this.pack.node.addDependency(role); }
    if (remediation) { warnOfRemediation(this, remediation, 'the account'); }
  }
}

const CONFORMANCE_PACK: Shape<ImdsConformancePackProps> = { ...CONFIG_RULES_OPTIONS, remediation: REMEDIATION_KIND, conformancePackName: TEXT };
