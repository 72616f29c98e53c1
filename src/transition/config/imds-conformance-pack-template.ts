import { writeFileSync } from 'fs';
import { TEXT, checkValue, known, required } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { checked } from '../../model/props';
import { describeValue } from '../../model/setting';
import { CONFIG_RULES_OPTIONS } from './config-rules-options';
import type { ImdsConfigRulesOptions } from './config-rules-options';
import type { ImdsRemediation } from './imds-remediation';
import { REMEDIATION_KIND } from './imds-remediation';
import { packAutomation } from './pack-automation';
import { packTemplate } from './pack-template';
import { plannedRules } from './planned-rules';
import { checkRemediable } from './remediated';
import type { Plain } from './yaml-text';
import { yamlText } from './yaml-text';

/** The contents of the template of a conformance pack. */
export interface ImdsConformancePackTemplateProps extends ImdsConfigRulesOptions {
  /**
   * How to remediate an instance that `EC2_IMDSV2_CHECK` finds. Its own `role` is of no use here: a template names roles of other accounts.
   *
   * @default - no remediation: the rules only report
   */
  readonly remediation?: ImdsRemediation;

  /**
   * The name of the role that the automation assumes, with its path if it has one: a role in each account that gets the pack, such as an `ImdsRemediationRole`.
   *
   * @default - the pack has a parameter `AutomationAssumeRole` for the ARN of the role
   */
  readonly remediationRoleName?: string;
}

/**
 * The template of a conformance pack for every Region. Its conditions select the AWS rules that exist in a Region.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/custom-conformance-pack.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { CfnConformancePack } from 'aws-cdk-lib/aws-config';
 * import { ImdsConfigRules } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Compliance');
 * const template = ImdsConfigRules.conformancePack({ tokenHopLimit: 1 });
 * new CfnConformancePack(stack, 'Pack', { conformancePackName: 'imdsv2', templateBody: template.body });
 */
export class ImdsConformancePackTemplate {
  /**
   * For `ImdsConfigRules.conformancePack()` and for packs.
   *
   * @param isOfOwnAccount whether it is for the account in which the remediation has its role and its document
   * @internal
   */
  public static _of(props: ImdsConformancePackTemplateProps, isOfOwnAccount = false): ImdsConformancePackTemplate {
    const { remediation, remediationRoleName } = checked(props, PACK_TEMPLATE);
    if (!isOfOwnAccount) { checkOtherAccounts(remediation); }
    checkRoleName(remediation, remediationRoleName);
    const planned = plannedRules(props, undefined);
    checkRemediable(remediation, planned.map(({ rule }) => rule));
    return new ImdsConformancePackTemplate(packTemplate(planned, remediation && packAutomation(remediation, remediationRoleName)));
  }

  /** The template as YAML. */
  public readonly body: string;

  private constructor(template: { readonly [section: string]: Plain }) {
    this.body = `${ABOUT}\n\n${yamlText(template)}`;
    const bytes = Buffer.byteLength(this.body);
    if (bytes > MOST_BYTES) { throw new Error(`the template of a conformance pack must have at most ${MOST_BYTES} bytes, got ${bytes}: choose fewer rules`); }
  }

  /**
   * Writes the template into a file.
   *
   * @param path the file, such as `imdsv2-conformance-pack.yaml`; it overwrites an existing file
   * @throws Error if the file cannot be written
   */
  public writeTo(path: string): void {
    checkValue('path', path, required(known(TEXT)));
    writeFileSync(path, this.body);
  }
}

/** @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html */
const MOST_BYTES = 51_200;

const ABOUT = '# Conformance pack of AWS Config that finds what does not require IMDSv2. Written by ImdsConfigRules of cdk-imdsv2.';

const NAME_WITH_PATH = /^\/?(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

function checkOtherAccounts(remediation: ImdsRemediation | undefined): void {
  if (remediation?._automation.isOfOneAccount) {
    throw new Error('remediation must use a runbook in a conformance pack of other accounts, got one by an ImdsRepair, which is in one account');
  }
  if (!remediation?._options.role) { return; }
  throw new Error('remediation must have no role in a conformance pack of other accounts: remediationRoleName names one that is in each of them');
}

function checkRoleName(remediation: ImdsRemediation | undefined, name: string | undefined): void {
  if (name === undefined) { return; }
  if (!remediation) { throw new Error(`remediationRoleName is for a remediation, got ${describeValue(name)} and none`); }
  if (!NAME_WITH_PATH.test(name)) { throw new Error(`remediationRoleName must be the name of a role, with its path if it has one, got ${describeValue(name)}`); }
}

/** The accepted values of the properties. */
export const PACK_TEMPLATE: Shape<ImdsConformancePackTemplateProps> = {
  ...CONFIG_RULES_OPTIONS, remediation: REMEDIATION_KIND, remediationRoleName: known(TEXT),
};
