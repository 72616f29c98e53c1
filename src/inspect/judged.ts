import type { LaunchResource } from '../launch/world';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { ResourceRecord } from '../resources/record';
import type { ReadBlock } from './blocks';
import type { LaunchAnalysis } from './launch-analysis';

/** A resource that is judged: what it says, what stands around it, and what is asked of it. */
export interface Judged {
  readonly resource: LaunchResource;
  readonly record: ResourceRecord;
  /** Every place that it has for metadata options, as it was read. */
  readonly blocks: readonly ReadBlock[];
  readonly analysis: LaunchAnalysis;
  readonly policy: ImdsPolicy;
}
