import type { IConstruct } from 'constructs';
import type { RequireImdsv2Props } from './enforce/require-imdsv2';
import { enforceAll } from './enforce/whole-app';
import type { Imdsv2CheckProps } from './validator/imdsv2-check-props';
import { checkAll, checkEnforced } from './validator/scoped-validator';

/** Requires IMDSv2 across whole applications, or checks them for it. */
export class Imdsv2 {
  /**
   * Requires IMDSv2 on everything under the scope that launches EC2 instances, in every stage.
   *
   * It works at synthesis, as an aspect. Stages have to be there when it is called: one that is created later, or was synthesized before,
   * as by `addStage()` of CDK Pipelines, fails the synthesis if enforcement would change something in it.
   * In a pipeline, call it in the constructor of each stage: `Imdsv2.enforce(this)`.
   * An aspect that adds or weakens something where enforcement has been already fails the synthesis, too.
   *
   * Where scopes inside each other are enforced, the outer one fills a setting first.
   *
   * @param scope an app, a stage, a stack or any other construct
   * @param props what to set besides requiring tokens
   * @throws Error where EC2 does not accept a property, such as a hop limit of 65, a hop limit is above `maxHopLimit`, or `today` is not a date
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
   */
  public static enforce(scope: IConstruct, props: RequireImdsv2Props = {}): void {
    enforceAll(scope, props);
    checkEnforced(scope, props.today);
  }

  /**
   * Checks everything under the scope that launches EC2 instances, in every stage, and changes nothing: findings stand in CDK's validation report.
   *
   * It reads the templates after synthesis, so it is for an app of which nothing is enforced, and the last word on one of which something is:
   * with `Imdsv2.enforce()`, it fails what enforcement can only warn of. CDK checks an app as a whole, but a plain `cdk synth`
   * shows nothing of stages that are in no CDK pipeline: `cdk synth '**'` does.
   *
   * @param scope an app, a stage, a stack or any other construct in a stage
   * @param props what fails, what is switched off, which hop limits are asked for and which reports are written
   * @throws Error where EC2 does not accept a property, a rule does not exist, `today` is not a date, or the scope is in no stage
   * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
   */
  public static check(scope: IConstruct, props: Imdsv2CheckProps = {}): void {
    checkAll(scope, props);
  }

  private constructor() {}
}
