import { findClusters, TOO_MANY_CLUSTERS } from './container-hosts';
import { pageKey, put } from './objects';
import type { DefinitionProps } from './settings';
import type { State, States, Steps } from './states';
import { call, caught, children, choice, EMPTY, end, failed, FOR_ALL, ITEM, jsonata, pass, wait } from './states';

/** The number of instances in a page. Each page has its own child execution. */
export const PAGE = 100;

/** The most pages of a run, because the results of all child executions must fit into a state. */
const MOST_PAGES = 1000;

/** The most calls for a list, also counting empty pages, because a list can be endless. */
const MOST_LISTED = 1200;

/** The calls of one child execution, because the history of the run would not have space for all. */
const LISTED_BY_ONE = 100;

/** The most recent ids that a page is compared with. A list can return an id twice if it changes while it is read. */
const MOST_REMEMBERED = 3000;

/** Lists the selected instances, and writes their ids page by page. */
export function selecting(props: DefinitionProps): States {
  const named = props.settings.rule === undefined;
  return {
    ...named ? NAMED : {},
    'List instances': children(jsonata('[$page]'), {
      ...FOR_ALL, page: ITEM, token: jsonata('$token'), listed: jsonata('$listed'), remembered: jsonata('$remembered'), ids: jsonata('$ids'),
    }, listSome(props), 'Are instances listed', {
      assign: Object.fromEntries(['page', 'token', 'listed', 'error', 'problem'].map(each => [each, jsonata(`$states.result[0].${each}`)]).concat([
        ['remembered', jsonata('$append([], $states.result[0].remembered)')],
      ])),
    }),
    'Are instances listed': choice([
      ["$error != ''", 'Release the lock after a failed call'],
      [`$page > ${MOST_PAGES}`, 'Too many instances'],
      [`$token != '' and $listed >= ${MOST_LISTED}`, 'The list does not end'],
      ["$token != ''", 'List instances'],
    ], 'Find ECS clusters'),
    'Too many instances': failed('TooManyInstances', `more than ${MOST_PAGES} pages of ${PAGE} instances are selected: nothing was changed, select fewer`),
    'The list does not end': failed('EndlessList', jsonata("'AWS still returned a next page after ' & $listed & ' pages of instances or clusters: start a new run'")),
    'Too many clusters': failed('TooManyClusters', `${TOO_MANY_CLUSTERS}: nothing was changed`),
    ...findClusters('Find ECS clusters', 'Are instances selected', { endless: 'The list does not end', tooMany: 'Too many clusters' }),
  };
}

/**
 * A child execution that lists some pages, and returns where to continue. If there are too many pages, it returns one more than allowed, and does not
 * write it.
 */
function listSome(props: DefinitionProps): Steps {
  return {
    StartAt: 'List - start',
    States: {
      'List - start': pass({
        ...Object.fromEntries(['config', 'run', 'page', 'token', 'listed'].map(each => [each, jsonata(`$states.input.${each}`)])),
        ...Object.fromEntries(['remembered', 'ids'].map(each => [each, jsonata(`$append([], $states.input.${each})`)])),
        problem: EMPTY,
        error: EMPTY,
        broken: 0,
        where: EMPTY,
      }, 'List - wait before the next page'),
      ...caught({
        'List - wait before the next page': { ...wait(1, 'List - list a page'), Assign: { listed: jsonata('$listed + 1') } },
        'List - list a page': listing(props),
        'List - remove duplicates': pass({
          found: jsonata('$append([], $found[$not($ in $remembered)])'),
          remembered: jsonata(`(
            $all := $append($append([], $remembered), $found[$not($ in $remembered)]);
            $from := $count($all) - ${MOST_REMEMBERED};
            $from > 0 ? $append([], $filter($all, function($id, $n) {$n >= $from})) : $append([], $all)
          )`),
        }, 'List - are there new instances'),
        'List - are there new instances': choice([
          [`$count($found) > 0 and $page >= ${MOST_PAGES}`, 'List - too many instances'],
          ['$count($found) > 0', 'List - write the ids'],
        ], 'List - are there more instances'),
        'List - too many instances': pass({ page: MOST_PAGES + 1 }, 'List - end'),
        'List - write the ids': { ...put(pageKey('selected'), '$found', 'List - are there more instances'), Assign: { page: jsonata('$page + 1') } },
        'List - are there more instances': choice([[`$token != '' and $listed % ${LISTED_BY_ONE} != 0`, 'List - wait before the next page']], 'List - end'),
      }, 'List - end'),
      'List - end': end({
        page: jsonata('$page'), token: jsonata('$token'), listed: jsonata('$listed'), remembered: jsonata('$append([], $remembered)'), error: jsonata('$error'), problem: jsonata('$problem'),
      }),
    },
  };
}

const NAMED: States = {
  'Use the named instances': pass({
    found: jsonata(`$append([], $filter($ids, function($id, $n) { $n < ${PAGE} }))`),
    ids: jsonata(`$append([], $filter($ids, function($id, $n) { $n >= ${PAGE} }))`),
  }, 'Write the ids'),
  'Write the ids': { ...put(pageKey('selected'), '$found', 'Are more instances named'), Assign: { page: jsonata('$page + 1') } },
  'Are more instances named': choice([['$count($ids) > 0', 'Use the named instances']], 'Find ECS clusters'),
};

const NEXT_TOKEN = jsonata("$exists($states.result.NextToken) ? $states.result.NextToken : ''");

/** A page of selected instances. Each of these calls returns little data, so that a page fits into a state. */
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
  return call(action, jsonata(`$merge([{${args}}, $token = '' ? {} : {'NextToken': $token}])`), 'List - remove duplicates', {
    assign: { found: jsonata(`$append([], $distinct(${ids}))`), token: NEXT_TOKEN },
  });
}

const FINDINGS = "$states.result.EvaluationResults.EvaluationResultIdentifier.EvaluationResultQualifier[ResourceType = 'AWS::EC2::Instance'].ResourceId";
