import type { State, States, Steps } from './states';
import { call, children, choice, EMPTY, END, end, jsonata, pass, RETRY, turns, wait } from './states';

/** How often it asks for a page of clusters: a list that does not end fills the history. */
const MOST_LISTED = 200;

/** A cluster that was deleted meanwhile: it is not asked again. */
const GONE = ['Ecs.ClusterNotFoundException'];

/** How many instances a cluster is asked for at once, and how many clusters one child asks, as its history has room for. */
const [ASKED_AT_ONCE, ASKED_BY_ONE] = [20, 100];

/** How many characters the ARNs of clusters may have together: they are handed to children in a state of 256 KB. */
const MOST_CHARACTERS = 180_000;

/** What comes where a list does not end, and where there are more clusters than a state holds. */
interface Otherwise {
  readonly endless: string;
  readonly tooMany: string;
}

/** Why there is no going on with more clusters. */
export const TOO_MANY_CLUSTERS = 'ECS has some 2,000 clusters with container instances, which is more than a repair can search';

/**
 * Finds into `$clusters` the clusters of ECS with instances of EC2: what is registered there runs containers, whatever its tags say. Those of Fargate alone have none.
 *
 * @param name the first state, with which the others begin
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
 * Finds into `$hosts` which instances are container instances of one of `$clusters`, in children: a history has no room for the questions to hundreds.
 *
 * @param name what its states begin with
 * @param ids the instances, as an expression
 */
export function findHosts(name: string, ids: string, next: string): State {
  const chunks = `$append([], $map([0..$ceil($count($clusters) / ${ASKED_BY_ONE}) - 1], function($n) {{
    'clusters': $append([], $clusters[[$n * ${ASKED_BY_ONE}..$n * ${ASKED_BY_ONE} + ${ASKED_BY_ONE - 1}]])
  }}))`;
  return children(jsonata(chunks), { clusters: jsonata('$states.context.Map.Item.Value.clusters'), ids: jsonata(`$append([], ${ids})`) }, containerInstances(name), next, {
    assign: { hosts: jsonata('$append([], $distinct($append([], $states.result.hosts)))') },
  });
}

/** A child that asks some clusters which of some instances are registered there. One that was deleted meanwhile has none. */
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
