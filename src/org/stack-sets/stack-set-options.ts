import { BOOLEAN, LATER, TEXT, orUnresolved } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { shapeOf } from '../../model/props';
import { OPERATION } from './stack-set-operation';
import type { ImdsStackSetOperation } from './stack-set-operation';

/** The accounts of an organization that get a stack, and how they get it. Ids and names need not be known at synthesis. */
export interface ImdsStackSetOptions {
  /** The organizational units whose accounts get a stack, with the units below them; or the root of the organization. */
  readonly organizationalUnitIds: string[];

  /**
   * Accounts in these units that get no stack. An account that joins the units later still gets a stack, unless `autoDeployment` is false.
   *
   * @default - none
   */
  readonly excludedAccounts?: string[];

  /**
   * The name of the stack set. Another name is another stack set. With more than 82 characters it is cut in the names of its stacks.
   *
   * @default - generated from the path of the construct, in 82 characters
   */
  readonly stackSetName?: string;

  /**
   * Whether accounts that join the units later get a stack, and accounts that leave them lose theirs.
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
   * The order and the failure tolerance of a deployment.
   *
   * @default - one account at a time, one Region after the other, until the first failure
   */
  readonly operation?: ImdsStackSetOperation;
}

const SWITCH = orUnresolved(BOOLEAN);

/** The accepted values of the properties. */
export const STACK_SET: Shape<ImdsStackSetOptions> = {
  organizationalUnitIds: LATER,
  excludedAccounts: LATER,
  stackSetName: TEXT,
  autoDeployment: SWITCH,
  retainStacksOnAccountRemoval: SWITCH,
  delegatedAdmin: BOOLEAN,
  managedExecution: SWITCH,
  operation: shapeOf(OPERATION),
};
