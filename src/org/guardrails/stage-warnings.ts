import { DefaultsBy } from './defaults-by';
import { GuardrailStage } from './guardrail-stage';
import type { ImdsGuardrailsProps } from './imds-guardrails-props';

/** A warning at synthesis, which can be acknowledged. */
interface Warning {
  readonly id: string;
  readonly message: string;
}

const CUTS_OFF = 'Imdsv2::CutsOffImdsv1';
const NOT_EXEMPT = 'Imdsv2::ExemptionNotReached';

const TRANSITION = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html';

/** What is cut off in a stage, and what does not hold that was asked for. */
export function warningsOf(props: ImdsGuardrailsProps): Warning[] {
  return [...cutOff(props), ...notExempt(props)];
}

/** Software that uses IMDSv1 and stops working. */
function cutOff({ stage, denyImdsv1Credentials }: ImdsGuardrailsProps): Warning[] {
  if (stage === GuardrailStage.OBSERVE) { return []; }
  const who = stage === GuardrailStage.ENFORCE && denyImdsv1Credentials
    ? 'every call with role credentials that were got by IMDSv1 is denied at once, on running instances as well'
    : 'software that uses IMDSv1 stops working on instances that are launched from now on';
  return [{
    id: CUTS_OFF,
    message: `in the stage ${stage} ${who}: make sure that the metric MetadataNoToken is 0 in the accounts below its targets (${TRANSITION})`,
  }];
}

/** Exempt principals whom the enforcement by EC2 reaches all the same. */
function notExempt(props: ImdsGuardrailsProps): Warning[] {
  const { stage, httpTokensEnforced = true } = props;
  const exempt = [props.exemptPrincipalArns, props.exemptAccounts, props.exemptRegions].flatMap(each => each ?? []);
  if (stage !== GuardrailStage.ENFORCE || !httpTokensEnforced || exempt.length === 0) { return []; }
  const by = props.defaultsBy === DefaultsBy.STACK_SET ? 'the account defaults' : 'the declarative policy';
  return [{
    id: NOT_EXEMPT,
    message: `httpTokensEnforced in ${by} knows no exemptions: those who are exempt cannot launch instances with IMDSv1 either. `
      + 'Attach to targets that leave their accounts out, or set httpTokensEnforced to false',
  }];
}
