import { findClusters } from './container-hosts';
import { pageKey, put } from './objects';
import type { DefinitionProps } from './settings';
import type { State, States } from './states';
import { call, choice, failed, jsonata, pass, wait } from './states';

/** How many instances a page has: one child execution looks after it. */
export const PAGE = 100;

/** As many pages as a history of 25,000 events has room for, with some to spare. */
export const MOST_PAGES = 1000;

/** How often it asks for a page, whether there is anything on it or not: a list that does not end fills the history. */
const MOST_LISTED = 1200;

/** How many ids are held against a page, the latest ones: a list that moves while it is read may say one twice. A state holds some 10,000. */
const MOST_REMEMBERED = 5000;

/** Lists the instances that are selected, and writes their ids down, page by page. */
export function selecting(props: DefinitionProps): States {
  const named = props.settings.rule === undefined;
  return {
    ...named ? NAMED : {},
    'Wait before listing instances': { ...wait(1, 'List a page of instances'), Assign: { listed: jsonata('$listed + 1') } },
    'List a page of instances': listing(props),
    'Remove duplicates': pass({
      found: jsonata('$append([], $found[$not($ in $remembered)])'),
      remembered: jsonata(`(
        $all := $append($remembered, $found[$not($ in $remembered)]);
        $from := $count($all) - ${MOST_REMEMBERED};
        $from > 0 ? $append([], $filter($all, function($id, $n) {$n >= $from})) : $append([], $all)
      )`),
    }, 'Are there new instances'),
    'Are there new instances': choice([
      [`$count($found) > 0 and $page >= ${MOST_PAGES}`, 'Too many instances'],
      ['$count($found) > 0', 'Write the ids'],
    ], 'Are there more instances'),
    'Write the ids': put(pageKey('selected'), '$found', 'Count the page'),
    'Count the page': pass({ page: jsonata('$page + 1') }, 'Are there more instances'),
    'Are there more instances': choice([
      [`$token != '' and $listed >= ${MOST_LISTED}`, 'The list does not end'],
      ["$token != ''", 'Wait before listing instances'],
      ...named ? [['$count($ids) > 0', 'Use the named instances'] as const] : [],
    ], 'Find ECS clusters'),
    'Too many instances': failed('TooManyInstances', `more than ${MOST_PAGES} pages of ${PAGE} instances are selected: nothing was changed, select fewer`),
    'The list does not end': failed('EndlessList', jsonata("'AWS still returned a next page after ' & $listed & ' pages of instances or clusters: start a new run'")),
    ...findClusters('Find ECS clusters', 'Are instances selected', 'The list does not end'),
  };
}

const NAMED: States = {
  'Use the named instances': pass({
    found: jsonata(`$append([], $filter($ids, function($id, $n) { $n < ${PAGE} }))`),
    ids: jsonata(`$append([], $filter($ids, function($id, $n) { $n >= ${PAGE} }))`),
  }, 'Are there new instances'),
};

const NEXT_TOKEN = jsonata("$exists($states.result.NextToken) ? $states.result.NextToken : ''");

/** A page of what is selected. Each way tells no more than ids, so that a page fits into a state. */
function listing({ listing: by, settings: { selection: [tag] } }: DefinitionProps): State {
  switch (by) {
    case 'all': return list('ec2:describeInstanceStatus', `'IncludeAllInstances': true, 'MaxResults': ${PAGE}`, '$states.result.InstanceStatuses.InstanceId');
    case 'findings': return list('config:getComplianceDetailsByConfigRule',
      `'ConfigRuleName': $config.rule, 'ComplianceTypes': ['NON_COMPLIANT'], 'Limit': ${PAGE}`, `${FINDINGS}[$count($ids) = 0 or $ in $ids]`);
    default: {
      const values = tag.values.length > 0 ? "'Name': 'tag:' & $config.selection[0].key, 'Values': $append([], $config.selection[0].values)"
        : "'Name': 'key', 'Values': [$config.selection[0].key]";
      return list('ec2:describeTags', `'MaxResults': ${PAGE}, 'Filters': [{'Name': 'resource-type', 'Values': ['instance']}, {${values}}]`,
        '$states.result.Tags.ResourceId');
    }
  }
}

function list(action: string, args: string, ids: string): State {
  return call(action, jsonata(`$merge([{${args}}, $token = '' ? {} : {'NextToken': $token}])`), 'Remove duplicates', {
    assign: { found: jsonata(`$append([], $distinct(${ids}))`), token: NEXT_TOKEN },
  });
}

const FINDINGS = "$states.result.EvaluationResults.EvaluationResultIdentifier.EvaluationResultQualifier[ResourceType = 'AWS::EC2::Instance'].ResourceId";
