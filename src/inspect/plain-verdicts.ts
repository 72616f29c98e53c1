import type { TemplateStack } from '../launch/template-stack';
import { plainTextOf } from '../launch/without-containers';
import type { JsonObject } from '../model/intrinsics';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Paths } from '../resources/record';
import { recordOf } from '../resources/record-table';
import { NOT_PLAIN, renderedAt } from '../resources/rendered-places';
import type { Finding } from './finding';
import { hasOnlyScriptChecks } from './judge';
import type { LaunchAnalysis } from './launch-analysis';
import { PlainType } from './plain-type';

/**
 * Gives the verdicts of `judge()` on plain resources of templates, by reading a few properties. It creates no objects for a resource, and calls few
 * functions: V8 compiles each function that is called for thousands of resources, and this takes longer than the functions themselves.
 *
 * A resource is plain if its options are accepted literals, or if it has none; if it launches from a launch template of the same template, in the way
 * of CDK, or from nothing; and if neither containers nor scripts matter.
 */
export class PlainVerdicts {
  private readonly types = new Map<string, PlainType | undefined>();
  private readonly isAnswered = hasOnlyScriptChecks();

  /** @param mayBeExempt whether the app has exemptions: one may have no effect, so a resource that leaves tokens to its template is not plain then */
  public constructor(private readonly analysis: LaunchAnalysis, private readonly policy: ImdsPolicy, private readonly mayBeExempt = false) {}

  /** The findings on a resource, without its path; `undefined` if it is not plain. */
  public on(logicalId: string, stack: TemplateStack): readonly Finding[] | undefined {
    try {
      const definition = stack.definitionOf(logicalId);
      const type = this.typeOf(definition.Type as string);
      if (!type || !this.isAnswered || !this.analysis.hosts.noResourceIndicatesContainers || stack.possibleHosts.has(logicalId)) { return undefined; }
      return this.isSilent(definition, type.record.instances.userData) ? type.verdictOn(definition, stack) : undefined;
    } catch {
      return undefined; // judge() reports it
    }
  }

  /** Whether user data certainly calls nothing. */
  private isSilent({ Properties: properties }: JsonObject, paths: Paths): boolean {
    for (let index = 0; index < paths.length; index++) {
      const text = plainTextOf(renderedAt(properties, paths[index]));
      if (text === NOT_PLAIN || (text !== undefined && !this.analysis.scripts.isSilent(text))) { return false; }
    }
    return true;
  }

  private typeOf(type: string): PlainType | undefined {
    if (!this.types.has(type)) {
      const { most } = this.policy.hopLimits.withoutContainers;
      this.types.set(type, PlainType.of(recordOf(type), { most, mayBeExempt: this.mayBeExempt }));
    }
    return this.types.get(type);
  }
}
