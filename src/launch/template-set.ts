import { posix } from 'path';
import { isAboutOthers } from '../resources/record-table';
import type { TemplateFile } from './template-file';
import type { TemplateResource } from './template-resource';
import { NESTED_STACK } from './template-resource';
import { TemplateStack } from './template-stack';
import { WithoutContainers } from './without-containers';
import type { Export, LaunchWorld } from './world';

/** Synthesized templates, those of nested stacks and of all stages among them, for the launch graph. */
export class TemplateSet implements LaunchWorld {
  public readonly stacks: readonly TemplateStack[];
  public readonly exports: readonly Export[];
  public readonly isSettled = true;
  private opened: readonly TemplateResource[] | undefined;
  private launchers: readonly TemplateResource[] | undefined;

  public constructor(files: readonly TemplateFile[]) {
    const withoutContainers = new WithoutContainers();
    const byFile = new Map(files.map(file => [posix.normalize(file.file), new TemplateStack(file, withoutContainers)]));
    this.stacks = [...byFile.values()];
    for (const stack of this.stacks) { stack.adopt(file => byFile.get(file)); }
    this.exports = this.stacks.flatMap(stack => stack.exports);
  }

  public get resources(): readonly TemplateResource[] {
    return this.opened ??= this.stacks.flatMap(stack => stack.resources.filter(({ type }) => type !== NESTED_STACK));
  }

  public get openLaunchers(): readonly TemplateResource[] {
    return this.launchers ??= this.resources.filter(({ record }) => record?.launchesFrom !== undefined);
  }

  public get resourcesAboutOthers(): readonly TemplateResource[] {
    const hosts = this.stacks.flatMap(stack => [...stack.possibleHosts].map(logicalId => stack.resourceOf(logicalId)));
    return hosts.filter(({ record, mark }) => record && (isAboutOthers(record) || mark));
  }

  /** Those that are silent were not among `possibleHosts`. */
  public isKnownAsSilent(): boolean {
    return false;
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
