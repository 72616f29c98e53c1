import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { endOfExemption } from '../inspect/ending-exemptions';
import { unknownRule } from '../inspect/unknown-rule';
import type { AssemblyTemplate } from './assembly';
import type { Census } from './census';
import type { CheckedPart } from './checked-part';
import type { CheckedFinding } from './checked-resource';
import type { RuleConfiguration } from './rule-configuration';
import { oldSdk, unclearParts, unclearSdks } from './sdk-findings';
import type { SdkUse, SdkUses } from './sdk-uses';
import { unreadableIn } from './unreadable';

/** Findings that are not about a resource: unreadable templates, exemptions that end, acknowledged ids that are not rules, and SDKs. */
export class OtherFindings {
  /** @param templates the templates that are checked */
  public constructor(
    private readonly part: CheckedPart, private readonly rules: RuleConfiguration, private readonly templates: readonly AssemblyTemplate[],
  ) {}

  /** All these findings. */
  public in(census: Census, sdks: SdkUses | undefined): readonly CheckedFinding[] {
    return [
      ...this.templates.flatMap(template => this.unreadable(template)),
      ...this.constructsWithExemptions(census).flatMap(construct => this.endingExemptions(construct)),
      ...[...census.unknownIds].filter(([construct]) => this.part.covers(construct)).flatMap(([construct, ids]) => this.unknownRules(construct, ids)),
      ...sdks ? [...sdks.tooOld.flatMap(use => this.tooOld(use)), ...this.unclear(sdks)] : [],
    ];
  }

  private unreadable(template: AssemblyTemplate): readonly CheckedFinding[] {
    return this.rules.judged(unreadableIn(template), this.part.ownerOf(template), { construct: template.counted?.stack, template });
  }

  private endingExemptions(construct: IConstruct): readonly CheckedFinding[] {
    const findings = this.rules.exemptions.endingOn(construct).map(ending => endOfExemption(ending));
    const stack = [...construct.node.scopes].reverse().find(scope => Stack.isStack(scope));
    const template = this.templates.find(({ counted }) => stack !== undefined && counted?.stack === stack);
    return this.rules.judged(findings, construct, { construct, template });
  }

  /** Acknowledged ids on a construct that are not rules. */
  private unknownRules(construct: IConstruct, ids: readonly string[]): readonly CheckedFinding[] {
    return this.rules.judged(ids.map(unknownRule), construct, { construct });
  }

  /** An SDK that is too old: a finding on each construct that uses it, or on the checked scope if no construct does. */
  private tooOld(use: SdkUse): readonly CheckedFinding[] {
    const finding = oldSdk(use);
    const owners: readonly (IConstruct | undefined)[] = use.owners.length > 0 ? use.owners : [undefined];
    return owners.flatMap(construct => this.rules.judged([finding], construct ?? this.part.scope, { construct, sdk: use }));
  }

  /** The SDKs with unknown support: a finding on the checked scope, and one on each construct that exempts them. */
  private unclear(uses: SdkUses): readonly CheckedFinding[] {
    const { scope } = this.part;
    const isExempt = (construct: IConstruct) => this.rules.exemptions.covering(construct, 'Imdsv2::SdkUnknown') !== undefined;
    return unclearParts(uses, isExempt(scope) ? () => false : isExempt)
      .flatMap(unclear => this.rules.judged(unclearSdks(unclear), unclear.construct ?? scope, { construct: unclear.construct }));
  }

  /** The constructs with exemptions that concern the checked templates: the constructs in their stacks, and the scopes of these stacks. */
  private constructsWithExemptions({ exempting }: Census): IConstruct[] {
    const stacks = this.templates.flatMap(({ counted }) => counted ? [counted.stack] : []);
    const above = new Set<IConstruct>(stacks.flatMap(stack => stack.node.scopes));
    const isIn = ({ node }: IConstruct) => node.scopes.some(scope => above.has(scope) && Stack.isStack(scope));
    return exempting.filter(construct => above.has(construct) || (this.part.covers(construct) && isIn(construct)));
  }
}
