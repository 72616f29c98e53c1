import { existsSync } from 'fs';
import { dirname, relative, resolve, sep } from 'path';
import type { CfnResource, IPolicyValidationContext, Stack } from 'aws-cdk-lib';
import { Stage, Token } from 'aws-cdk-lib';
import { markOf } from '../launch/container-mark';
import { tagKeysBeyond } from '../launch/live-tags';
import type { KnownResource, TemplateFile } from '../launch/template-file';
import { deployedTemplateOf, isProduct, templatePathOf } from '../launch/template-path';
import { NESTED_STACK } from '../launch/template-resource';
import { isObject, ownValue } from '../model/intrinsics';
import { resolveUncached } from '../resources/resolve-uncached';
import type { FileContent } from './assembly-file';
import { isWithin, readAssemblyFile } from './assembly-file';
import type { Census, CountedStack } from './census';

/** A template of a cloud assembly, with the constructs behind it. */
export interface AssemblyTemplate extends TemplateFile {
  /** Its path on disk. */
  readonly location: string;
  /** The path of the template that it is deployed with: its own path, or that of the outermost stack around it. */
  readonly outermost: string;
  /** Whether CDK passes it to the plugin. The other templates are read only to find launches between stacks. */
  readonly isValidated: boolean;
  /** The constructs of its resources, if it has a stack in the tree. */
  readonly counted?: CountedStack;
  /** The stack that findings are reported on: its own stack, or else the stack whose template names it as a nested stack. */
  readonly owner?: Stack;
  /** Why it cannot be read, if that is so. */
  readonly problem?: string;
}

/** Matches each template that can contain `AWS::CloudFormation::Init`. JSON can also escape a letter. */
const INIT = /AWS::CloudFormation::Init|\\u/;

/** The account and Region of a template, if they are known. Older versions of CDK do not pass them. */
interface Environment {
  readonly accountId?: string;
  readonly region?: string;
}

/** The templates of a cloud assembly: those that CDK passes to a plugin, and those of other stages, nested stacks and products. */
export class Assembly {
  /** The directory of the assembly. */
  public readonly directory: string;
  /** The directory of the whole app, if it contains this assembly. No link may lead out of it. */
  public readonly outermost: string;
  public readonly templates: readonly AssemblyTemplate[];
  private readonly read = new Map<string, AssemblyTemplate>();

  public constructor({ appConstruct, stackTemplates }: Pick<IPolicyValidationContext, 'appConstruct' | 'stackTemplates'>, private readonly census: Census) {
    const [first] = stackTemplates;
    this.directory = Stage.isStage(appConstruct) ? appConstruct.outdir : dirname(first ? first.templatePath : '.');
    const { root } = appConstruct.node;
    this.outermost = Stage.isStage(root) && isWithin(root.outdir, this.directory) ? root.outdir : this.directory;
    for (const template of stackTemplates) { this.add(resolve(template.templatePath), template as Environment, true); }
    for (const [location, { stack }] of census.templates) {
      if (stack.nested || !existsSync(location)) { continue; }
      const around = isProduct(stack) ? this.read.get(deployedTemplateOf(stack)) : undefined;
      this.add(location, environmentOf(stack), around?.isValidated ?? false, around);
    }
    this.templates = [...this.read.values()];
  }

  /** Reads a template and the templates of its nested stacks, each once. */
  private add(location: string, environment: Environment, isValidated: boolean, around?: AssemblyTemplate): void {
    if (this.read.has(location)) { return; }
    const counted = this.census.behind(location);
    const owner = counted?.stack ?? around?.owner;
    const { accountId, region } = counted && !counted.stack.nested ? environmentOf(counted.stack) : environment;
    const nestedFile = (logicalId: string) => {
      const stack = counted?.nested.get(logicalId);
      return stack && this.fileOf(templatePathOf(stack));
    };
    const { template, problem, mayHaveInit } = parsed(readAssemblyFile(this.outermost, location));
    const read: AssemblyTemplate = {
      file: this.fileOf(location),
      location,
      outermost: around?.outermost ?? location,
      isValidated,
      template,
      problem,
      counted,
      owner,
      stackName: nameOf(counted),
      isProduct: counted !== undefined && isProduct(counted.stack),
      account: accountId,
      region,
      mayHaveInit,
      isMarked: counted?.isMarked ?? false,
      known: logicalId => knownOf(counted?.resourceOf(logicalId)) ?? { nestedFile: nestedFile(logicalId) },
    };
    this.read.set(location, read);
    for (const nested of this.nestedIn(template, location, counted)) { this.add(nested, environment, isValidated, read); }
  }

  /** The paths of the templates of nested stacks, from CDK or from the metadata of the asset. */
  private nestedIn(template: unknown, location: string, counted: CountedStack | undefined): string[] {
    const own = [...counted?.nested.values() ?? []].map(templatePathOf);
    const resources = isObject(template) ? ownValue(template, 'Resources') : undefined;
    const files = Object.values(isObject(resources) ? resources : {}).flatMap(assetOf).map(file => resolve(dirname(location), file));
    return [...own, ...files.filter(file => isWithin(this.directory, file) && file.endsWith('.json'))];
  }

  /** The path below the assembly, with `/` between its parts. */
  private fileOf(location: string): string {
    return relative(this.directory, location).split(sep).join('/');
  }
}

/** The account and Region of a stack, if CDK knows them. */
function environmentOf({ account, region }: Stack): Environment {
  const known = (part: string) => Token.isUnresolved(part) ? undefined : part;
  return { accountId: known(account), region: known(region) };
}

/** The template in a file, or why it cannot be read. */
function parsed(content: FileContent): Pick<AssemblyTemplate, 'template' | 'problem' | 'mayHaveInit'> {
  if ('problem' in content) { return { template: undefined, ...content }; }
  const { text } = content;
  try {
    return { template: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown, mayHaveInit: INIT.test(text) };
  } catch (error) {
    return { template: undefined, problem: `it is not JSON, ${(error as Error).message}` };
  }
}

/** The template file of a nested stack, from the metadata of its asset. */
function assetOf(resource: unknown): string[] {
  if (!isObject(resource) || ownValue(resource, 'Type') !== NESTED_STACK) { return []; }
  const metadata = ownValue(resource, 'Metadata');
  const file = isObject(metadata) ? ownValue(metadata, 'aws:asset:path') : undefined;
  return typeof file === 'string' ? [file] : [];
}

function knownOf(resource: CfnResource | undefined): KnownResource | undefined {
  return resource && { get path() { return resource.node.path; }, mark: markOf(resource), moreTagKeys: () => renderedTagKeys(resource) };
}

function renderedTagKeys(resource: CfnResource): readonly unknown[] {
  return tagKeysBeyond(resource).map(key => Token.isUnresolved(key) ? resolveUncached(key, resource.stack) : key);
}

/** The name of a stack, if CDK knows it. CloudFormation gives a nested stack its name. */
function nameOf(counted: CountedStack | undefined): string | undefined {
  return counted && !counted.stack.nested ? counted.stack.stackName : undefined;
}
