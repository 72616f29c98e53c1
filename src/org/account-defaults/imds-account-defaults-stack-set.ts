import { CfnStackSet, Names, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { describeValue } from '../../model/setting';
import { warnOfEnforcement } from '../cut-off-warning';
import type { ImdsAccountDefaultsStackSetProps } from './account-defaults-stack-set-props';
import { checkRegions } from './region-names';
import { operationPreferences } from './stack-set-operation';
import { deploymentTargets } from './stack-set-targets';
import { templateBody } from './stack-set-template';
import { warnOfUnknownRegions } from './unknown-regions';

/**
 * Sets the account defaults of an organization: `ImdsAccountDefaults` in each account, by a stack set with service-managed permissions.
 *
 * Such a stack set does not reach the management account, even where that is in a unit: put an `ImdsAccountDefaults` there. It needs trusted
 * access for stack sets in the organization.
 *
 * Where a service control policy of the organization denies Regions, give `regions` that are not among them: a stack fails where it cannot set a
 * Region. Stack sets with service-managed permissions are not supported in the China Regions.
 *
 * Where the construct is moved or renamed, so that its stack set is another one, the stacks of the old one take back what they changed after those of
 * the new one found it set. Give it `RemovalPolicy.RETAIN` in one deployment, and move it in the next; or let `driftDetection` repair it.
 *
 * Its template is part of the template of the stack, and made apart from the app: aspects, property injectors and context of the app do not reach
 * the resources in it. Tags do, from the stack set.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsAccountDefaultsStackSet } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Organization');
 * new ImdsAccountDefaultsStackSet(stack, 'Defaults', {
 *   organizationalUnitIds: ['ou-ab12-cd34ef56'],
 *   httpPutResponseHopLimit: 2,
 *   operation: { failureTolerancePercentage: 10, maxConcurrentPercentage: 10 },
 * });
 */
export class ImdsAccountDefaultsStackSet extends Construct {
  /** The id of the stack set. */
  public readonly stackSetId: string;

  /** The name of the stack set. */
  public readonly stackSetName: string;

  /**
   * What the names of its stacks match, in every account, with `*` for what varies: for policies that guard them.
   *
   * CloudFormation calls them `StackSet-<name of the stack set>-<id>`, and cuts that at 128 characters.
   */
  public readonly stackNamePattern: string;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the defaults, and who gets them
   * @throws Error where a property is none that EC2 or CloudFormation takes, two of them exclude each other, or the template gets too long
   */
  public constructor(scope: Construct, id: string, props: ImdsAccountDefaultsStackSetProps) {
    super(scope, id);
    const regions = props.stackRegions ?? [Stack.of(this).region];
    checkRegions('stackRegions', regions);
    this.stackSetName = checkedName(props.stackSetName) ?? Names.uniqueResourceName(this, { maxLength: UNCUT_LENGTH, separator: '-' });
    this.stackNamePattern = stackNamePattern(this.stackSetName);
    const stackSet = new CfnStackSet(this, 'Resource', {
      stackSetName: this.stackSetName,
      permissionModel: 'SERVICE_MANAGED',
      callAs: props.delegatedAdmin ? 'DELEGATED_ADMIN' : 'SELF',
      capabilities: ['CAPABILITY_IAM'],
      autoDeployment: autoDeployment(props),
      managedExecution: { Active: props.managedExecution ?? false },
      operationPreferences: operationPreferences(props.operation ?? {}, regions),
      stackInstancesGroup: [{ deploymentTargets: deploymentTargets(props), regions }],
      templateBody: templateBody(props),
    });
    this.stackSetId = stackSet.attrStackSetId;
    warnOfUnknownRegions(this, 'regions', props.regions?._from(this));
    warnOfUnknownRegions(this, 'stackRegions', props.stackRegions);
    warnOfEnforcement(this, props.httpTokensEnforced, 'these accounts');
  }
}

/** How long a name may be so that those of its stacks, with `StackSet-` and `-` and an id of 36 characters, have no more than 128. */
const UNCUT_LENGTH = 82;

function stackNamePattern(stackSetName: string): string {
  const isCut = !Token.isUnresolved(stackSetName) && stackSetName.length > UNCUT_LENGTH;
  return isCut ? `StackSet-${stackSetName.slice(0, UNCUT_LENGTH)}*` : `StackSet-${stackSetName}-*`;
}

function autoDeployment(props: ImdsAccountDefaultsStackSetProps): CfnStackSet.AutoDeploymentProperty {
  const { autoDeployment: enabled = true, retainStacksOnAccountRemoval = false } = props;
  if (!enabled && retainStacksOnAccountRemoval) { throw new Error('retainStacksOnAccountRemoval must not be true where autoDeployment is false'); }
  return enabled ? { enabled, retainStacksOnAccountRemoval } : { enabled };
}

/** A name, if one is given, that CloudFormation takes. */
function checkedName(name: string | undefined): string | undefined {
  if (name === undefined || Token.isUnresolved(name) || /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) { return name; }
  throw new Error(`stackSetName must be 128 letters, digits and hyphens at most and start with a letter, got ${describeValue(name)}`);
}
