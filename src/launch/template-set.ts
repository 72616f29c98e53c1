import { posix } from 'path';
import type { TemplateFile } from './template-file';
import type { TemplateResource } from './template-resource';
import { NESTED_STACK } from './template-resource';
import { TemplateStack } from './template-stack';
import type { Export, LaunchWorld } from './world';

/** Synthesized templates, those of nested stacks and of all stages among them, for the launch graph. */
export class TemplateSet implements LaunchWorld {
  public readonly resources: readonly TemplateResource[];
  public readonly exports: readonly Export[];
  private readonly stacks: ReadonlyMap<string, TemplateStack>;

  public constructor(files: readonly TemplateFile[]) {
    this.stacks = new Map(files.map(file => [posix.normalize(file.file), new TemplateStack(file)]));
    for (const stack of this.stacks.values()) { stack.adopt(file => this.stacks.get(file)); }
    const stacks = [...this.stacks.values()];
    this.resources = stacks.flatMap(stack => stack.resources.filter(({ type }) => type !== NESTED_STACK));
    this.exports = stacks.flatMap(stack => stack.exports);
  }
}
