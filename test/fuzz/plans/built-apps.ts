import { App, Aspects, CfnElement, CfnResource, NestedStack, Stack, Stage, Tags, Token, Validations } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { LaunchTemplateHttpTokens } from 'aws-cdk-lib/aws-ec2';
import { BastionHostLinux, CfnInstance, CfnLaunchTemplate, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CloudFormationProduct, CloudFormationTemplate, ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { ImdsExemption } from '../../../src';
import type { AppPlan, AppStack, Host, Level } from './apps';
import type { Moment, UserExemption } from './exemptions';
import { EXEMPTED } from './exemptions';
import { holdsOptions, visitorOf } from './visitors';

const TYPE = new InstanceType('t3.micro');
const IMAGE = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });
const ENVIRONMENT = { account: '111122223333', region: 'eu-west-1' };

/** An exemption and its place: the construct that has it, the construct with the aspect that writes it, or all constructs that have it. */
export interface BuiltExemption extends UserExemption {
  readonly scope: IConstruct;
  readonly scopes: readonly IConstruct[];
}

/** An app that was built from a plan: its stacks and hosts. */
export class BuiltApp {
  public readonly exemptions: readonly BuiltExemption[];
  public readonly aspects: readonly (AppPlan['aspects'][number] & { readonly scope: IConstruct })[];
  private readonly stacks: readonly Stack[];
  private readonly hosts: readonly (readonly Construct[])[];

  public constructor(public readonly app: App, public readonly plan: AppPlan) {
    const built = plan.stacks.map((stack, index) => this.build(stack, index));
    this.stacks = built.map(({ stack }) => stack);
    this.hosts = built.map(({ hosts }) => hosts);
    for (const { at, key, value } of plan.tags) { Tags.of(this.at(at)).add(key, value); }
    this.exemptions = plan.exemptions.map(exemption => {
      const scope = this.at(exemption.at);
      return { ...exemption, scope, scopes: exemption.isEach ? scope.node.findAll().filter(node => holdsOptions(node)) : [scope] };
    });
    this.aspects = plan.aspects.map(aspect => ({ ...aspect, scope: this.at(aspect.at) }));
  }

  /** Adds the aspects of the user, including those with exemptions. */
  public addAspects(): void {
    for (const { scope, priority, ...aspect } of this.aspects) { Aspects.of(scope).add(visitorOf(aspect), { priority }); }
    for (const exemption of this.exemptions) {
      const { scope, moment, isEach } = exemption;
      if (typeof moment !== 'number') { continue; }
      const visit = (node: IConstruct) => { if (isEach ? holdsOptions(node) : node === scope) { exempt(node, exemption); } };
      Aspects.of(scope).add({ visit }, { priority: moment });
    }
  }

  /** Writes the exemptions of the code at one time. */
  public exempt(now: Moment): void {
    for (const exemption of this.exemptions.filter(({ moment }) => moment === now)) {
      for (const scope of exemption.scopes) { exempt(scope, exemption); }
    }
  }

  /** The resources with options. */
  public get carriers(): CfnResource[] {
    return this.app.node.findAll().filter(node => holdsOptions(node));
  }

  /** The selected construct. An index beyond the end starts again. */
  public at({ stack: index, isStage, host, resource }: Level): IConstruct {
    if (index === undefined) { return this.app; }
    const place = index % this.stacks.length;
    const stack = this.stacks[place];
    if (isStage) { return Stage.of(stack)!; }
    if (host === undefined) { return stack; }
    const hosts = this.hosts[place];
    const meant = hosts[host % hosts.length];
    const carriers = meant.node.findAll().filter(node => holdsOptions(node));
    return resource === undefined || carriers.length === 0 ? meant : carriers[resource % carriers.length];
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

function exempt(scope: IConstruct, { by, of, reason, expires }: UserExemption): void {
  for (const rule of EXEMPTED[of]) {
    if (by === 'acknowledge') {
      Validations.of(scope).acknowledge({ id: rule, reason });
    } else {
      ImdsExemption.of(scope).add({ rule, reason, expires });
    }
  }
}

function hostOf(stack: Stack, id: string, { what, props, name }: Host, vpc: ReturnType<typeof Vpc.fromVpcAttributes>): Construct {
  const { requireImdsv2, httpTokens, ...others } = props;
  const more = { requireImdsv2, ...others, httpTokens: httpTokens as LaunchTemplateHttpTokens | undefined };
  const metadataOptions = { httpTokens, httpPutResponseHopLimit: props.httpPutResponseHopLimit };
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
    case 'L1': return new CfnInstance(stack, id, { metadataOptions });
    case 'generic': return new CfnResource(stack, id, {
      type: 'AWS::EC2::Instance', properties: requireImdsv2 === undefined ? {} : { MetadataOptions: { HttpTokens: httpTokens, Other: name } },
    });
    case 'L1 before its template': return launched(stack, id, metadataOptions, ['Host', 'Template']);
    case 'L1 after its template': return launched(stack, id, metadataOptions, ['Template', 'Host']);
  }
}

/** An instance that gets its options from a launch template, in either order of creation. */
function launched(stack: Stack, id: string, metadataOptions: CfnInstance.MetadataOptionsProperty, order: readonly ('Host' | 'Template')[]): Construct {
  const around = new Construct(stack, id);
  const [one, other] = order.map(name =>
    name === 'Host' ? new CfnInstance(around, name) : new CfnLaunchTemplate(around, name, { launchTemplateData: { metadataOptions } }));
  const [host, template] = (one instanceof CfnInstance ? [one, other] : [other, one]) as [CfnInstance, CfnLaunchTemplate];
  host.launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
  return around;
}

/** Writes elements from which CloudFormation creates resources. */
class Made extends CfnElement {
  public constructor(scope: Construct, id: string, private readonly made: AppStack['made'] & object) {
    super(scope, id);
  }

  public _toCloudFormation(): object {
    const { by, type } = this.made;
    return { Resources: { [by]: by === 'Fn::Transform' ? { Name: 'AWS::Include' } : Token.asAny(['X', ['a'], { 'Made${X}': { Type: type } }]) } };
  }
}
