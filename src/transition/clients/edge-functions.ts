import type { LiveTree } from '../../launch/live-tree';
import { References } from '../../launch/references';
import { unknown } from '../../launch/targets';
import type { Target } from '../../launch/targets';
import type { LaunchResource, LaunchStack } from '../../launch/world';
import { intrinsicName, isAbsent, isObject } from '../../model/intrinsics';
import { parsePath } from '../../resources/path';

/** The paths of function references in a distribution. */
const ASSOCIATIONS = ['DefaultCacheBehavior', 'CacheBehaviors[]'].map(behavior => parsePath(`DistributionConfig.${behavior}.LambdaFunctionAssociations[].LambdaFunctionARN`));

/**
 * Properties that CloudFront does not accept in a function.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
const NOT_AT_EDGE = ['Environment', 'VpcConfig', 'Layers', 'DeadLetterConfig', 'FileSystemConfigs', 'KmsKeyArn', 'ImageConfig'];
const RUNTIME_AT_EDGE = /^(?:nodejs|python)/;
const REGION_OF_EDGE = 'us-east-1';
/** The service that the role of an edge function must trust. */
const EDGE = 'edgelambda.amazonaws.com';
const MAX_DEPTH = 20;
/** The most characters, and parts, of an ARN that is put together. */
const LONGEST = 2048;
const MOST_PIECES = 50;

/** Functions that CloudFront runs: a distribution or their role shows this. A deployment that gives them variables fails. */
export class EdgeFunctions {
  private readonly references: References;
  private named: { readonly functions: ReadonlySet<object>; readonly names: ReadonlySet<string> } | undefined;

  public constructor(private readonly tree: LiveTree) {
    this.references = new References(tree);
  }

  /** The reason why a function must not get variables: it is, or can be, an edge function. */
  public reasonAgainst(resource: LaunchResource): string | undefined {
    if (this.isNamed(resource)) { return 'Lambda@Edge functions cannot have variables'; }
    if (!mayBeAtEdge(resource)) { return undefined; }
    switch (this.trustsEdge(resource)) {
      case true: return 'Lambda@Edge functions cannot have variables';
      case false: return undefined;
      case 'unknown': return 'it may be a Lambda@Edge function, which cannot have variables: its role is unknown';
    }
  }

  private isNamed(resource: LaunchResource): boolean {
    const { functions, names } = this.named ??= this.namedByDistributions();
    return functions.has(resource) || (names.size > 0 && resource.valuesAt(['FunctionName']).some(name => typeof name === 'string' && names.has(name)));
  }

  private namedByDistributions() {
    const functions = new Set<object>();
    const names = new Set<string>();
    for (const distribution of this.tree.census.distributions.map(each => this.tree.resourceOf(each))) {
      for (const arn of ASSOCIATIONS.flatMap(path => distribution.valuesAt(path))) {
        for (const target of this.functionsIn(arn, distribution.stack)) { noteNamed(target, functions, names); }
      }
    }
    return { functions, names };
  }

  /** The resource of a value: a version leads to its function, also for functions of SAM. */
  private functionsIn(value: unknown, stack: LaunchStack): readonly Target[] {
    const name = intrinsicName(value) === 'Ref' ? (value as { readonly Ref: unknown }).Ref : undefined;
    if (isTooLong(value)) { return []; }
    const ofSam = typeof name === 'string' ? stack.find(name.replace(/\.Version$/, '')) : undefined;
    const targets: readonly Target[] = ofSam ? [{ kind: 'resource', resource: ofSam, attribute: 'Ref' }] : this.references.targetsOf(value, stack);
    return targets.flatMap(target => {
      if (target.kind !== 'resource' || target.resource.type !== 'AWS::Lambda::Version') { return target; }
      const { resource } = target;
      return resource.valuesAt(['FunctionName']).flatMap(each => this.references.targetsOf(each, resource.stack));
    });
  }

  /** The roles of a value; joined texts are not searched. */
  private rolesOf(value: unknown, stack: LaunchStack): readonly Target[] {
    const name = intrinsicName(value);
    return name === 'Fn::Sub' || name === 'Fn::Join' ? [unknown(name)] : this.references.targetsOf(value, stack);
  }

  /** Whether the role of a function may be assumed at the edge. */
  private trustsEdge(resource: LaunchResource): boolean | 'unknown' {
    const roles = resource.valuesAt(['Role']).flatMap(role => this.rolesOf(role, resource.stack));
    const trusts = roles.length === 0 ? resource.valuesAt(['AssumeRolePolicyDocument']) : roles.flatMap(trustOf);
    const answers = trusts.filter(trust => !isAbsent(trust)).map(namesEdge);
    return answers.includes(true) || (answers.includes('unknown') && 'unknown');
  }
}

/** Whether a value has more parts than an ARN. */
function isTooLong(value: unknown): boolean {
  const name = intrinsicName(value);
  const argument = name === 'Fn::Sub' || name === 'Fn::Join' ? (value as { readonly [name: string]: unknown })[name] : undefined;
  const [first, second] = Array.isArray(argument) ? argument as unknown[] : [argument];
  return (typeof first === 'string' && first.length > LONGEST) || (Array.isArray(second) && second.length > MOST_PIECES);
}

function noteNamed(target: Target, functions: Set<object>, names: Set<string>): void {
  if (target.kind === 'resource') {
    functions.add(target.resource);
    return;
  }
  const text = target.kind === 'text' ? target.text : target.partly;
  text?.sources.forEach(source => functions.add(source));
  const words = text?.words ?? '';
  names.add(/:function:([^:]+)/.exec(words)?.[1] ?? words);
}

/** Whether CloudFront supports functions of this kind. */
function mayBeAtEdge(resource: LaunchResource): boolean {
  const { region } = resource.stack;
  if (region !== undefined && region !== REGION_OF_EDGE) { return false; }
  if (NOT_AT_EDGE.some(property => resource.valuesAt([property]).some(value => !isAbsent(value)))) { return false; }
  if (resource.valuesAt(['PackageType']).includes('Image')) { return false; }
  return resource.valuesAt(['Runtime']).every(runtime => typeof runtime !== 'string' || RUNTIME_AT_EDGE.test(runtime));
}

/** The trust policy of a function's role. An unknown role can trust anything. */
function trustOf(role: Target): readonly unknown[] {
  return role.kind === 'resource' && role.resource.type === 'AWS::IAM::Role' ? role.resource.valuesAt(['AssumeRolePolicyDocument']) : [UNKNOWN];
}

const UNKNOWN = { Ref: 'a role that is not here' };

/** Whether a policy names the edge service. An unreadable service may be it. */
function namesEdge(policy: unknown): boolean | 'unknown' {
  if (intrinsicName(policy) !== undefined) { return 'unknown'; }
  const services = servicesIn(policy, 0);
  if (services.some(service => typeof service === 'string' && service.includes(EDGE))) { return true; }
  return services.some(service => typeof service !== 'string' || service.includes('${')) && 'unknown';
}

/** The values of `Service`, anywhere in a policy. */
function servicesIn(value: unknown, depth: number): readonly unknown[] {
  if (depth > MAX_DEPTH) { return [UNKNOWN]; }
  if (Array.isArray(value)) { return value.flatMap(each => servicesIn(each, depth + 1)); }
  if (!isObject(value)) { return []; }
  return Object.entries(value).flatMap(([name, below]) => name === 'Service' ? [below].flat() : servicesIn(below, depth + 1));
}
