import type { App, CfnParameter } from 'aws-cdk-lib';
import { Aws, CfnResource, Fn, Lazy, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { CfnFleet, CfnImageBuilder } from 'aws-cdk-lib/aws-appstream';
import { CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnEC2Fleet, CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnConfigurationTemplate, CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import { CfnNotebookInstance } from 'aws-cdk-lib/aws-sagemaker';
import { CfnWorkspaceInstance } from 'aws-cdk-lib/aws-workspacesinstances';
import type { Construct } from 'constructs';
import { NO_VALUE, ifOf, isObject, isPlain, own } from '../oracle/json';
import { declareIn } from './declarations';
import type { Resource } from './templates';

/** The form of a value in CDK: literal, or something that stands for a value. */
export type Disguise = 'plain' | 'lazy' | 'uncached' | 'resolvable' | 'text';

/** A raw override. Without a value, it deletes. */
export interface Override {
  readonly path: string;
  readonly value?: unknown;
}

export interface ResourceRecipe extends Resource {
  readonly isTyped: boolean;
  /** The forms for the values in properties and overrides, in turn. */
  readonly disguises: readonly Disguise[];
  readonly overrides: readonly Override[];
}

/** The place of a stack. */
export interface StackRecipe {
  readonly place: 'app' | 'stage' | 'nested';
  readonly resources: readonly ResourceRecipe[];
}

type L1 = new (scope: Construct, id: string, props: object) => CfnResource;

const L1S = {
  'AWS::EC2::Instance': CfnInstance,
  'AWS::EC2::LaunchTemplate': CfnLaunchTemplate,
  'AWS::EC2::EC2Fleet': CfnEC2Fleet,
  'AWS::AutoScaling::LaunchConfiguration': CfnLaunchConfiguration,
  'AWS::ImageBuilder::InfrastructureConfiguration': CfnInfrastructureConfiguration,
  'AWS::WorkspacesInstances::WorkspaceInstance': CfnWorkspaceInstance,
  'AWS::SageMaker::NotebookInstance': CfnNotebookInstance,
  'AWS::AppStream::Fleet': CfnFleet,
  'AWS::AppStream::ImageBuilder': CfnImageBuilder,
  'AWS::ElasticBeanstalk::Environment': CfnEnvironment,
  'AWS::ElasticBeanstalk::ConfigurationTemplate': CfnConfigurationTemplate,
  'AWS::EMR::SecurityConfiguration': CfnSecurityConfiguration,
} as unknown as { readonly [type: string]: L1 | undefined };

/** Builds the same tree from the same recipe. */
export function grow(app: App, stacks: readonly StackRecipe[]): void {
  stacks.forEach(({ place, resources }, index) => {
    const parent = place === 'stage' ? new Stage(app, `Stage${index}`) : app;
    const outer = new Stack(parent, `Stack${index}`);
    const stack = place === 'nested' ? new NestedStack(outer, 'Nested') : outer;
    new Gardener(stack).plant(resources);
  });
}

class Gardener {
  private readonly parameters: ReadonlyMap<string, CfnParameter>;

  public constructor(private readonly stack: Stack) {
    this.parameters = declareIn(stack);
  }

  public plant(resources: readonly ResourceRecipe[]): void {
    resources.forEach((recipe, index) => {
      const turn = turns(recipe.disguises);
      const properties = this.disguise(recipe.Properties, turn, recipe.isTyped && L1S[recipe.Type] !== undefined);
      const resource = this.make(recipe, `Resource${index}`, properties);
      for (const { path, value } of recipe.overrides) {
        resource.addOverride(path, value === undefined ? undefined : this.disguise(value, turn, false, path === 'Properties' ? 0 : 1));
      }
    });
  }

  private make({ Type, isTyped }: ResourceRecipe, id: string, properties: unknown): CfnResource {
    const Class = isTyped ? L1S[Type] : undefined;
    return Class
      ? new Class(this.stack, id, properties as object)
      : new CfnResource(this.stack, id, { type: Type, properties: properties as { [name: string]: unknown } });
  }

  /** The value as in CDK code: camel-case names in L1s, tokens for intrinsics, and some lazy values. */
  private disguise(value: unknown, turn: () => Disguise, isTyped: boolean, depth = 0): unknown {
    const disguised = this.translate(value, turn, isTyped, depth);
    switch (depth === 0 ? 'plain' : turn()) {
      case 'plain': return disguised;
      case 'lazy': return Lazy.any({ produce: () => disguised }, { omitEmptyArray: false });
      case 'uncached': return Lazy.uncachedAny({ produce: () => disguised });
      case 'resolvable': return Token.asAny({ creationStack: [], resolve: () => disguised, toString: () => 'x' });
      case 'text': return typeof disguised === 'string' ? Lazy.string({ produce: () => disguised }) : disguised;
    }
  }

  private translate(value: unknown, turn: () => Disguise, isTyped: boolean, depth: number): unknown {
    if (Array.isArray(value)) { return value.map((element: unknown) => this.disguise(element, turn, isTyped, depth + 1)); }
    if (!isObject(value)) { return value; }
    const branches = ifOf(value);
    if (branches) {
      const [whenTrue, whenFalse] = branches.slice(1).map(branch => this.disguise(branch, turn, false, depth + 1));
      return Fn.conditionIf(String(branches[0]), whenTrue, whenFalse);
    }
    if (!isPlain(value)) { return this.intrinsic(value, turn()); }
    return Object.fromEntries(Object.entries(value).map(([name, each]) =>
      [isTyped ? camelCase(name) : name, this.disguise(each, turn, isTyped && name !== 'SecurityConfiguration', depth + 1)]));
  }

  private intrinsic(value: object, disguise: Disguise): unknown {
    const parameter = this.parameters.get(String(own(value, 'Ref')));
    if (disguise === 'plain') { return { ...value }; } // CDK writes later overrides into earlier ones
    if (JSON.stringify(value) === JSON.stringify(NO_VALUE)) { return disguise === 'text' ? Aws.NO_VALUE : Token.asAny(value); }
    return parameter && disguise === 'text' ? Token.asString(Fn.ref(parameter.logicalId)) : Token.asAny(value);
  }
}

function turns(disguises: readonly Disguise[]): () => Disguise {
  let next = 0;
  return () => disguises.length > 0 ? disguises[next++ % disguises.length] : 'plain';
}

function camelCase(name: string): string {
  return name === 'DisableIMDSV1' ? 'disableImdsv1' : name.charAt(0).toLowerCase() + name.slice(1);
}
