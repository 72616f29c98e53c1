import { App, IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import {
  CfnInstance, CfnLaunchTemplate, ISecurityGroup, IVpc, Instance, InstanceType, LaunchTemplate, MachineImage, SecurityGroup, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { IInstanceProfile, InstanceProfile, Role } from 'aws-cdk-lib/aws-iam';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';

/** An app to synthesize: half of its relevant resources are instances, half are launch templates. */
export interface Workload {
  /** L1 as written by hand or included; L2 is all that aws-cdk-lib's aspects see. */
  readonly level: 'L1' | 'L2';
  /** How many instances and launch templates there are. */
  readonly relevant: number;
  /** Which percentage of all resources they are; the others are topics. */
  readonly percent: number;
  /** Whether each instance launches from a launch template of its own; for L1 only. */
  readonly follows?: boolean;
}

/** Resources in a stack: aws-cdk-lib's aspects make it half as many again, and CloudFormation takes 500. */
const STACK_SIZE = 200;

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
const IMAGE = 'ami-0123456789abcdef0';
const SUBNET = 'subnet-0123456789abcdef0';

/**
 * CDK's own validation takes seconds and is off, but it is there in most apps, and with it what CDK does around every plugin. So a plugin that
 * accepts everything stands in its place.
 */
const ACCEPTING: IPolicyValidationPlugin = { name: 'Accepting', validate: () => ({ success: true, violations: [] }) };

/** What violations are found is not printed, and fails nothing. */
const CONTEXT = { '@aws-cdk/core:failSynthOnValidationErrors': false };

/** The app of a workload, with everything off that would be measured along. */
export function buildApp({ level, relevant, percent, follows = false }: Workload, outdir: string): App {
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false, context: CONTEXT });
  Validations.of(app).addPlugins(ACCEPTING);
  const every = Math.round(100 / percent);
  let resources: Resources | undefined;
  for (let index = 0; index < relevant * every; index++) {
    if (!resources || index % STACK_SIZE === 0) {
      const stack = new Stack(app, `Stack${index / STACK_SIZE}`, { env: { account: ACCOUNT, region: REGION } });
      resources = level === 'L1' ? new L1Resources(stack, follows) : new L2Resources(stack);
    }
    if (index % every > 0) {
      resources.topic(index);
    } else if (index / every % 2 === 0) {
      resources.launchTemplate(index);
    } else {
      resources.instance(index);
    }
  }
  return app;
}

/** The resources of one stack. */
abstract class Resources {
  public constructor(protected readonly stack: Stack) {}

  public abstract instance(index: number): void;
  public abstract launchTemplate(index: number): void;

  public topic(index: number): void {
    new CfnTopic(this.stack, `Topic${index}`, { displayName: `Topic ${index}` });
  }
}

class L1Resources extends Resources {
  private latest?: CfnLaunchTemplate;

  public constructor(stack: Stack, private readonly follows: boolean) {
    super(stack);
  }

  public instance(index: number): void {
    const { latest } = this;
    const launchTemplate = this.follows && latest ? { launchTemplateId: latest.ref, version: latest.attrLatestVersionNumber } : undefined;
    new CfnInstance(this.stack, `Instance${index}`, { imageId: IMAGE, instanceType: 't3.micro', subnetId: SUBNET, launchTemplate });
  }

  public launchTemplate(index: number): void {
    this.latest = new CfnLaunchTemplate(this.stack, `Template${index}`, { launchTemplateData: { imageId: IMAGE, instanceType: 't3.micro' } });
  }
}

/** Everything that an instance brings along is imported, so that it is one resource. */
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

  public instance(index: number): void {
    const { vpc, securityGroup, instanceProfile, instanceType, machineImage } = this;
    new Instance(this.stack, `Instance${index}`, { vpc, securityGroup, instanceProfile, instanceType, machineImage });
  }

  public launchTemplate(index: number): void {
    const { securityGroup, instanceType, machineImage } = this;
    new LaunchTemplate(this.stack, `Template${index}`, { securityGroup, instanceType, machineImage });
  }
}
