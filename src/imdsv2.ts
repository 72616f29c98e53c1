import type { IConstruct } from 'constructs';
import type { RequireImdsv2Props } from './enforce/require-imdsv2';
import { enforceAll } from './enforce/whole-app';
import type { Imdsv2CheckProps } from './validator/imdsv2-check-props';
import { checkAll, checkEnforced } from './validator/scoped-validator';

/** Requires IMDSv2 in whole apps, or checks them. */
export class Imdsv2 {
  /**
   * Requires IMDSv2 on everything in the scope that launches EC2 instances, in every stage.
   *
   * It is an aspect, so it works at synthesis. Call it after you create the stages. If a stage is created later, or was synthesized before, as
   * `addStage()` of CDK Pipelines does, the synthesis fails if enforcement would change something in the stage. In a pipeline, call
   * `Imdsv2.enforce(this)` in the constructor of each stage. The synthesis also fails if an aspect adds or weakens something after enforcement.
   *
   * If you enforce nested scopes, the outer scope sets an option first.
   *
   * @param scope an app, a stage, a stack or any other construct
   * @param props settings to write in addition to required tokens
   * @throws Error if EC2 does not accept a property, such as a hop limit of 65, a hop limit is above `maxHopLimit`, or `today` is not a date
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
   */
  public static enforce(scope: IConstruct, props: RequireImdsv2Props = {}): void {
    enforceAll(scope, props);
    checkEnforced(scope, props.today);
  }

  /**
   * Checks everything in the scope that launches EC2 instances, in every stage, and changes nothing. CDK's validation report lists the findings.
   *
   * It reads the templates after synthesis. Use it alone, or together with `Imdsv2.enforce()`: it then fails the synthesis for what enforcement
   * can only warn about. CDK checks the whole app, but `cdk synth` without arguments shows only stages of CDK pipelines. `cdk synth '**'` shows
   * all stages.
   *
   * @param scope an app, a stage, a stack or any other construct in a stage
   * @param props the findings that fail the synthesis, the rules that are off, the accepted hop limits, and the reports
   * @throws Error if EC2 does not accept a property, a rule does not exist, `today` is not a date, or the scope is not in a stage
   * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
   */
  public static check(scope: IConstruct, props: Imdsv2CheckProps = {}): void {
    checkAll(scope, props);
  }

  private constructor() {}
}
