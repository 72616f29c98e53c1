import { CustomResource, Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { checkRemovalPolicy, checkRuntime } from '../../functions/checked-options';
import { serviceTimeoutFor } from '../../functions/service-timeout';
import { checkPlace } from '../../model/kinds';
import { checked } from '../../model/props';
import { checkedDefaults } from '../checked-defaults';
import { warnOfEnforcement } from '../cut-off-warning';
import { GUARDRAIL_NAME_PREFIX } from '../guardrail-names';
import { ACCOUNT_DEFAULTS } from './account-defaults-options';
import type { ImdsAccountDefaultsOptions } from './account-defaults-options';
import { checkDriftDetection } from './checked-drift-detection';
import { DefaultsFunction } from './defaults-function';
import { ImdsDriftDetection } from './drift-detection';
import { DriftLook } from './drift-look';
import { REGIONS, ImdsRegions } from './imds-regions';
import { sharedRegions } from './same-region';
import { warnOfUnknownRegions } from './unknown-regions';

/** The defaults of one account. */
export interface ImdsAccountDefaultsProps extends ImdsAccountDefaultsOptions {
  /**
   * The Regions whose defaults are set. Each Region of an account has its own.
   *
   * @default ImdsRegions.own()
   */
  readonly regions?: ImdsRegions;
}

/**
 * Sets the defaults of an account for the metadata options of new instances, with a custom resource.
 *
 * If you do not set a property, the construct does not change that default. Running instances do not change. An option in a launch or a launch
 * template overrides its default; only `httpTokensEnforced` prevents this. There is no default for the IPv6 endpoint. The stack needs no
 * bootstrapped environment and no assets.
 *
 * Use one resource for each Region of an account. If two stacks set the same Region, the stack that changed it restores the old value when you
 * delete it. The other stack does not notice this. With `ImdsDriftDetection.repair()`, its next check sets the default again.
 *
 * If EC2 refuses a change, the deployment fails and names each Region. This happens if a declarative policy of the organization manages the
 * default, or a service control policy denies a Region. In that case, name the Regions. A deployment that fails restores what it changed.
 *
 * The resource stores what it changed, and the old values. An update restores defaults that it no longer manages. If you move or rename the construct
 * within a stack, the defaults stay: the new resource takes them over. The new resource changed nothing, so its deletion does not change the
 * defaults.
 *
 * Deletion restores each old value, if the default still has the value that the resource set. A default stays if it already had the wanted value,
 * if it was changed elsewhere, or if EC2 does not allow the change. The log of the function lists the restored and the remaining defaults.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#set-imdsv2-account-defaults
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsAccountDefaults, ImdsRegions } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Account');
 * new ImdsAccountDefaults(stack, 'Defaults', { httpPutResponseHopLimit: 2, regions: ImdsRegions.allEnabled() });
 */
export class ImdsAccountDefaults extends Construct {
  /** The ARN of the role that changes the defaults, in every account. Exempt it if a service control policy denies changing them. */
  public static readonly ROLE_ARN_PATTERN = 'arn:*:iam::*:role/cdk-imdsv2/*';

  /**
   * The ARN of the function with this role, in every account. A principal that can change its code or environment gets the permissions of the
   * role.
   */
  public static readonly FUNCTION_ARN_PATTERN = `arn:*:lambda:*:*:function:${GUARDRAIL_NAME_PREFIX}*`;

  /** The role that reads and changes the defaults. */
  public readonly role: IRole;

  /** The Regions whose defaults were set, joined by commas, or `none`. */
  public readonly appliedRegions: string;

  /** The Regions that are named but not enabled in the account, joined by commas, or `none`. */
  public readonly skippedRegions: string;

  /** @internal */
  public readonly _regions: readonly string[] | undefined;

  /**
   * @param scope the construct that it belongs to
   * @param id its id in the scope
   * @param props the defaults
   * @throws Error if EC2 does not accept a property, IMDSv2 is enforced and not required, or the removal policy or the runtime does not fit
   */
  public constructor(scope: Construct, id: string, props: ImdsAccountDefaultsProps = {}) {
    super(checkPlace(scope, id), id);
    checked(props, { ...ACCOUNT_DEFAULTS, regions: REGIONS });
    const defaults = checkedDefaults(props);
    checkRemovalPolicy(props.removalPolicy);
    checkRuntime(props.runtime);
    checkDriftDetection(props.driftDetection);
    this._regions = (props.regions ?? ImdsRegions.own())._from(this);
    const regions = this._regions;
    const { driftDetection = ImdsDriftDetection.off(), runtime } = props;
    const setter = new DefaultsFunction(this, 'Setter', {
      defaults,
      regions,
      reports: driftDetection._schedule !== undefined,
      repairs: driftDetection._repairs,
      rolePath: ROLE_PATH,
      timeout: TIMEOUT,
      runtime,
    });
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::ImdsAccountDefaults',
      serviceToken: setter.function.functionArn,
      serviceTimeout: serviceTimeoutFor(TIMEOUT),
      removalPolicy: props.removalPolicy,
      properties: { Defaults: defaults, Regions: regions },
    });
    resource.node.addDependency(setter.rights);
    new DriftLook(this, 'Look', setter.function, driftDetection).node.addDependency(resource);
    this.role = setter.role;
    this.appliedRegions = resource.getAttString('Regions');
    this.skippedRegions = resource.getAttString('SkippedRegions');
    warnOfUnknownRegions(this, 'regions', regions);
    warnOfEnforcement(this, props.httpTokensEnforced, 'the account');
    this.node.addValidation({ validate: () => sharedRegions(this, isAccountDefaults) });
  }
}

function isAccountDefaults(construct: IConstruct): construct is ImdsAccountDefaults {
  return construct instanceof ImdsAccountDefaults;
}

/** The path in `ROLE_ARN_PATTERN`. */
const ROLE_PATH = '/cdk-imdsv2/';

/** The timeout of the function. */
const TIMEOUT = Duration.minutes(5);
