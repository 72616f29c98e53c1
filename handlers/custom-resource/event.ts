/**
 * What CloudFormation sends to a custom resource, with properties in which every number and every boolean is a text.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export interface Event<Properties> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties?: Properties;
  readonly OldResourceProperties?: Properties;
}

/** What of Lambda's context is used. */
export interface Context {
  getRemainingTimeInMillis(): number;
}
