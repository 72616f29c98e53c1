import type { IAspect } from 'aws-cdk-lib';
import { App, Aspects, CfnElement, CfnResource, NestedStack, Stack, Stage, Tags, Token, Validations } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { LaunchTemplateHttpTokens } from 'aws-cdk-lib/aws-ec2';
import { BastionHostLinux, CfnInstance, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CloudFormationProduct, CloudFormationTemplate, ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { ImdsExemption } from '../../../src';
import type { AppPlan, AppStack, Host, Level, UserAspect } from './apps';

const TYPE = new InstanceType('t3.micro');
const IMAGE = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
const ENVIRONMENT = { account: '111122223333', region: 'eu-west-1' };

/** Where the types of hosts hold their options. */
const OPTIONS: { readonly [type: string]: string } = {
  'AWS::EC2::Instance': 'MetadataOptions',
  'AWS::AutoScaling::LaunchConfiguration': 'MetadataOptions',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.MetadataOptions',
};

/** An app that was built from a plan: its stacks, and the hosts in them. */
export class BuiltApp {
  public readonly stacks: readonly Stack[];
  public readonly hosts: readonly (readonly Construct[])[];

  public constructor(private readonly app: App, private readonly plan: AppPlan) {
    const built = plan.stacks.map((stack, index) => this.build(stack, index));
    this.stacks = built.map(({ stack }) => stack);
    this.hosts = built.map(({ hosts }) => hosts);
    for (const { at, key, value } of plan.tags) { Tags.of(this.at(at)).add(key, value); }
    for (const { at, by, reason, expires } of plan.exemptions) {
      const scope = this.at(at);
      if (by === 'acknowledge') {
        Validations.of(scope).acknowledge({ id: 'Imdsv2::TokensRequired', reason });
      } else {
        ImdsExemption.of(scope).add({ rule: 'Imdsv2::TokensRequired', reason, expires });
      }
    }
  }

  /** Adds the aspects of the user's. */
  public addAspects(): void {
    for (const aspect of this.plan.aspects) { Aspects.of(this.at(aspect.at)).add(visitorOf(aspect), { priority: aspect.priority }); }
  }

  /** The resources of a host that hold options, by the name of their template and their logical id. */
  public carriersOf(host: Level): readonly { readonly file: string; readonly logicalId: string }[] {
    const resources = this.at(host).node.findAll().filter(construct => CfnResource.isCfnResource(construct)) as CfnResource[];
    return resources.filter(({ cfnResourceType }) => cfnResourceType in OPTIONS)
      .map(({ stack, logicalId }) => ({ file: stack.templateFile, logicalId: String(stack.resolve(logicalId)) }));
  }

  /** Whether the path that a line begins with is one where tokens are acknowledged, or below. */
  public isAcknowledged(line: string): boolean {
    const paths = this.plan.exemptions.filter(({ by }) => by === 'acknowledge').map(({ at }) => this.at(at).node.path);
    return line.endsWith(' Imdsv2::TokensRequired') && paths.some(path => line.startsWith(`${path}/`) || line.startsWith(`${path} `));
  }

  /** The construct that is meant: indices beyond the end begin anew. */
  public at(level: Level): IConstruct {
    const place = placeOf(level, this.plan);
    if (place.stack === undefined) { return this.app; }
    return place.host === undefined ? this.stacks[place.stack] : this.hosts[place.stack][place.host];
  }

  private build({ place, hosts, made, description }: AppStack, index: number): { readonly stack: Stack; readonly hosts: readonly Construct[] } {
    const parent = place === 'stage' ? new Stage(this.app, `Stage${index}`) : this.app;
    const outer = new Stack(parent, `Stack${index}`, { description, env: ENVIRONMENT });
    const stack = place === 'nested' ? new NestedStack(outer, 'Inner') : place === 'product' ? new ProductStack(outer, 'Inner') : outer;
    if (stack instanceof ProductStack) {
      const cloudFormationTemplate = CloudFormationTemplate.fromProductStack(stack);
      new CloudFormationProduct(outer, 'Product', { productName: 'p', owner: 'o', productVersions: [{ cloudFormationTemplate }] });
    }
    if (made) { new Made(stack, 'Made', made); }
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], publicSubnetIds: ['subnet-1'], privateSubnetIds: ['subnet-2'],
    });
    return { stack, hosts: hosts.map((host, each) => hostOf(stack, `Host${each}${host.name.replace(/[/\n]/g, '')}`, host, vpc)) };
  }
}

/** A level of a plan with indices that are there. */
export function placeOf({ stack, host }: Level, { stacks }: AppPlan): Level {
  if (stack === undefined) { return {}; }
  const there = stack % stacks.length;
  return host === undefined ? { stack: there } : { stack: there, host: host % stacks[there].hosts.length };
}

function hostOf(stack: Stack, id: string, { what, props, name }: Host, vpc: ReturnType<typeof Vpc.fromVpcAttributes>): Construct {
  const { requireImdsv2, httpTokens, ...others } = props;
  const more = { requireImdsv2, ...others, httpTokens: httpTokens as LaunchTemplateHttpTokens | undefined };
  switch (what) {
    case 'instance': return new Instance(stack, id, { ...others, vpc, instanceType: TYPE, machineImage: IMAGE, requireImdsv2, instanceName: name });
    case 'template': return new LaunchTemplate(stack, id, { machineImage: IMAGE, ...more });
    case 'group': return new AutoScalingGroup(stack, id, { vpc, instanceType: TYPE, machineImage: IMAGE, requireImdsv2 });
    case 'group with a template': {
      const launchTemplate = new LaunchTemplate(stack, id, { machineImage: IMAGE, instanceType: TYPE, ...more });
      new AutoScalingGroup(stack, `${id}Group`, { vpc, launchTemplate });
      return launchTemplate;
    }
    case 'bastion': return new BastionHostLinux(stack, id, { vpc, requireImdsv2, machineImage: IMAGE });
    case 'L1': return new CfnInstance(stack, id, { metadataOptions: { httpTokens, httpPutResponseHopLimit: props.httpPutResponseHopLimit } });
  }
}

/** Writes what CloudFormation makes resources of. */
class Made extends CfnElement {
  public constructor(scope: Construct, id: string, private readonly made: AppStack['made'] & object) {
    super(scope, id);
  }

  public _toCloudFormation(): object {
    const { by, type } = this.made;
    return { Resources: { [by]: by === 'Fn::Transform' ? { Name: 'AWS::Include' } : Token.asAny(['X', ['a'], { 'Made${X}': { Type: type } }]) } };
  }
}

function visitorOf({ effect }: UserAspect): IAspect {
  return {
    visit: node => {
      const options = CfnResource.isCfnResource(node) ? OPTIONS[node.cfnResourceType] : undefined;
      if (!options) { return; }
      const resource = node as CfnResource;
      switch (effect) {
        case 'other': resource.addPropertyOverride('Other', 'x'); break;
        case 'deleted': resource.addPropertyDeletionOverride(options); break;
        default: resource.addPropertyOverride(`${options}.HttpTokens`, effect);
      }
    },
  };
}
