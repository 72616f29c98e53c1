import { CfnStackSet, Names, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { describeValue } from '../../model/setting';
import { operationPreferences } from './stack-set-operation';
import type { ImdsStackSetOptions } from './stack-set-options';
import { deploymentTargets } from './stack-set-targets';

/** The contents of the stacks of a stack set, and their Regions. */
export interface OrganizationStackSetProps extends ImdsStackSetOptions {
  readonly regions: string[];
  /** The template, or its place if it is too long. */
  readonly templateBody?: string;
  readonly templateUrl?: string;
  /** The values of its parameters, which can be tokens of the app. */
  readonly parameters?: CfnStackSet.ParameterProperty[];
}

/** A stack set with service-managed permissions: one stack in each Region of each account. */
export class OrganizationStackSet extends CfnStackSet {
  /**
   * A pattern with `*` that the names of its stacks match in every account.
   *
   * CloudFormation calls them `StackSet-<name of the stack set>-<id>`, and shortens this to 128 characters.
   */
  public readonly stackNamePattern: string;

  /**
   * @param scope the construct whose path is the default name of the stack set
   * @param id its id in the scope
   * @param props the stacks, and the accounts that get them
   * @throws Error if CloudFormation does not accept a property, or two of them exclude each other
   */
  public constructor(scope: Construct, id: string, props: OrganizationStackSetProps) {
    const stackSetName = checkedName(props.stackSetName) ?? Names.uniqueResourceName(scope, { maxLength: UNCUT_LENGTH, separator: '-' });
    super(scope, id, {
      stackSetName,
      permissionModel: 'SERVICE_MANAGED',
      callAs: props.delegatedAdmin ? 'DELEGATED_ADMIN' : 'SELF',
      capabilities: ['CAPABILITY_IAM'],
      autoDeployment: autoDeployment(props),
      managedExecution: { Active: props.managedExecution ?? false },
      operationPreferences: operationPreferences(props.operation ?? {}, props.regions),
      parameters: props.parameters,
      stackInstancesGroup: [{ deploymentTargets: deploymentTargets(props), regions: props.regions }],
      templateBody: props.templateBody,
      templateUrl: props.templateUrl,
    });
    this.stackNamePattern = stackNamePattern(stackSetName);
  }
}

/** The longest name that is not cut in the names of its stacks. These add `StackSet-`, `-` and an id of 36 characters, and have at most 128. */
const UNCUT_LENGTH = 82;

function stackNamePattern(stackSetName: string): string {
  const isCut = !Token.isUnresolved(stackSetName) && stackSetName.length > UNCUT_LENGTH;
  return isCut ? `StackSet-${stackSetName.slice(0, UNCUT_LENGTH)}*` : `StackSet-${stackSetName}-*`;
}

function autoDeployment(props: ImdsStackSetOptions): CfnStackSet.AutoDeploymentProperty {
  const { autoDeployment: enabled = true, retainStacksOnAccountRemoval = false } = props;
  if (!enabled && retainStacksOnAccountRemoval) { throw new Error('retainStacksOnAccountRemoval must not be true where autoDeployment is false'); }
  return enabled ? { enabled, retainStacksOnAccountRemoval } : { enabled };
}

/** A name that CloudFormation accepts, if one is given. */
function checkedName(name: string | undefined): string | undefined {
  if (name === undefined || Token.isUnresolved(name) || /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) { return name; }
  throw new Error(`stackSetName must be 128 letters, digits and hyphens at most and start with a letter, got ${describeValue(name)}`);
}
