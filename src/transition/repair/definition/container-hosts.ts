import type { State, States, Steps } from './states';
import { call, children, choice, EMPTY, END, end, jsonata, pass, RETRY, turns, wait } from './states';

/** The most pages of clusters that are read, because an endless list would fill the execution history. */
const MOST_LISTED = 200;

/** The error for a cluster that was deleted in the meantime. It is not retried. */
const GONE = ['Ecs.ClusterNotFoundException'];

/** The most instances in one query to a cluster, and the most clusters for one child execution, because of its history limit. */
const [ASKED_AT_ONCE, ASKED_BY_ONE] = [20, 100];

/** The most characters of all cluster ARNs. They are passed to child executions in a state of 256 KB. */
const MOST_CHARACTERS = 180_000;

/** The next states for an endless list, and for more clusters than fit into a state. */
interface Otherwise {
  readonly endless: string;
  readonly tooMany: string;
}

/** The reason why more clusters are not supported. */
export const TOO_MANY_CLUSTERS = 'ECS has some 2,000 clusters with container instances, which is more than a repair can search';

/**
 * Sets `$clusters` to the ECS clusters with EC2 instances. Instances that are registered there run containers, whatever their tags are. Clusters that
 * use only Fargate are left out.
 *
 * @param name the first state, and the prefix of the others
 */
export function findClusters(name: string, next: string, { endless, tooMany }: Otherwise): States {
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
    [areMore]: choice([
      [`$length($string($clusters)) > ${MOST_CHARACTERS}`, tooMany], [`$token != '' and $listed >= ${MOST_LISTED}`, endless], ["$token != ''", rest],
    ], next),
  };
}

/**
 * Sets `$hosts` to the instances that are container instances in one of `$clusters`. It uses child executions, because hundreds of queries do not fit
 * into one execution history.
 *
 * @param name the prefix of its states
 * @param ids an expression for the instances
 */
export function findHosts(name: string, ids: string, next: string): State {
  const chunks = `$append([], $map([0..$ceil($count($clusters) / ${ASKED_BY_ONE}) - 1], function($n) {{
    'clusters': $append([], $clusters[[$n * ${ASKED_BY_ONE}..$n * ${ASKED_BY_ONE} + ${ASKED_BY_ONE - 1}]])
  }}))`;
  return children(jsonata(chunks), { clusters: jsonata('$states.context.Map.Item.Value.clusters'), ids: jsonata(`$append([], ${ids})`) }, containerInstances(name), next, {
    assign: { hosts: jsonata('$append([], $distinct($append([], $states.result.hosts)))') },
  });
}

/** A child execution that asks clusters for the given instances. A cluster that was deleted in the meantime has none. */
function containerInstances(name: string): Steps {
  const [begin, ask, list, noArns, describeAll, describe, noIds, last] = [
    'start', 'ask each cluster', 'list instances', 'cluster deleted', 'ask each cluster with instances', 'describe instances', 'cluster deleted meanwhile', 'end',
  ].map(each => `${name} - containers - ${each}`);
  const retry = [{ ErrorEquals: GONE, MaxAttempts: 0 }, ...RETRY];
  const isGone = (Next: string) => ({ retry, catchers: [{ ErrorEquals: GONE, Next, Output: {} }] });
  return {
    StartAt: begin,
    States: {
      [begin]: pass({ ids: jsonata('$append([], $states.input.ids)'), clusters: jsonata('$append([], $states.input.clusters)') }, ask),
      [ask]: turns(jsonata(QUESTIONS), 1, {
        StartAt: list,
        States: {
          [list]: call('ecs:listContainerInstances', {
            Cluster: jsonata('$states.input.cluster'), Filter: jsonata("'ec2InstanceId in [' & $join($states.input.ids, ', ') & ']'"),
          }, END, { output: jsonata("{'cluster': $states.input.cluster, 'arns': $append([], $states.result.ContainerInstanceArns)}"), ...isGone(noArns) }),
          [noArns]: end({ arns: [] }),
        },
      }, describeAll, { registered: jsonata('$append([], $filter($states.result, function($each) {$count($each.arns) > 0}))') }),
      [describeAll]: turns(jsonata('$registered'), 1, {
        StartAt: describe,
        States: {
          [describe]: call('ecs:describeContainerInstances', {
            Cluster: jsonata('$states.input.cluster'), ContainerInstances: jsonata('$append([], $states.input.arns)'),
          }, END, { output: jsonata("{'ids': $append([], $states.result.ContainerInstances.Ec2InstanceId)}"), ...isGone(noIds) }),
          [noIds]: end({ ids: [] }),
        },
      }, last, { hosts: jsonata('$append([], $states.result.ids)') }),
      [last]: end({ hosts: jsonata('$hosts') }),
    },
  };
}

const QUESTIONS = `$append([], $reduce($clusters, function($so, $cluster) {$append($so, $map([0..$ceil($count($ids) / ${ASKED_AT_ONCE}) - 1], function($n) {{
  'cluster': $cluster, 'ids': $append([], $ids[[$n * ${ASKED_AT_ONCE}..$n * ${ASKED_AT_ONCE} + ${ASKED_AT_ONCE - 1}]])
}}))}, []))`;
