import { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkValue, instance, required } from '../../model/kinds';
import type { ImdsRepair } from '../repair/imds-repair';
import { REMEDIATION, RUNBOOK, SUPPORT_RUNBOOK, checkedRemediation } from './remediation-options';
import type { ImdsRemediationOptions, ImdsRunbookOptions, ImdsSupportRunbookOptions } from './remediation-options';
import { runbookStatements } from './runbook-rights';
import type { RunbookPlace } from './runbook-rights';

/** An automation of Systems Manager that runs for an instance. */
interface Automation {
  readonly documentName: string;
  /** The parameters with the same value for every instance. */
  readonly parameters: { readonly [name: string]: string };
  /** Whether it requires tokens without checking whether software still uses IMDSv1. */
  readonly ignoresUsage: boolean;
  /** Whether the document exists in only one account. */
  readonly isOfOneAccount: boolean;
  statements(place: RunbookPlace): PolicyStatement[];
}

/**
 * How AWS Config remediates an instance that allows IMDSv1. No method makes an instance weaker: tokens become `required`, hop limits stay or
 * increase.
 *
 * An `ImdsRepair` changes only instances that are ready. The runbooks of AWS do not check whether software still calls IMDSv1. They may also enable a
 * disabled endpoint, so the default role does not let them change such an instance: its remediation fails.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/remediation.html
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsConfigRules, ImdsRemediation, ImdsRepair, RepairSelection } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Compliance');
 * const repair = new ImdsRepair(stack, 'Repair', { selection: RepairSelection.all() });
 * new ImdsConfigRules(stack, 'Rules', { remediation: ImdsRemediation.byRepair(repair) });
 */
export class ImdsRemediation {
  /**
   * A repair, which requires tokens on an instance only if it is ready: software on it has not used IMDSv1 for long enough.
   *
   * Findings are collected and become one run, in the waves of the repair. An instance that is not ready is not changed, and stays noncompliant. The
   * automation ends when the finding is stored. It belongs to the account and Region of the repair, so a conformance pack of other accounts cannot
   * use it.
   *
   * @param repair the repair. It changes only instances in its selection.
   * @param options whether the remediation starts automatically, and for how many instances at a time
   * @throws Error if the repair or an option is not valid, or an option has no effect
   */
  public static byRepair(repair: ImdsRepair, options: ImdsRemediationOptions = {}): ImdsRemediation {
    checkValue('repair', repair, required(REPAIR));
    checkedRemediation(options, REMEDIATION);
    const { documentName, role } = repair.asRemediation();
    return new ImdsRemediation({ ...options, role }, {
      documentName, parameters: {}, ignoresUsage: false, isOfOneAccount: true, statements: () => [],
    });
  }

  /**
   * The runbook `AWSSupport-ConfigureEC2Metadata`, which can increase the hop limit in the same call.
   *
   * By default, the runbook makes tokens optional. So the remediation always sets `required`.
   *
   * @param options the hop limit, the role, whether the remediation starts automatically, and for how many instances at a time
   * @throws Error if an option is not valid, or has no effect
   * @see https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupport-configureec2metadata.html
   */
  public static bySupportRunbook(options: ImdsSupportRunbookOptions = {}): ImdsRemediation {
    const { httpPutResponseHopLimit: hopLimit } = checkedRemediation(options, SUPPORT_RUNBOOK);
    const documentName = 'AWSSupport-ConfigureEC2Metadata';
    return new ImdsRemediation(options, {
      documentName,
      parameters: { EnforceIMDSv2: 'required', HttpPutResponseHopLimit: String(hopLimit ?? KEPT), MetadataAccess: 'enabled' },
      ignoresUsage: true,
      isOfOneAccount: false,
      statements: place => runbookStatements({ documentName, hopLimit }, place),
    });
  }

  /**
   * The runbook `AWSConfigRemediation-EnforceEC2InstanceIMDSv2`, which requires tokens and keeps the hop limit.
   *
   * @param options the role, whether the remediation starts automatically, and for how many instances at a time
   * @throws Error if an option is not valid, or has no effect
   * @see https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-aws-enforce-ec2-imdsv2.html
   */
  public static byConfigRunbook(options: ImdsRunbookOptions = {}): ImdsRemediation {
    checkedRemediation(options, RUNBOOK);
    const documentName = 'AWSConfigRemediation-EnforceEC2InstanceIMDSv2';
    return new ImdsRemediation(options, {
      documentName, parameters: {}, ignoresUsage: true, isOfOneAccount: false, statements: place => runbookStatements({ documentName }, place),
    });
  }

  private constructor(
    /** @internal */
    public readonly _options: ImdsRunbookOptions,
    /** @internal */
    public readonly _automation: Automation,
  ) {}

  /**
   * Whether it automatically stops software that still uses IMDSv1.
   *
   * @internal
   */
  public get _cutsOff(): boolean {
    return this._automation.ignoresUsage && this._options.automatic === true;
  }

  /**
   * The remediation configuration.
   *
   * @internal
   */
  public _controls() {
    const { automatic = false, maximumAutomaticAttempts = 5, retryAttemptPeriod = Duration.minutes(5), ...percentages } = this._options;
    const { concurrentExecutionRatePercentage = 10, errorPercentage = 10 } = percentages;
    return {
      targetType: 'SSM_DOCUMENT',
      targetId: this._automation.documentName,
      resourceType: 'AWS::EC2::Instance',
      automatic,
      ...automatic && { maximumAutomaticAttempts, retryAttemptSeconds: retryAttemptPeriod.toSeconds() },
      executionControls: { ssmControls: { concurrentExecutionRatePercentage, errorPercentage } },
    };
  }

  /**
   * The parameters of the automation, in CloudFormation's form.
   *
   * @param role the ARN of the role that it assumes
   * @internal
   */
  public _parameters(role: unknown): { readonly [name: string]: unknown } {
    const all = Object.entries({ AutomationAssumeRole: role, ...this._automation.parameters });
    return {
      InstanceId: { ResourceValue: { Value: 'RESOURCE_ID' } },
      ...Object.fromEntries(all.map(([name, value]) => [name, { StaticValue: { Values: [value] } }])),
    };
  }
}

/** With this hop limit, the runbook keeps the hop limit of the instance. */
const KEPT = 0;

/** This check does not load the code of `ImdsRepair`, which the runbooks do not need. */
const REPAIR = instance('an ImdsRepair', value => Construct.isConstruct(value) && 'asRemediation' in value);

/** The accepted values of `remediation`. */
export const REMEDIATION_KIND = instance(
  'an ImdsRemediation, such as ImdsRemediation.bySupportRunbook()', value => value instanceof ImdsRemediation,
);
