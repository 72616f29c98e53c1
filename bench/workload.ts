import { App, IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import {
  CfnInstance, CfnLaunchTemplate, ISecurityGroup, IVpc, Instance, InstanceType, LaunchTemplate, MachineImage, SecurityGroup, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { IInstanceProfile, InstanceProfile, Role } from 'aws-cdk-lib/aws-iam';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import * as RECOMMENDED_FLAGS from 'aws-cdk-lib/recommended-feature-flags.json';

/** An app to synthesize. Half of its relevant resources are instances, half are launch templates. */
export interface Workload {
  /**
   * The level of the constructs. L1s are as in a hand-written or included template. L2s are all that the aspects of aws-cdk-lib support.
   *
   * `cdk init` is an app with the flags of `cdk init`, including aspect stabilization. Every second L2 instance follows the `LatestVersionNumber` of
   * a launch template, and each ten instances have a group. So a third of its relevant resources are launch templates.
   */
  readonly level: 'L1' | 'L2' | 'cdk init';
  /** The number of instances and launch templates. */
  readonly relevant: number;
  /** Their percentage of all resources. The others are topics. */
  readonly percent: number;
  /** Whether each instance launches from its own launch template. Only for L1. */
  readonly follows?: boolean;
  /** Whether tokens are already required, so that a check finds nothing. Only for L1. */
  readonly isFine?: boolean;
}

/** The resources of a stack. The aspects of aws-cdk-lib add half as many, and CloudFormation accepts 500. */
const STACK_SIZE = 200;

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
const IMAGE = 'ami-0123456789abcdef0';
const SUBNET = 'subnet-0123456789abcdef0';

/**
 * A plugin that accepts everything. It replaces CDK's own validation, which takes seconds, but is part of most apps. CDK's work around a plugin is
 * still measured.
 */
const ACCEPTING: IPolicyValidationPlugin = { name: 'Accepting', validate: () => ({ success: true, violations: [] }) };

/** Violations are not printed, and do not fail the synthesis. */
const CONTEXT = { '@aws-cdk/core:failSynthOnValidationErrors': false };

/** Creates the app of a workload without features that would distort the measurement. */
export function buildApp(workload: Workload, outdir: string): App {
  const context = workload.level === 'cdk init' ? { ...RECOMMENDED_FLAGS, ...CONTEXT } : CONTEXT;
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false, context });
  Validations.of(app).addPlugins(ACCEPTING);
  if (workload.level === 'cdk init') { addInstances(app, workload.relevant); } else { addMixture(app, workload); }
  return app;
}

/** Adds instances, of which every second one follows a launch template, and for each ten a group that launches from that template. */
function addInstances(app: App, relevant: number): void {
  let resources: L2Resources | undefined;
  for (let index = 0; index < relevant * 2 / 3; index++) {
    if (!resources || index % STACK_SIZE === 0) { resources = new L2Resources(stackIn(app, index)); }
    const instance = resources.instance(index);
    if (index % 2 === 0) { continue; }
    const { launchTemplateId, latestVersionNumber: version } = resources.launchTemplate(index);
    // The L2 has no property for it.
    (instance.node.defaultChild as CfnInstance).launchTemplate = { launchTemplateId, version };
    if (index % 10 === 1) { resources.group(index, { launchTemplateId, version }); }
  }
}

/** Adds instances and launch templates alternately, mixed with topics. */
function addMixture(app: App, { level, relevant, percent, follows = false, isFine = false }: Workload): void {
  const every = Math.round(100 / percent);
  let resources: Resources | undefined;
  for (let index = 0; index < relevant * every; index++) {
    if (!resources || index % STACK_SIZE === 0) {
      const stack = stackIn(app, index);
      resources = level === 'L1' ? new L1Resources(stack, follows, isFine) : new L2Resources(stack);
    }
    if (index % every > 0) {
      resources.topic(index);
    } else if (index / every % 2 === 0) {
      resources.launchTemplate(index);
    } else {
      resources.instance(index);
    }
  }
}

function stackIn(app: App, index: number): Stack {
  return new Stack(app, `Stack${index / STACK_SIZE}`, { env: { account: ACCOUNT, region: REGION } });
}

/** The resources of one stack. */
abstract class Resources {
  public constructor(protected readonly stack: Stack) {}

  public abstract instance(index: number): unknown;
  public abstract launchTemplate(index: number): unknown;

  public topic(index: number): void {
    new CfnTopic(this.stack, `Topic${index}`, { displayName: `Topic ${index}` });
  }
}

class L1Resources extends Resources {
  private latest?: CfnLaunchTemplate;

  /** The metadata options of the resources. */
  private readonly options?: { readonly httpTokens: string };

  public constructor(stack: Stack, private readonly follows: boolean, isFine: boolean) {
    super(stack);
    this.options = isFine ? { httpTokens: 'required' } : undefined;
  }

  public instance(index: number): void {
    const { latest } = this;
    const launchTemplate = this.follows && latest ? { launchTemplateId: latest.ref, version: latest.attrLatestVersionNumber } : undefined;
    new CfnInstance(this.stack, `Instance${index}`, {
      imageId: IMAGE, instanceType: 't3.micro', subnetId: SUBNET, launchTemplate, metadataOptions: this.options,
    });
  }

  public launchTemplate(index: number): void {
    this.latest = new CfnLaunchTemplate(this.stack, `Template${index}`, {
      launchTemplateData: { imageId: IMAGE, instanceType: 't3.micro', metadataOptions: this.options },
    });
  }
}

/** All other resources of an instance are imported, so that it is one resource. */
class L2Resources extends Resources {
  private readonly vpc: IVpc;
  private readonly securityGroup: ISecurityGroup;
  private readonly instanceProfile: IInstanceProfile;
  private readonly instanceType = new InstanceType('t3.micro');
  private readonly machineImage = MachineImage.genericLinux({ [REGION]: IMAGE });

  public constructor(stack: Stack) {
    super(stack);
    this.vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: [`${REGION}a`],
      privateSubnetIds: [SUBNET],
    });
    this.securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-0123456789abcdef0');
    this.instanceProfile = InstanceProfile.fromInstanceProfileAttributes(stack, 'Profile', {
      instanceProfileArn: `arn:aws:iam::${ACCOUNT}:instance-profile/Profile`,
      role: Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/Role`),
    });
  }

  public instance(index: number): Instance {
    const { vpc, securityGroup, instanceProfile, instanceType, machineImage } = this;
    return new Instance(this.stack, `Instance${index}`, { vpc, securityGroup, instanceProfile, instanceType, machineImage });
  }

  public launchTemplate(index: number): LaunchTemplate {
    const { securityGroup, instanceType, machineImage } = this;
    return new LaunchTemplate(this.stack, `Template${index}`, { securityGroup, instanceType, machineImage });
  }

  /** An L1, because aws-cdk-lib's own aspect throws on an L2 group with its own template. */
  public group(index: number, launchTemplate: CfnAutoScalingGroup.LaunchTemplateSpecificationProperty): void {
    new CfnAutoScalingGroup(this.stack, `Group${index}`, { minSize: '1', maxSize: '1', launchTemplate });
  }
}
