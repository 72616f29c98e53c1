import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LATER } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { DEFAULTS } from '../defaults-props';
import type { ImdsDefaultsProps } from '../defaults-props';
import type { ImdsDriftDetection } from './drift-detection';

/** Common options of account defaults, for one account or for an organization. */
export interface ImdsAccountDefaultsOptions extends ImdsDefaultsProps {
  /**
   * What happens to the defaults when the resource is removed from the stack, or the stack is deleted.
   *
   * `DESTROY` restores the values that the resource changed and nobody changed since. `RETAIN` keeps the current values. `RETAIN_ON_UPDATE_OR_DELETE`
   * keeps them unless the creation of the stack fails.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether the defaults are checked later, to find changes by others, and Regions that were enabled since.
   *
   * @default ImdsDriftDetection.off()
   */
  readonly driftDetection?: ImdsDriftDetection;

  /**
   * The runtime of the function that sets the defaults: Node.js 22 or later. `httpTokensEnforced` needs a runtime with an AWS SDK from February 2026
   * or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime;
}

/** The accepted values of the properties. */
export const ACCOUNT_DEFAULTS: Shape<ImdsAccountDefaultsOptions> = { ...DEFAULTS, removalPolicy: LATER, driftDetection: LATER, runtime: LATER };
