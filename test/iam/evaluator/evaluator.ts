import { conditionHolds } from './conditions';
import type { IamRequest, RequestResource } from './request';
import { RequestContext } from './request';
import type { Listed, Statement } from './statement';
import { readStatement } from './statement';
import { matchesResource, matchesText } from './wildcards';

/** The decision of statements about a request. */
export interface Decision {
  /** `not denied`: no statement denies it, and these statements alone do not allow it for every resource. */
  readonly decision: 'denied' | 'allowed' | 'not denied';

  /** The Sids of the denying statements, in their order. */
  readonly deniedBy: readonly string[];
}

/**
 * Evaluates policy statements for one request, as AWS documents it.
 *
 * A request is authorized once for each of its resources. If one is denied, the request is denied.
 *
 * @throws Error if a statement has something that this evaluator does not support
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(statements: readonly unknown[], request: IamRequest): Decision {
  if (request.resources.length === 0) { throw new Error('a request has a resource: \'*\' where its action knows none'); }
  const read = statements.map(readStatement);
  const matching = request.resources.map(resource => read.filter(statement => applies(statement, request, resource)));
  const deniedBy = read.filter(statement => statement.effect === 'Deny' && matching.some(found => found.includes(statement)));
  const allowed = matching.every(found => found.some(({ effect }) => effect === 'Allow'));
  return { decision: deniedBy.length > 0 ? 'denied' : allowed ? 'allowed' : 'not denied', deniedBy: deniedBy.map(({ sid }) => sid) };
}

/** Whether a statement applies to a request for one of its resources. Unsupported parts are rejected even if they do not matter. */
function applies({ actions, resources, condition }: Statement, request: IamRequest, resource: RequestResource): boolean {
  return [
    lists(actions, pattern => matchesText(pattern.toLowerCase(), request.action.toLowerCase())),
    lists(resources, pattern => matchesResource(pattern, resource.arn)),
    conditionHolds(condition, new RequestContext(request, resource)),
  ].every(Boolean);
}

function lists({ patterns, negated }: Listed, matches: (pattern: string) => boolean): boolean {
  return patterns.some(matches) !== negated;
}
