import { App, Stack } from 'aws-cdk-lib';
import { CfnInstance, Instance, InstanceClass, InstanceSize, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnImagePipeline } from 'aws-cdk-lib/aws-imagebuilder';
import { Imdsv1UsageMonitor } from 'cdk-imdsv2';
import type { Construct } from 'constructs';

/** Creates the value for a name that an example declares. */
type Fixture = (fixtures: Fixtures, name: string) => unknown;

/** The values for `declare const` in examples, by the declared type. */
const BY_TYPE: { readonly [type: string]: Fixture } = {
  App: fixtures => fillWithStack(fixtures.app),
  Stack: (fixtures, name) => fillWithInstance(fixtures.addStack(name)),
  CfnInstance: (fixtures, name) => new CfnInstance(fixtures.stack, name, { imageId: 'ami-0123456789abcdef0', instanceType: 't3.micro' }),
  CfnImagePipeline: (fixtures, name) => new CfnImagePipeline(fixtures.stack, name, {
    name,
    imageRecipeArn: 'arn:aws:imagebuilder:eu-west-1:111122223333:image-recipe/weekly/1.0.0',
    infrastructureConfigurationArn: 'arn:aws:imagebuilder:eu-west-1:111122223333:infrastructure-configuration/weekly',
  }),
  Imdsv1UsageMonitor: (fixtures, name) => new Imdsv1UsageMonitor(fixtures.stack, name),
  LaunchTemplate: (fixtures, name) => new LaunchTemplate(fixtures.stack, name, {
    instanceType: InstanceType.of(InstanceClass.M7I, InstanceSize.LARGE),
    machineImage: MachineImage.latestAmazonLinux2023(),
  }),
};

/** The values of one example. They are in one app, and resources are in its first stack. */
export class Fixtures {
  private theApp: App | undefined;
  private theStack: Stack | undefined;

  public get app(): App {
    return this.theApp ??= new App();
  }

  public get stack(): Stack {
    return this.theStack ?? this.addStack('Declared');
  }

  public addStack(id: string): Stack {
    const stack = new Stack(this.app, id);
    this.theStack ??= stack;
    return stack;
  }

  public of(type: string, name: string): unknown {
    const fixture = BY_TYPE[type];
    if (!fixture) { throw new Error(`scripts/apps/fixtures.ts has no value for 'declare const ${name}: ${type}'`); }
    return fixture(this, name[0].toUpperCase() + name.slice(1));
  }
}

/** Adds a stack with resources to an app or a stage. */
export function fillWithStack<T extends Construct>(scope: T): T {
  fillWithInstance(new Stack(scope, 'Shop'));
  return scope;
}

function fillWithInstance(stack: Stack): Stack {
  new Instance(stack, 'Web', {
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }),
    instanceType: InstanceType.of(InstanceClass.T3, InstanceSize.MICRO),
    machineImage: MachineImage.latestAmazonLinux2023(),
  });
  return stack;
}
