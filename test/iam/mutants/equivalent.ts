/** A mutant that makes the same decisions as the statement. */
export interface Equivalent {
  /** The Sid of its statement. `*` stands for all. */
  readonly sid: string;
  readonly mutant: string;
  readonly because: string;
}

const ALWAYS_THERE = 'every request that is signed has the key';
const THERE_BY_NULL = 'the statement asks by Null for the key to be there';
const ON_INSTANCES_ALONE = 'the keys of the condition exist on instances alone, so that no other resource meets it';
const ONE_RESOURCE = 'the actions know no other kind of resource';
const ONE_ACTION = 'no other action of the service has the key, or knows the resource';

/** The mutants that no request can distinguish from the statement. */
export const EQUIVALENT: readonly Equivalent[] = [
  ...['ArnNotLike aws:PrincipalArn', 'StringNotEquals aws:PrincipalAccount', 'StringNotEquals aws:RequestedRegion'].map(test =>
    ({ sid: '*', mutant: `${test} as ForAnyValue:${test.split(' ')[0]}`, because: ALWAYS_THERE })),

  { sid: 'DenyMakingTokensOptional', mutant: 'StringNotEquals ec2:Attribute/HttpTokens as ForAnyValue:StringNotEquals', because: THERE_BY_NULL },
  { sid: 'DenyMakingDefaultTokensOptional', mutant: 'StringNotEquals ec2:Attribute/HttpTokens as ForAnyValue:StringNotEquals', because: THERE_BY_NULL },
  { sid: 'DenyEndingEnforcementOfTokens', mutant: 'StringNotEquals ec2:Attribute/HttpTokensEnforced as ForAnyValue:StringNotEquals', because: THERE_BY_NULL },
  {
    sid: 'DenyMakingNotebookTokensOptional',
    mutant: 'StringNotEquals sagemaker:MinimumInstanceMetadataServiceVersion as ForAnyValue:StringNotEquals',
    because: THERE_BY_NULL,
  },

  ...['DenyLaunchWithHighHopLimit', 'DenyLaunchWithEndpointDisabled', 'DenyLaunchWithMetadataTags'].map(sid =>
    ({ sid, mutant: 'resource 1: name any', because: ON_INSTANCES_ALONE })),

  ...[
    'DenyMakingTokensOptional', 'DenyRaisingHopLimit', 'DenyEnablingEndpoint', 'DenyChangingMetadataOptions', 'DenyLaunchConfigurationWithoutTokens',
    'DenyLaunchConfigurationWithHighHopLimit', 'DenyGroupWithoutTemplateVersion', 'DenyGroupWithLaunchConfiguration', 'DenyImageBuilderWithoutTokens',
    'DenyNotebookWithoutTokens', 'DenyMakingNotebookTokensOptional',
  ].map(sid => ({ sid, mutant: 'resource 1: name any', because: ONE_RESOURCE })),

  ...[
    'DenyMakingTokensOptional', 'DenyRaisingHopLimit', 'DenyEnablingEndpoint', 'DenyEndingEnforcementOfTokens', 'DenyRaisingDefaultHopLimit',
  ].map(sid => ({ sid, mutant: 'all of ec2', because: ONE_ACTION })),
  ...['DenyLaunchConfigurationWithHighHopLimit', 'DenyGroupWithoutTemplateVersion', 'DenyGroupWithLaunchConfiguration'].map(sid =>
    ({ sid, mutant: 'all of autoscaling', because: ONE_ACTION })),
  { sid: 'DenyTakingExemptFederatedUsers', mutant: 'all of sts', because: ONE_ACTION },
];
