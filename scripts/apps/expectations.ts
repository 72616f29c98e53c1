/** A finding that an app has on purpose. */
export interface KnownFinding {
  readonly rule: string;
  /** The path of the construct. */
  readonly at: string;
  readonly reason: string;
}

/** Checks are there to find what the instance of the harness lacks. */
const FOUND_BY_CHECK = { at: 'Shop/Web/Resource', reason: 'the instance that the example is given does not require tokens' };

/** cdk-nag has rules for much else. */
const FOUND_BY_NAG = { at: 'Shop/Web/Resource', reason: 'the instance that the example is given is a plain one, and cdk-nag asks for more than IMDSv2' };

/** Findings that stop `cdk synth`, and are meant, by the name of the app. One that is not found any more has to leave the list. */
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

/** Blocks without a language that hold no code, by their name. */
export const NOT_CODE: { readonly [block: string]: string } = {
  'docs/ARCHITECTURE.md#architecture': 'a drawing of the flow',
  'docs/checks.md#checks-2': 'what a check prints',
  'docs/transition.md#find-sdks-that-are-too-old-2': 'what a check prints',
  'CONTRIBUTING.md#a-resource-type-is-one-record-and-one-test-case': 'a row of a table',
  'CONTRIBUTING.md#a-resource-type-is-one-record-and-one-test-case-2': 'a row of a table',
};

/** Code that is run and makes no template, by the name of the block. */
export const WITHOUT_TEMPLATE: { readonly [block: string]: string } = {
  RepairSelection: 'a selection, which a repair takes',
  RepairWaves: 'waves, which a repair takes',
  GuardRules: 'makes a plugin, which it adds to no app',
  ImdsRegions: 'makes a value',
  Imdsv2NagChecks: 'its app has no stack',
  SdkSupport: 'looks a version up, and makes no stack',
  UserDataScanner: 'scans a script, and makes no stack',
};
