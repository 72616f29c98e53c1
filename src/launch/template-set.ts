import { posix } from 'path';
import { isAboutOthers } from '../resources/record-table';
import type { TemplateFile } from './template-file';
import type { TemplateResource } from './template-resource';
import { NESTED_STACK } from './template-resource';
import { TemplateStack } from './template-stack';
import type { Export, LaunchWorld } from './world';

/** Synthesized templates, those of nested stacks and of all stages among them, for the launch graph. */
export class TemplateSet implements LaunchWorld {
  public readonly resources: readonly TemplateResource[];
  public readonly openLaunchers: readonly TemplateResource[];
  public readonly stacks: readonly TemplateStack[];
  public readonly exports: readonly Export[];
  public readonly isSettled = true;

  public constructor(files: readonly TemplateFile[]) {
    const byFile = new Map(files.map(file => [posix.normalize(file.file), new TemplateStack(file)]));
    this.stacks = [...byFile.values()];
    for (const stack of this.stacks) { stack.adopt(file => byFile.get(file)); }
    this.resources = this.stacks.flatMap(stack => stack.resources.filter(({ type }) => type !== NESTED_STACK));
    this.openLaunchers = this.resources.filter(({ record }) => record?.launchesFrom !== undefined);
    this.exports = this.stacks.flatMap(stack => stack.exports);
  }

  public get resourcesAboutOthers(): readonly TemplateResource[] {
    return this.resources.filter(({ record, mark }) => record && (isAboutOthers(record) || mark));
  }

  /** All resources are read, because a template is searched once. */
  public launchersNaming(): readonly TemplateResource[] {
    return [];
  }

  /** They are read in their order. */
  public orderOf(): number {
    return 0;
  }
}
