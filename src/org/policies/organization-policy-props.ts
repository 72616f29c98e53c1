import { RemovalPolicy } from 'aws-cdk-lib';
import { LATER, TEXT, oneOf } from '../../model/kinds';
import type { Shape } from '../../model/props';

/** What policies of AWS Organizations are attached to, and how they are called. */
export interface ImdsOrganizationPolicyProps {
  /**
   * The ids of the targets: the root (`r-ab12`), organizational units (`ou-ab12-11111111`), accounts (`111122223333`).
   *
   * It applies to the accounts below them, also to accounts that join later. With an empty list, it is attached to nothing and has no effect.
   */
  readonly targetIds: string[];

  /**
   * The name, 1 to 128 characters. No other policy of its type in the organization can have it.
   *
   * If there are several policies, further ones get `-2`, `-3` and so on at the end.
   *
   * @default - generated from the path of the construct
   */
  readonly policyName?: string;

  /**
   * The description, 512 characters at most.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What happens to it when it is removed from the stack, or the stack is deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The accepted values of the properties. */
export const ORGANIZATION_POLICY: Shape<ImdsOrganizationPolicyProps> = {
  targetIds: LATER, policyName: TEXT, description: TEXT, removalPolicy: oneOf(RemovalPolicy),
};
