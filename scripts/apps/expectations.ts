/** An expected finding of an app. */
export interface KnownFinding {
  readonly rule: string;
  /** The path of the construct. */
  readonly at: string;
  readonly reason: string;
}

/** The example shows a check that finds something. */
const FOUND_BY_CHECK = { at: 'Shop/Web/Resource', reason: 'the instance that the example is given does not require tokens' };

/** cdk-nag also has rules for other things. */
const FOUND_BY_NAG = { at: 'Shop/Web/Resource', reason: 'the instance that the example is given is a plain one, and cdk-nag asks for more than IMDSv2' };

/** The expected findings that make `cdk synth` fail. An entry that is no longer found must be removed. */
export const KNOWN_FINDINGS: { readonly [app: string]: readonly KnownFinding[] } = {
  'an app that CDK refuses': [
    { rule: 'F3002', at: 'Refused/Topic', reason: 'it shows that CDK\'s own validation is on' },
  ],
  'examples/check-template': [
    { rule: 'Imdsv2::TokensRequired', at: 'bastion/Template/Bastion', reason: 'what the example is there to find' },
    { rule: 'Imdsv2::TokensRequired', at: 'bastion/Template/Mirror', reason: 'what the example is there to find' },
    { rule: 'Imdsv2::TokensRequired', at: 'cluster/Template/WorkerTemplate', reason: 'what the example is there to find' },
  ],
  'forms/guard-rules': [{ rule: 'imdsv2_tokens_required_ec2_instance', at: 'Shop/Bad', reason: 'the rules are there to find it' }],
  'docs/checks.md#checks': [{ rule: 'Imdsv2::TokensRequired', ...FOUND_BY_CHECK }],
  'docs/checks.md#checks-3': [
    { rule: 'Imdsv2-TokensRequired', ...FOUND_BY_CHECK },
    { rule: 'AwsSolutions-EC26', ...FOUND_BY_NAG },
    { rule: 'AwsSolutions-EC28', ...FOUND_BY_NAG },
    { rule: 'AwsSolutions-EC29', ...FOUND_BY_NAG },
    { rule: 'AwsSolutions-VPC7', ...FOUND_BY_NAG, at: 'Shop/Vpc/Resource' },
  ],
  'docs/usage-in-reports.md#see-it-in-the-report': [{ rule: 'Imdsv2::TokensRequired', ...FOUND_BY_CHECK }],
  'ImdsUsage': [{ rule: 'Imdsv2::TokensRequired', ...FOUND_BY_CHECK, reason: 'the record of the example does not watch where the instance is' }],
  'ImdsReport': [{ rule: 'Imdsv2::TokensRequired', ...FOUND_BY_CHECK }],
  'SdkDependencies': [{ rule: 'Imdsv2::TokensRequired', ...FOUND_BY_CHECK }],
  'docs/transition.md#find-sdks-that-are-too-old': [{ rule: 'Imdsv2::TokensRequired', ...FOUND_BY_CHECK }],
  'Imdsv2Validator': [{ rule: 'Imdsv2::TokensRequired', ...FOUND_BY_CHECK }],
  'docs/RULES.md#imdsv2stagenotenforced': [{ rule: 'Imdsv2::StageNotEnforced', at: '', reason: 'the page shows what breaks the rule' }],
  'docs/RULES.md#imdsv2changedafterenforcement': [{ rule: 'Imdsv2::ChangedAfterEnforcement', at: '', reason: 'the page shows what breaks the rule' }],
};

/** Blocks without a language that are not code, by their name. */
export const NOT_CODE: { readonly [block: string]: string } = {
  'docs/ARCHITECTURE.md#architecture': 'a drawing of the flow',
  'docs/checks.md#checks-2': 'what a check prints',
  'docs/transition.md#find-sdks-that-are-too-old-2': 'what a check prints',
  'CONTRIBUTING.md#a-resource-type-is-one-record-and-one-test-case': 'a row of a table',
  'CONTRIBUTING.md#a-resource-type-is-one-record-and-one-test-case-2': 'a row of a table',
};

/** Code that creates no template, by the name of its block. */
export const WITHOUT_TEMPLATE: { readonly [block: string]: string } = {
  'docs/RULES.md#imports-of-the-examples': 'imports, and an app without a stack',
  'RepairSelection': 'a selection, which a repair takes',
  'RepairWaves': 'waves, which a repair takes',
  'GuardRules': 'makes a plugin, which it adds to no app',
  'ImdsRegions': 'makes a value',
  'Imdsv2NagChecks': 'its app has no stack',
  'SdkSupport': 'looks a version up, and makes no stack',
  'UserDataScanner': 'scans a script, and makes no stack',
};
