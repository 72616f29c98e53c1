import { Annotations, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkPlace } from '../../model/kinds';
import { ImdsDriftDetection } from '../account-defaults/drift-detection';
import { ImdsAccountDefaultsStackSet } from '../account-defaults/imds-account-defaults-stack-set';
import { warnOfCutOff } from '../cut-off-warning';
import { GuardHookMode } from '../guard-hook/guard-hook-options';
import type { ImdsGuardHookProps } from '../guard-hook/guard-hook-props';
import { ImdsGuardHook } from '../guard-hook/imds-guard-hook';
import { ImdsGuardHookStackSet } from '../guard-hook/imds-guard-hook-stack-set';
import { EXEMPTS_OWN_ACCOUNT } from '../policies/exemption-warnings';
import { ImdsDeclarativePolicy } from '../policies/imds-declarative-policy';
import { ImdsServiceControlPolicy } from '../policies/imds-service-control-policy';
import { addWarnings } from '../warning';
import { checkProps } from './check-props';
import { comingWarnings } from './coming-stages';
import { DefaultsBy } from './defaults-by';
import { checkFit } from './fitting-exemptions';
import { GuardHookScope } from './guard-hook-scope';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';
import { statementsOf } from './stage-statements';
import { cutOffBy, warningsOf } from './stage-warnings';

/**
 * All guardrails of an organization in one construct, in stages.
 *
 * | | `OBSERVE` | `WARN` | `ENFORCE` |
 * | --- | --- | --- | --- |
 * | Guard hook, in the account and Region of the stack, or in those of the organization | warns | warns | refuses |
 * | defaults of all accounts, by a declarative policy or a stack set | | tokens required where nobody says otherwise | and enforced on every launch |
 * | service control policy | | nothing that requires IMDSv2 is weakened, no guardrail undone, no exempt role made or taken over | no launch without tokens, or with a high hop limit |
 *
 * If a stack set sets the defaults, they are checked once a day, and changes are reported. The settings of a declarative policy cannot drift.
 *
 * If a stage stops software that still uses IMDSv1, there is the warning `Imdsv2::CutsOffImdsv1`. Each stage measures the policies of `ENFORCE`, and
 * warns if they do not fit.
 *
 * Deploy the stack in the management account, or in the account of a delegated administrator (`delegatedAdmin`). What each guardrail does not
 * stop: https://github.com/cdk-imdsv2/cdk-imdsv2/blob/main/docs/guardrails.md
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { GuardrailStage, ImdsGuardrails } from 'cdk-imdsv2';
 *
 * const management = new Stack(new App(), 'Guardrails', { env: { region: 'us-east-1' } });
 * new ImdsGuardrails(management, 'Imds', {
 *   stage: GuardrailStage.OBSERVE,
 *   targetIds: ['ou-ab12-11111111'],
 *   exemptPrincipalArns: ['arn:*:iam::*:role/platform/ImageFactory'],
 *   administratorArns: ['arn:*:iam::*:role/platform/Deployment'],
 * });
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
 */
export class ImdsGuardrails extends Construct {
  /** The stage that they are in. */
  public readonly stage: GuardrailStage;

  /** The service control policies, from the stage `WARN` on. */
  public readonly serviceControlPolicy?: ImdsServiceControlPolicy;

  /** The declarative policy, from the stage `WARN` on, unless a stack set sets the defaults. */
  public readonly declarativePolicy?: ImdsDeclarativePolicy;

  /** The stack set that sets the defaults, from the stage `WARN` on, if that is wanted. */
  public readonly accountDefaults?: ImdsAccountDefaultsStackSet;

  /** The hook, if it is for the account of the stack. */
  public readonly guardHook?: ImdsGuardHook;

  /** The stack set of the hooks, if they are for the organization. */
  public readonly guardHookStackSet?: ImdsGuardHookStackSet;

