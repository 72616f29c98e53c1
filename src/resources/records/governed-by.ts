/** What governs instances where nothing else does. */
export const REGIONAL = 'the account default of the Region (HttpTokens required, then HttpTokensEnforced) or a declarative policy';

/** What names a launch template can require tokens. */
export const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';

/** The page on a type, for one of which nothing else says that it has no property for metadata options. */
export function referenceOf(type: string): string {
  return `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${type}.html`;
}

/** What governs instances in accounts of the service. */
export const SERVICE_OWNED = 'the service itself: its instances do not run under your account defaults; see its documentation';
