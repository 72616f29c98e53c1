import type { Report } from '../../../src/report/report';
import type { ReportedResource } from '../../../src/report/reported-resource';
import type { Template } from '../oracle/json';
import type { Arguments } from '../oracle/meaning';
import { Meaning } from '../oracle/meaning';
import type { Loosely, Tokens } from '../oracle/tokens';
import { effectiveTokens } from '../oracle/tokens';
import type { Choose } from '../oracle/ways';
import { inEveryWay } from '../oracle/ways';

/** The parameters from a parent stack, with all choices made. */
export type HandedBy = (choose: Choose) => Arguments | undefined;

const FINE: readonly Tokens[] = ['required', 'off'];
const ALONE: HandedBy = () => undefined;

/**
 * Approximations of a report. A fleet is judged by all its templates and overrides, in any combination. An instance that disables its endpoint under a
 * condition is judged by its other values.
 */
const LOOSELY: { readonly [type: string]: readonly Loosely[] } = {
  'AWS::EC2::EC2Fleet': [{ isMixed: true }],
  'AWS::EC2::Instance': [{ isAnswering: true }, { isAnswering: true, isAnsweringItself: true }],
};

/** The places where a report differs from the oracle, which tries every condition and parameter. */
export function wrongOutcomes(report: Report, file: string, template: Template, handed: HandedBy = ALONE): string[] {
  return report.resources.filter(resource => resource.template === file).flatMap(resource => {
    const inReality = tokensIn(template, resource.logicalId, handed, true);
    const atMost = resource.outcome === 'required' ? undefined : tokensIn(template, resource.logicalId, handed, false);
    const complaint = complaintOn(resource, inReality, atMost);
    return complaint ? [`${resource.logicalId} (${resource.type}) is ${resource.outcome}, ${complaint}: ${JSON.stringify(inReality)}`] : [];
  });
}

/** All values of tokens that instances of a resource can get. `undefined` if there are too many combinations. */
function tokensIn(template: Template, logicalId: string, handed: HandedBy, isConsistent: boolean): readonly Tokens[] | undefined {
  const all = inEveryWay(choose => {
    const meaning = new Meaning(template, choose, 'inner', handed(choose));
    const ways = isConsistent ? [] : LOOSELY[template.Resources![logicalId].Type] ?? [];
    return [{}, ...ways].flatMap(loosely => effectiveTokens(logicalId, meaning, loosely));
  }, isConsistent);
  return all && [...new Set(all.flat())];
}

/**
 * @param inReality the possible values if a condition has the same value everywhere
 * @param atMost the possible values if each `Fn::If` had its own condition, and instances had an endpoint whatever their templates set
 */
function complaintOn({ outcome }: ReportedResource, inReality?: readonly Tokens[], atMost?: readonly Tokens[]): string | undefined {
  if (outcome === 'required') { return inReality?.every(isFine) === false ? 'and need not be' : undefined; }
  if (inReality?.includes('optional') && outcome !== 'not required') { return 'and lets IMDSv1 in'; }
  if (!atMost) { return undefined; }
  if (outcome === 'not required') { return atMost.some(lets1In) ? undefined : 'and nothing lets IMDSv1 in'; }
  return inReality && inReality.length > 0 && atMost.every(isFine) ? 'and is required' : undefined;
}

function isFine(tokens: Tokens): boolean {
  return FINE.includes(tokens);
}

function lets1In(tokens: Tokens): boolean {
  return tokens === 'optional' || tokens === 'open';
}
