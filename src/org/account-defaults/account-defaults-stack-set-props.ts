import type { ImdsAccountDefaultsOptions } from './account-defaults-options';
import type { ImdsRegions } from './imds-regions';
import type { ImdsStackSetOperation } from './stack-set-operation';

/** The defaults of the accounts of an organization. They must be known at synthesis; the ids, names and Regions of the stack set need not. */
export interface ImdsAccountDefaultsStackSetProps extends ImdsAccountDefaultsOptions {
  /** The organizational units whose accounts get the defaults, with the units below them; or the root of the organization. */
  readonly organizationalUnitIds: string[];

  /**
   * Accounts in these units that do not get the defaults. One that joins the units later gets them all the same, unless `autoDeployment` is false.
   *
   * @default - none
   */
  readonly excludedAccounts?: string[];

  /**
   * The Regions whose defaults each stack sets.
   *
   * @default - every enabled Region of its account, or its own Region where `stackRegions` is given
   */
  readonly regions?: ImdsRegions;

  /**
   * The Regions that get a stack in each account, in the order of deployment. Each must be enabled in the accounts and in the management account.
   *
   * @default - the Region of the stack set
   */
  readonly stackRegions?: string[];

  /**
   * The name of the stack set. Another name is another stack set. With more than 82 characters it is cut in the names of its stacks.
   *
   * @default - made of the path of the construct, in 82 characters
   */
  readonly stackSetName?: string;

  /**
   * Whether accounts that join the units later get the defaults, and accounts that leave them lose their stack.
   *
   * @default true
   */
  readonly autoDeployment?: boolean;

  /**
   * Whether the stack of an account that leaves the units is kept. It needs `autoDeployment`.
   *
   * @default false
   */
  readonly retainStacksOnAccountRemoval?: boolean;

  /**
   * Whether the stack set is deployed from a delegated administrator's account, instead of the management account.
   *
   * @default false
   */
  readonly delegatedAdmin?: boolean;

  /**
   * Whether operations of the stack set that do not conflict run at the same time, and others wait for their turn instead of failing.
   *
   * @default false
   */
  readonly managedExecution?: boolean;

  /**
   * How CloudFormation goes through the accounts and Regions.
   *
   * @default - one account at a time, one Region after the other, until the first failure
   */
  readonly operation?: ImdsStackSetOperation;
}
