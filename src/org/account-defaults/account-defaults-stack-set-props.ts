import { TEXTS } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { STACK_SET } from '../stack-sets/stack-set-options';
import type { ImdsStackSetOptions } from '../stack-sets/stack-set-options';
import { ACCOUNT_DEFAULTS } from './account-defaults-options';
import type { ImdsAccountDefaultsOptions } from './account-defaults-options';
import { REGIONS } from './imds-regions';
import type { ImdsRegions } from './imds-regions';

/** The defaults of the accounts of an organization. They must be known at synthesis; the ids, names and Regions of the stack set need not. */
export interface ImdsAccountDefaultsStackSetProps extends ImdsAccountDefaultsOptions, ImdsStackSetOptions {
  /**
   * The Regions whose defaults each stack sets.
   *
   * @default - every enabled Region of its account, or its own Region with `stackRegions`
   */
  readonly regions?: ImdsRegions;

  /**
   * The Regions that get a stack in each account, in the order of deployment. Each must be enabled in the accounts and in the management account.
   *
   * @default - the Region of the stack set
   */
  readonly stackRegions?: string[];
}

/** The accepted values of the properties. */
export const DEFAULTS_STACK_SET: Shape<ImdsAccountDefaultsStackSetProps> = {
  ...ACCOUNT_DEFAULTS, ...STACK_SET, regions: REGIONS, stackRegions: TEXTS,
};
