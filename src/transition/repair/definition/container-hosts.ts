import type { State, States, Steps } from './states';
import { call, choice, EMPTY, END, end, jsonata, pass, RETRY, turns, wait } from './states';

/** How often it asks for a page of clusters: a list that does not end fills the history. */
const MOST_LISTED = 200;

/** A cluster that was deleted meanwhile: it is not asked again. */
const GONE = ['Ecs.ClusterNotFoundException'];

/** How many instances a cluster is asked for at once. */
const ASKED_AT_ONCE = 20;

/**
 * Finds into `$clusters` the clusters of ECS with instances of EC2: what is registered there runs containers, whatever its tags say. Those of Fargate alone have none.
 *
 * @param name the first state, with which the others begin
 * @param endless what comes where the list does not end
 */
export function findClusters(name: string, next: string, endless: string): States {
  const [rest, list, areAny, describe, areMore] = ['wait', 'list', 'are there any', 'describe', 'are there more'].map(each => `${name} - ${each}`);
  return {
    [name]: pass({ listed: 0, token: EMPTY, clusters: [] }, rest),
    [rest]: { ...wait(1, list), Assign: { listed: jsonata('$listed + 1') } },
    [list]: call('ecs:listClusters', jsonata("$merge([{'MaxResults': 100}, $token = '' ? {} : {'NextToken': $token}])"), areAny, {
      assign: {
        found: jsonata('$append([], $states.result.ClusterArns)'), token: jsonata("$exists($states.result.NextToken) ? $states.result.NextToken : ''"),
      },
    }),
    [areAny]: choice([['$count($found) > 0', describe]], areMore),
    [describe]: call('ecs:describeClusters', { Clusters: jsonata('$found') }, areMore, {
      assign: { clusters: jsonata('$append([], $append($clusters, $states.result.Clusters[RegisteredContainerInstancesCount > 0].ClusterArn))') },
    }),
    [areMore]: choice([[`$token != '' and $listed >= ${MOST_LISTED}`, endless], ["$token != ''", rest]], next),
  };
}

/**
 * Finds into `$hosts` which instances are container instances of one of `$clusters`.
 *
 * @param name what its states begin with
 * @param ids the instances, as an expression
 */
export function findHosts(name: string, ids: string, next: string): State {
  return turns(jsonata(`(
    $ids := ${ids};
    $append([], $reduce($clusters, function($so, $cluster) {$append($so, $map([0..$ceil($count($ids) / ${ASKED_AT_ONCE}) - 1], function($n) {{
      'cluster': $cluster, 'ids': $append([], $ids[[$n * ${ASKED_AT_ONCE}..$n * ${ASKED_AT_ONCE} + ${ASKED_AT_ONCE - 1}]])
    }}))}, []))
  )`), 1, containerInstances(name), next, { hosts: jsonata('$append([], $distinct($reduce($states.result, $append, [])))') });
}

/** Which of some instances are registered in a cluster. One that was deleted meanwhile has none. */
function containerInstances(name: string): Steps {
  const [list, areAny, none, describe] = ['list', 'are there', 'no', 'describe'].map(each => `${name} - ${each} container instances`);
  const isGone = { retry: [{ ErrorEquals: GONE, MaxAttempts: 0 }, ...RETRY], catchers: [{ ErrorEquals: GONE, Next: none }] };
  return {
    StartAt: list,
    States: {
      [list]: call('ecs:listContainerInstances', {
        Cluster: jsonata('$states.input.cluster'), Filter: jsonata("'ec2InstanceId in [' & $join($states.input.ids, ', ') & ']'"),
      }, areAny, {
        assign: { registered: jsonata('$append([], $states.result.ContainerInstanceArns)'), cluster: jsonata('$states.input.cluster') }, ...isGone,
      }),
      [areAny]: choice([['$count($registered) > 0', describe]], none),
      [none]: end(jsonata('[]')),
      [describe]: call('ecs:describeContainerInstances', { Cluster: jsonata('$cluster'), ContainerInstances: jsonata('$registered') }, END, {
        output: jsonata('$append([], $states.result.ContainerInstances.Ec2InstanceId)'), ...isGone,
      }),
    },
  };
}
