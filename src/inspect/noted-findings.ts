import type { IConstruct } from 'constructs';
import { ConstructNote } from '../model/construct-note';
import type { RuleId } from '../policy/rules';
import type { Finding } from './finding';
import { statementOf } from './finding';

/** Findings on one construct, each once. Most constructs have one finding, so the sets are created only for a second one. */
class FindingsOnConstruct {
  public readonly all: Finding[] = [];
  private statements: Set<string> | undefined;
  private places: Set<string> | undefined;

  public add(finding: Finding): void {
    if (this.all.length > 0 && !this.isNew(finding)) { return; }
    this.all.push(finding);
    this.places?.add(placeOf(finding.rule, finding.path));
  }

  /** Whether a rule is violated in a place. */
  public isAt(rule: RuleId, path: string): boolean {
    this.places ??= new Set(this.all.map(finding => placeOf(finding.rule, finding.path)));
    return this.places.has(placeOf(rule, path));
  }

  private isNew(finding: Finding): boolean {
    this.statements ??= new Set(this.all.map(statementOf));
    const before = this.statements.size;
    return this.statements.add(statementOf(finding)).size > before;
  }
}

const FINDINGS = new ConstructNote<FindingsOnConstruct>('FindingsOfEnforcement');

/** Notes a finding of enforcement on a construct, for later checks. */
export function noteFinding(construct: IConstruct, finding: Finding): void {
  let noted = FINDINGS.of(construct);
  if (!noted) {
    noted = new FindingsOnConstruct();
    FINDINGS.write(construct, noted);
  }
  noted.add(finding);
}

/** The findings of enforcement on a construct, each once, with those that are exempt. */
export function notedFindings(construct: IConstruct): readonly Finding[] {
  return FINDINGS.of(construct)?.all ?? [];
}

/** Whether enforcement found a violation of a rule in a place of a construct. */
export function isNotedAt(construct: IConstruct, rule: RuleId, path: string): boolean {
  return FINDINGS.of(construct)?.isAt(rule, path) ?? false;
}

/** A place without list indices, because CDK leaves out empty elements, so the indices can differ in the template. */
function placeOf(rule: RuleId, path: string): string {
  return `${rule} ${path.replace(/\[\d+\]/g, '[]')}`;
}
