import type { Cause } from '../inspect/cause';
import type { LaunchAnalysis } from '../inspect/launch-analysis';
import { releaseCauses } from '../inspect/releases';
import { updateEffect } from '../launch/update-effects';
import type { LaunchResource } from '../launch/world';
import { Memo } from '../model/memo';
import type { Carrier, ResourceRecord } from '../resources/record';
import { isBoundToReleases, recordOf } from '../resources/record-table';

/** Finds resources that enforcement must not change: those that would not start, and with `avoidReplacement` those that a change would replace or interrupt. */
export class ReplacementGuard {
  private readonly open = new Memo(({ carriers }: ResourceRecord) => carriers.filter(carrier => this.isOpen(carrier)));

  /** @param avoidsReplacement whether enforcement writes nothing that replaces a resource, or interrupts running instances */
  public constructor(private readonly avoidsReplacement: boolean) {}

  /** The places of a type that may be written before it is known who launches from its resource. */
  public openPlaces(record: ResourceRecord): readonly Carrier[] {
    return this.open.of(record);
  }

  /** Whether a place may be written before it is known who launches from its resource. */
  public isOpen({ type, update, interruption, countsWith }: Carrier): boolean {
    return !isBoundToReleases(type) && countsWith === undefined && !(this.avoidsReplacement && (update !== 'in place' || interruption !== undefined));
  }

  /** Why enforcement does not change places of a resource; empty if it changes all. */
  public on(resource: LaunchResource, analysis: LaunchAnalysis): readonly Cause[] {
    return (recordOf(resource.type)?.carriers ?? []).flatMap(carrier => this.against(carrier, resource, analysis));
  }

  /** Why enforcement does not change a place; empty if it does. */
  public against(carrier: Carrier, resource: LaunchResource, analysis: LaunchAnalysis): readonly Cause[] {
    if (this.isOpen(carrier)) { return []; }
    const tooOld = isBoundToReleases(carrier.type) ? analysis.graph.launchingFrom(resource).flatMap(releaseCauses) : [];
    return tooOld.length > 0 || !this.avoidsReplacement ? tooOld : replacementBy(carrier, resource, analysis);
  }
}

/** The resources that a change of a place would replace or interrupt. */
function replacementBy({ update, interruption }: Carrier, resource: LaunchResource, analysis: LaunchAnalysis): readonly Cause[] {
  if (update === 'replacement') { return [{ kind: 'replacement avoided', resources: [resource.path], isInterrupted: false }]; }
  if (interruption !== undefined) { return [{ kind: 'replacement avoided', resources: [resource.path], isInterrupted: true }]; }
  if (update !== 'new version') { return []; }
  const following = analysis.graph.launchersOf(resource).filter(({ versions }) => versions.some(({ kind }) => kind === 'latest number'));
  const affected = (isInterrupted: boolean) => [...new Set(following
    .filter(launch => isInterrupted === (updateEffect(launch) !== 'replaced') && updateEffect(launch) !== 'stays')
    .map(({ launcher }) => launcher.path))];
  return [false, true].map(isInterrupted => ({ kind: 'replacement avoided' as const, resources: affected(isInterrupted), isInterrupted }))
    .filter(({ resources }) => resources.length > 0);
}
