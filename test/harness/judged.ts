import type { InspectedBlock } from '../../src/inspect/blocks';
import { readBlocks } from '../../src/inspect/blocks';
import type { Finding } from '../../src/inspect/finding';
import { judge } from '../../src/inspect/judge';
import { LaunchAnalysis } from '../../src/inspect/launch-analysis';
import { TemplateSet } from '../../src/launch/template-set';
import { ImdsPolicy } from '../../src/policy/imds-policy';

/** The settings of a resource, and its findings. */
export interface JudgedResource {
  readonly blocks: readonly InspectedBlock[];
  readonly findings: readonly Finding[];
}

/** Judges the first resource of a template. */
export function judgedIn(template: unknown): JudgedResource {
  const templates = new TemplateSet([{ file: 'judged.template.json', template }]);
  const [resource] = templates.resources;
  const blocks = readBlocks(resource).filter(({ isBarred }) => !isBarred);
  return { blocks, findings: judge(resource, new LaunchAnalysis(templates), new ImdsPolicy({}, () => false)) };
}
