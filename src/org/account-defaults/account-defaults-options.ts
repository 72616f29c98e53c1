import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ImdsDefaultsProps } from '../defaults-props';

/** What account defaults have in common, whether they are set for one account or for an organization. */
export interface ImdsAccountDefaultsOptions extends ImdsDefaultsProps {
  /**
   * What becomes of the defaults when the resource is removed from the stack, or the stack is deleted.
   *
   * `DESTROY` resets what is managed to no preference, `RETAIN` leaves it, `RETAIN_ON_UPDATE_OR_DELETE` leaves it unless the creation fails.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The runtime of the function that sets the defaults: Node.js 22 or later. `httpTokensEnforced` needs one whose AWS SDK is of 2026-02 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
}
