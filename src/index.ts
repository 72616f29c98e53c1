// launch
export { ContainerHost, ContainerHostProps } from './launch/container-host';
// userdata
export { MetadataCall, MetadataCallCertainty } from './userdata/metadata-call';
export { UserDataScan, UserDataVerdict } from './userdata/user-data-scan';
export { UserDataScanner } from './userdata/user-data-scanner';
// usage
export { ImdsUsage } from './usage/imds-usage';
// sdks
export { SdkDependencies } from './sdks/sdk-dependencies';
export { SdkFolderOptions } from './sdks/sdk-folder-options';
export { SdkFileUnread, SdkInFile, SdkScan } from './sdks/sdk-scan';
export { SdkSupport } from './sdks/sdk-support';
export { SdkMinimum, SdkSupportVerdict, SdkVersionCheck } from './sdks/sdk-verdict';
// policy
export { ImdsExemption, ImdsExemptionProps } from './policy/imds-exemption';
// enforce
export { KeepImdsv2LaunchTemplate } from './enforce/keep-imdsv2-launch-template';
export { RequireImdsv2, RequireImdsv2Props } from './enforce/require-imdsv2';
// report
export { ImdsReport, ImdsReportOptions } from './report/imds-report';
// validator
export { FailOn } from './validator/fail-on';
export { Imdsv2CheckProps, RuleOff } from './validator/imdsv2-check-props';
export { Imdsv2Validator } from './validator/imdsv2-validator';
// guard
export { GuardRules, GuardRulesProps, GuardSeverity, GuardTarget } from './guard/guard-rules';
// iam
export { ImdsStatementProps } from './iam/exemption-conditions';
export { ImdsManagedPolicy, ImdsManagedPolicyProps } from './iam/imds-managed-policy';
export { ImdsStatements } from './iam/imds-statements';
export {
  ImdsExemptPrincipalStatementProps, ImdsGroupStatementProps, ImdsGuardrailStatementProps, ImdsHopLimitStatementProps,
  ImdsLaunchConfigurationStatementProps, ImdsLaunchStatementProps, ImdsWeakeningStatementProps,
} from './iam/statement-props';
// org
export { ImdsAccountDefaultsOptions } from './org/account-defaults/account-defaults-options';
export { ImdsDriftDetection, ImdsDriftDetectionOptions } from './org/account-defaults/drift-detection';
export { ImdsAccountDefaults, ImdsAccountDefaultsProps } from './org/account-defaults/imds-account-defaults';
export { ImdsAccountDefaultsStackSetProps } from './org/account-defaults/account-defaults-stack-set-props';
export { ImdsAccountDefaultsStackSet } from './org/account-defaults/imds-account-defaults-stack-set';
export { ImdsRegions } from './org/account-defaults/imds-regions';
export { DefaultHttpTokens } from './org/default-http-tokens';
export { ImdsDefaultsProps } from './org/defaults-props';
export { GuardHookMode, GuardHookOperation, GuardHookStackFilters, ImdsGuardHookOptions } from './org/guard-hook/guard-hook-options';
export { ImdsGuardHookProps } from './org/guard-hook/guard-hook-props';
export { ImdsGuardHookStackSetProps } from './org/guard-hook/guard-hook-stack-set-props';
export { ImdsGuardHook } from './org/guard-hook/imds-guard-hook';
export { ImdsGuardHookStackSet } from './org/guard-hook/imds-guard-hook-stack-set';
export { DefaultsBy } from './org/guardrails/defaults-by';
export { GuardHookScope } from './org/guardrails/guard-hook-scope';
export { GuardrailStage } from './org/guardrails/guardrail-stage';
export { ImdsGuardrails } from './org/guardrails/imds-guardrails';
export { ImdsGuardrailsProps } from './org/guardrails/imds-guardrails-props';
export { ImdsDeclarativePolicy, ImdsDeclarativePolicyProps } from './org/policies/imds-declarative-policy';
export { ImdsServiceControlPolicy, ImdsServiceControlPolicyProps } from './org/policies/imds-service-control-policy';
export { ImdsOrganizationPolicyProps } from './org/policies/organization-policy-props';
export { ImdsStackSetOperation } from './org/stack-sets/stack-set-operation';
export { ImdsStackSetOptions } from './org/stack-sets/stack-set-options';
// ami
export { ImageBuilderImdsSupport } from './ami/image-builder/image-builder-imds-support';
export { ImageBuilderImdsSupportProps } from './ami/image-builder/image-builder-imds-support-props';
export { ImageImdsSupport } from './ami/image-imds-support/image-imds-support';
export { ImageImdsSupportProps } from './ami/image-imds-support/image-imds-support-props';
export { ImageArchitecture } from './ami/registered-image/image-architecture';
export { ImageBootMode } from './ami/registered-image/image-boot-mode';
export { ImageVirtualizationType } from './ami/registered-image/image-virtualization-type';
export { RegisteredImage } from './ami/registered-image/registered-image';
export { RegisteredImageProps } from './ami/registered-image/registered-image-props';
// transition
export { ImdsClientSettings } from './transition/clients/imds-client-settings';
export { ImdsClientSupport, ImdsV1Fallback } from './transition/clients/imds-client-support';
export { ImdsClientSettingsProps } from './transition/clients/imds-client-settings-props';
export { ImdsConfigRulesOptions } from './transition/config/config-rules-options';
export { ImdsConfigRule } from './transition/config/imds-config-rule';
export { ImdsConfigRules, ImdsConfigRulesProps } from './transition/config/imds-config-rules';
export { ImdsConformancePack, ImdsConformancePackProps } from './transition/config/imds-conformance-pack';
export { ImdsConformancePackTemplate, ImdsConformancePackTemplateProps } from './transition/config/imds-conformance-pack-template';
export { ImdsOrganizationConfigRules, ImdsOrganizationConfigRulesProps } from './transition/config/imds-organization-config-rules';
export { ImdsOrganizationConformancePack, ImdsOrganizationConformancePackProps } from './transition/config/imds-organization-conformance-pack';
export { ImdsRemediation } from './transition/config/imds-remediation';
export { ImdsRemediationRole, ImdsRemediationRoleProps } from './transition/config/imds-remediation-role';
export { ImdsExcludedAccountsProps } from './transition/config/organization-accounts';
export { ImdsRemediationOptions, ImdsRunbookOptions, ImdsSupportRunbookOptions } from './transition/config/remediation-options';
export { CloudTrailAthenaTable } from './transition/credentials/cloudtrail-athena-table';
export { Imdsv1CredentialAthenaQueries, Imdsv1CredentialAthenaQueriesProps } from './transition/credentials/imdsv1-credential-athena-queries';
export { Imdsv1CredentialMonitor, Imdsv1CredentialMonitorProps } from './transition/credentials/imdsv1-credential-monitor';
export { Imdsv1CredentialRule, Imdsv1CredentialRuleProps } from './transition/credentials/imdsv1-credential-rule';
export { Imdsv1UsageDashboard, Imdsv1UsageDashboardProps } from './transition/imdsv1-usage-dashboard';
export { Imdsv1UsageMonitor, Imdsv1UsageMonitorProps } from './transition/imdsv1-usage-monitor';
export { Imdsv1UsageMonitorStackSet } from './transition/imdsv1-usage-monitor-stack-set';
export { ImdsRepair, ImdsRepairProps } from './transition/repair/imds-repair';
export { ImdsRepairStackSet, ImdsRepairStackSetProps } from './transition/repair/imds-repair-stack-set';
export { ImdsRepairOptions } from './transition/repair/repair-options';
export { RepairReaction } from './transition/repair/repair-reaction';
export { RepairRemediation } from './transition/repair/repair-remediation';
export { RepairSelection } from './transition/repair/repair-selection';
export { RepairWaves } from './transition/repair/repair-waves';
export { Imdsv1UsageMonitorOptions } from './transition/usage-monitor-options';
export { Imdsv1UsageMonitorStackSetProps } from './transition/usage-stack-set-props';
// enforce and check
export { Imdsv2 } from './imdsv2';
