import type { IConstruct } from 'constructs';
import type { Finding } from '../inspect/finding';
import type { LaunchAnalysis } from '../inspect/launch-analysis';
import type { TemplateResource } from '../launch/template-resource';
import type { LaunchResource } from '../launch/world';
import type { Exemptions } from '../policy/exemptions';
import { validatesByEnvironment } from './cdk-version';
import type { CheckedPart } from './checked-part';
import type { EffectiveValues } from './effective';
import { allowsImdsv1, asWritten } from './effective-value';

const NONE: readonly never[] = [];

/** Findings on launchers whose source is in the app and allows IMDSv1, but is not checked. */
export class WeakSources {
  /** @param isCheckedElsewhere whether another check reports problems of a construct outside of the checked part */
  public constructor(
    private readonly part: CheckedPart,
    private readonly analysis: LaunchAnalysis,
    private readonly effective: EffectiveValues,
    private readonly exemptions: Exemptions,
    private readonly isCheckedElsewhere: (construct: IConstruct) => boolean,
  ) {}

  /** The findings on a launcher. */
  public of(launcher: TemplateResource): readonly Finding[] {
    if (this.part.isAll) { return NONE; }
    const launches = this.analysis.graph.launchesOf(launcher);
    if (!launches.some(({ source }) => source.kind === 'resource' && this.isUnchecked(source.resource))) { return NONE; }
    const weak = this.effective.of(launcher, 'tokens').map(asWritten)
      .filter(value => value.fromResource && allowsImdsv1(value) && this.isUnchecked(value.fromResource));
    return weak.map(({ fromResource, value, kind }) => {
      const path = launches.find(({ source }) => source.kind === 'resource' && source.resource === fromResource)?.where ?? '';
      const from = { type: fromResource!.type, resource: fromResource!.path, path: '' };
      const got = kind === 'set' ? { kind, value, from } : { kind: 'unset' as const, from };
      return { rule: 'Imdsv2::TokensRequired', resource: launcher.path, path, got: [got], because: [{ kind: 'not checked' }] };
    });
  }

  /** Whether no check covers a resource, and it is not exempt. */
  private isUnchecked(source: LaunchResource): boolean {
    const { part } = this;
    const reportedOn = part.reportingConstructOf(source as TemplateResource);
    if (part.includes(source as TemplateResource) || this.isCheckedElsewhere(reportedOn)) { return false; }
    const isValidatedLater = validatesByEnvironment() && part.covers(reportedOn);
    return !isValidatedLater && !this.exemptions.covering(reportedOn, 'Imdsv2::TokensRequired');
  }
}