  /**
   * @param scope a stack in the management account or that of a delegated administrator, or a construct in it
   * @param id its id in the scope
   * @param props the targets, and the stage
   * @throws Error if the stage is not valid, there is no target, a target, an exemption or a hop limit is not valid, or two properties exclude each other
   */
  public constructor(scope: Construct, id: string, props: ImdsGuardrailsProps) {
    super(checkPlace(scope, id), id);
    checkProps(props);
    this.stage = props.stage;
    const cutOff = cutOffBy(props);
    if (cutOff) { warnOfCutOff(this, cutOff, 'the accounts below its targets'); }
    if (props.delegatedAdmin) { Annotations.of(this).acknowledgeWarning(EXEMPTS_OWN_ACCOUNT, 'policies reach the account of a delegated administrator'); }
    switch (props.guardHook ?? GuardHookScope.ACCOUNT) {
      case GuardHookScope.ACCOUNT: this.guardHook = new ImdsGuardHook(this, 'Hook', this.hookProps(props)); break;
      case GuardHookScope.ORGANIZATION: this.guardHookStackSet = this.addGuardHookStackSet(props); break;
      default: // none
    }
    if (this.stage !== GuardrailStage.OBSERVE) {
      if (props.defaultsBy === DefaultsBy.STACK_SET) {
        this.accountDefaults = this.addStackSet(props);
      } else {
        this.declarativePolicy = this.addDeclarativePolicy(props);
      }
      this.serviceControlPolicy = this.addServiceControlPolicy(props);
    }
    addWarnings(this, [...warningsOf(props, Stack.of(this).account), ...comingWarnings(props, Stack.of(this))]);
  }

  private addDeclarativePolicy(props: ImdsGuardrailsProps): ImdsDeclarativePolicy {
    const { targetIds, exceptionMessage, httpPutResponseHopLimit } = props;
    return new ImdsDeclarativePolicy(this, 'Defaults', {
      targetIds, exceptionMessage, httpPutResponseHopLimit, httpTokensEnforced: isEnforced(props) || undefined,
    });
  }

  private addStackSet(props: ImdsGuardrailsProps): ImdsAccountDefaultsStackSet {
    const { targetIds: organizationalUnitIds, delegatedAdmin, httpPutResponseHopLimit, driftDetection = ImdsDriftDetection.report() } = props;
    return new ImdsAccountDefaultsStackSet(this, 'Defaults', {
      organizationalUnitIds, delegatedAdmin, httpPutResponseHopLimit, driftDetection, httpTokensEnforced: isEnforced(props) || undefined,
    });
  }

  /** It is created last, because the protection of the other guardrails must not block their own deployment. */
  private addServiceControlPolicy(props: ImdsGuardrailsProps): ImdsServiceControlPolicy {
    const stackSets = [this.accountDefaults, this.guardHookStackSet].flatMap(stackSet => stackSet ?? []);
    checkFit(props, stackSets, Stack.of(this));
    const policy = new ImdsServiceControlPolicy(this, 'ServiceControlPolicy', { targetIds: props.targetIds, statements: statementsOf(props, stackSets) });
    policy.node.addDependency(...[this.guardHook, this.guardHookStackSet].flatMap(hook => hook ?? []));
    return policy;
  }

  private addGuardHookStackSet(props: ImdsGuardrailsProps): ImdsGuardHookStackSet {
    const { targetIds: organizationalUnitIds, guardHookRegions, delegatedAdmin } = props;
    return new ImdsGuardHookStackSet(this, 'Hooks', { ...this.hookProps(props), organizationalUnitIds, stackRegions: guardHookRegions!, delegatedAdmin });
  }

  private hookProps({ guardHookProps }: ImdsGuardrailsProps): ImdsGuardHookProps {
    return { ...guardHookProps, mode: this.stage === GuardrailStage.ENFORCE ? GuardHookMode.FAIL : GuardHookMode.WARN };
  }
}

/** Whether EC2 refuses launches that would answer IMDSv1. */
function isEnforced({ stage, httpTokensEnforced = true }: ImdsGuardrailsProps): boolean {
  return stage === GuardrailStage.ENFORCE && httpTokensEnforced;
}
