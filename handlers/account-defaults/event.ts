import type { Defaults } from './defaults';

/** The properties of `Custom::ImdsAccountDefaults`. CloudFormation sends every number as a text. */
export interface Properties {
  readonly Defaults?: Defaults;

  /** The Regions that get them; without, every Region that is enabled in the account. */
  readonly Regions?: readonly string[];
}

/**
 * What CloudFormation sends to a custom resource.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export interface Event {
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
