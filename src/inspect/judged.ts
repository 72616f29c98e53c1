import type { LaunchResource } from '../launch/world';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { ResourceRecord } from '../resources/record';
import type { ReadBlock } from './blocks';
import { readBlocks } from './blocks';
import type { LaunchAnalysis } from './launch-analysis';

/** A judged resource, with its blocks, the analysis and the policy. */
export class Judged {
  public constructor(
    public readonly resource: LaunchResource,
    public readonly record: ResourceRecord,
    public readonly analysis: LaunchAnalysis,
    public readonly policy: ImdsPolicy,
  ) {}

  /** All its places for metadata options. They are read only if a check needs them, so not if the quick verdict is `compliant`. */
  public get blocks(): readonly ReadBlock[] {
    return this.resource.reading.of(readBlocks);
  }
}
