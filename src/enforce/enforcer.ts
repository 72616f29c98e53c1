import type { CfnResource } from 'aws-cdk-lib';
import { inspect, inspectMute } from '../inspect';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Finding } from '../policy/requirements';
import { RENDERED } from '../resources/layer';
import { LiveResource } from '../resources/live-resource';
import type { BlockVisitor } from '../resources/paths';
import { rewriteAt } from '../resources/paths';
import type { CarrierRow, ResourceType } from '../resources/resource-types';
import { resourceTypeOf } from '../resources/resource-types';
import { StackParameters } from '../resources/stack-parameters';
import { overlay } from './overlay';
import type { Change, Outcome } from './writing-visitor';
import { WritingVisitor } from './writing-visitor';

const NOTHING: Outcome = { changes: [], findings: [] };

/** Writes what a policy wants into resources, in place. */
export class Enforcer {
  private readonly parameters = new StackParameters();

  public constructor(private readonly policy: ImdsPolicy) {}

  /** Whether the resource has metadata options, or should have. */
  public concerns(resource: CfnResource): boolean {
    return resourceTypeOf(LiveResource.typeOf(resource)) !== undefined;
  }

  /** What would be changed in the resource as it stands. */
  public pendingChanges(resource: CfnResource): readonly Change[] {
    const type = resourceTypeOf(LiveResource.typeOf(resource));
    if (!type) { return []; }
    const live = new LiveResource(resource);
    return type.carriers.flatMap(row => {
      const visitor = this.visitorFor(row, live);
      this.readWith(visitor, row, live);
      return visitor.changes;
    });
  }

  /** Requires tokens in the resource, and fills what the policy wants and the user left unset. */
  public enforce(resource: CfnResource): Outcome {
    const type = resourceTypeOf(LiveResource.typeOf(resource));
    return type ? this.enforceType(type, new LiveResource(resource)) : NOTHING;
  }

  private enforceType(type: ResourceType, live: LiveResource): Outcome {
    const changes: Change[] = [];
    const findings: Finding[] = [];
    for (const row of type.carriers) {
      const outcome = this.enforceRow(type, row, live);
      changes.push(...outcome.changes);
      findings.push(...outcome.findings);
    }
    if (type.mutes.length > 0) { findings.push(...inspectMute(type, live.rendered())); }
    return { changes, findings };
  }

  private enforceRow(type: ResourceType, row: CarrierRow, live: LiveResource): Outcome {
    if (live.isShadowed(row.path[0])) { return this.enforceShadowed(type, row, live); }
    const visitor = this.visitorFor(row, live);
    this.writeProperty(row, live, visitor);
    visitor.close();
    return visitor;
  }

  /** What is rendered differs from what the user's properties say: both are written, and the rendering tells what was and is. */
  private enforceShadowed(type: ResourceType, row: CarrierRow, live: LiveResource): Outcome {
    const before = this.visitorFor(row, live);
    const rendered = live.rendered();
    if (rendered !== undefined) { rewriteAt(rendered, row.path, RENDERED, before); }
    if (!live.isReplaced(row.path[0])) { this.writeProperty(row, live, this.visitorFor(row, live)); }
    const isFine = rendered !== undefined && before.changes.length === 0;
    this.writeOverrides(row, live, isFine ? rendered : live.rendered());
    const after = isFine ? rendered : live.rendered();
    if (after === undefined) { return { changes: before.changes, findings: [] }; }
    const { findings } = inspect({ ...type, carriers: [row], mutes: [] }, after, this.parameters.of(live.stack));
    return { changes: before.changes, findings };
  }

  /** Shows a visitor what will be rendered, and writes nothing. */
  private readWith(visitor: BlockVisitor, row: CarrierRow, live: LiveResource): void {
    if (!live.isShadowed(row.path[0])) {
      const { value, path, where, layer } = live.written(row.path);
      rewriteAt(value, path, layer, visitor, where);
      return;
    }
    const rendered = live.rendered();
    if (rendered !== undefined) { rewriteAt(rendered, row.path, RENDERED, visitor); }
  }

  /** Writes where the user wrote, so that whoever reads typed properties sees it. */
  private writeProperty(row: CarrierRow, live: LiveResource, visitor: BlockVisitor): void {
    const { value, path, where, layer } = live.written(row.path);
    const required = rewriteAt(value, path, layer, visitor, where);
    if (required !== value) { live.write(row.path, required); }
  }

  /** Writes what did not arrive into the raw overrides. */
  private writeOverrides(row: CarrierRow, live: LiveResource, effective: unknown): void {
    if (effective === undefined) { return; }
    const desired = rewriteAt(effective, row.path, RENDERED, this.visitorFor(row, live));
    const { isThere, value } = live.propertyOverrides;
    const base = desired === effective ? undefined : live.renderedWithoutOverrides();
    const override = overlay({ isThere, override: value, effective, desired, base }, row.path, live.overrideLayer, this.visitorFor(row, live));
    if (override !== value) { live.setPropertyOverrides(override); }
  }

  private visitorFor(row: CarrierRow, live: LiveResource): WritingVisitor {
    const { wanted, wantedOverTemplate, fillsSettings } = this.policy;
    const isOverTemplate = fillsSettings && row.template !== undefined && live.has(row.template);
    return new WritingVisitor(row, isOverTemplate ? wantedOverTemplate : wanted, this.parameters.of(live.stack));
  }
}
