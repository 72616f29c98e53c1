// launch
export { ContainerHost, ContainerHostProps } from './launch/container-host';
// policy
export { ImdsExemption, ImdsExemptionProps } from './policy/imds-exemption';
// enforce
export { RequireImdsv2, RequireImdsv2Props } from './enforce/require-imdsv2';
// check
export { FailOn } from './check/fail-on';
export { ImdsReport, ImdsReportOptions } from './check/imds-report';
export { Imdsv2CheckProps, RuleOff } from './check/imdsv2-check-props';
export { Imdsv2Validator } from './check/imdsv2-validator';
// guard
export { GuardRules, GuardRulesProps, GuardSeverity, GuardTarget } from './guard/guard-rules';
// enforce and check
export { Imdsv2 } from './imdsv2';
