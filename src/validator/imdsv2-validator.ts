import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { checkContext } from '../check/context';
import { packageVersion } from '../check/package-version';
import { VALIDATED_RULE_IDS } from '../policy/rules';
import type { Imdsv2CheckProps } from './imdsv2-check-props';
import { TemplateChecker } from './template-checker';

/**
 * A plugin for CDK's policy validation that checks the synthesized templates for IMDSv2, after all overrides and aspects.
 *
 * It reads the templates of all stacks of the stage that it is added to, including nested stages and nested stacks. A violation has the construct
 * path, the template, the logical ID, the CloudFormation path and what to do. You can acknowledge it by its id, such as `Imdsv2::TokensRequired`.
 * `Imdsv2.check()` adds it.
 *
 * @example
 * import { App, Validations } from 'aws-cdk-lib';
 * import { FailOn, Imdsv2Validator } from 'cdk-imdsv2';
 *
 * declare const app: App;
 *
 * Validations.of(app).addPlugins(new Imdsv2Validator({ failOn: FailOn.WARNING }));
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class Imdsv2Validator implements IPolicyValidationPlugin {
  /** The name of the plugin in validation reports, and the prefix of rule ids. */
  public readonly name = 'Imdsv2';
  /** The version of this package. */
  public readonly version?: string = packageVersion();
  /** The ids of all rules. */
  public readonly ruleIds?: string[] = [...VALIDATED_RULE_IDS];
  private readonly checker: TemplateChecker;

  /**
   * @param props the findings that fail the synthesis, the rules that are off, the accepted hop limits, and the reports
   * @throws Error if EC2 does not accept a property, such as a hop limit of 65, a rule does not exist, or `today` is not a date
   */
  public constructor(props: Imdsv2CheckProps = {}) {
    this.checker = new TemplateChecker(props);
  }

  /** Reads the templates. It never throws because of their content. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    checkContext(context);
    return this.checker.inspect(context);
  }
}
