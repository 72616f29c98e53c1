import type { Catcher, State, States, TaskFields } from './states';
import { call, choice, jsonata, pass, TOO_LONG } from './states';

/** The most instances in one call. The response of EC2, some kilobytes for each instance, must fit into a state. */
export const DESCRIBED_AT_ONCE = 20;

/** Describes instances by id. With a filter, EC2 leaves out instances that no longer exist, instead of failing. */
export function describe(ids: string, next: string, otherwise?: string): State {
  const catchers: readonly Catcher[] | undefined = otherwise ? [{ ErrorEquals: [TOO_LONG], Next: otherwise }] : undefined;
  return call('ec2:describeInstances', { Filters: [{ Name: 'instance-id', Values: jsonata(ids) }] }, next, { assign: { seen: jsonata(SEEN) }, catchers });
}

/** Halves the `$size` of a batch, down to one instance, if the response of EC2 is too long for a state. */
export function takeFewer(name: string, tooLong: string): States {
  return {
    [`${name} - can the batch be smaller`]: choice([['$size > 1', `${name} - halve the batch`]], tooLong),
    [`${name} - halve the batch`]: pass({ size: jsonata('$ceil($size / 2)') }, `${name} - take a batch`),
  };
}

/** The data of each instance that a repair needs, by instance id. It contains only the tags that the repair reads. */
const SEEN = `(
  $of := function($i) {(
    $tags := $merge($append([{}], $i.Tags.{Key: Value}));
    {
      'id': $i.InstanceId,
      'state': $i.State.Name,
      'before': {
        'HttpTokens': $i.MetadataOptions.HttpTokens,
        'HttpPutResponseHopLimit': $i.MetadataOptions.HttpPutResponseHopLimit,
        'HttpEndpoint': $i.MetadataOptions.HttpEndpoint
      },
      'launched': $i.LaunchTime,
      'managed': $i.Operator.Managed = true,
      'selected': $count($config.selection[$not($exists($lookup($tags, key)) and ($count(values) = 0 or $lookup($tags, key) in values))]) = 0,
      'tags': $merge($append([{}], $i.Tags[$contains(Key, /^(aws:|eks:|AWSBatch|elasticbeanstalk:|karpenter\\.sh\\/|kubernetes\\.io\\/cluster\\/|k8s\\.io\\/|KubernetesCluster$)/)].{Key: Value}))
    }
  )};
  $merge($append([{}], $states.result.Reservations.Instances.{InstanceId: $of($)}))
)`;

/** Sets `$containerTag` to the tag of `$i` that shows containers, or to an empty text. */
export const CONTAINER_TAG = `
  $keys := $keys($i.tags)[$contains($, /^(aws:ecs:|eks:|aws:eks:|aws:batch:|AWSBatch|karpenter\\.sh\\/|kubernetes\\.io\\/cluster\\/|k8s\\.io\\/|KubernetesCluster$)/)];
  $containerTag := $count($keys) > 0 ? 'its tag ' & $keys[0]
    : $exists($i.tags.\`aws:autoscaling:groupName\`) and $contains($i.tags.\`aws:autoscaling:groupName\`, /^(AWSBatch-|eks-)/) ? 'its Auto Scaling group ' & $i.tags.\`aws:autoscaling:groupName\`
    : ''`;

/** Whether data is missing that the repair or its rollback needs. */
export const IS_UNTOLD = `$not($exists($i.before.HttpTokens) and $exists($i.before.HttpPutResponseHopLimit) and $exists($i.before.HttpEndpoint)
  and $exists($i.launched))`;

/** The reason why the usage of a stopped instance is unknown. */
export const STOPPED = 'it is stopped: its use of IMDSv1 while running is unknown';

/** Whether an instance exists and can be changed. */
export const IS_THERE = "$exists($i.state) and $not($i.state in ['terminated', 'shutting-down'])";

/**
 * Queries the daily sums of metrics for the instances in `$asked`.
 *
 * @param names the metrics, each with a letter for the ids of its queries
 */
export function metrics(
  asked: string, names: readonly (readonly [string, string])[], since: string, next: string, { assign, catchers }: Pick<TaskFields, 'assign' | 'catchers'> = {},
): State {
  const queries = names.map(([letter, name]) => `$map($asked, function($id, $n) {{
    'Id': '${letter}' & $n,
    'MetricStat': {
      'Metric': {'Namespace': 'AWS/EC2', 'MetricName': '${name}', 'Dimensions': [{'Name': 'InstanceId', 'Value': $id}]},
      'Period': 86400,
      'Stat': 'Sum'
    }
  }})`);
  const args = `($asked := ${asked}; {
    'MetricDataQueries': [${queries.join(', ')}],
    'StartTime': $fromMillis(${since}),
    'EndTime': $states.context.State.EnteredTime
  })`;
  return call('cloudwatch:getMetricData', jsonata(args), next, {
    catchers,
    assign: {
      ...assign,
      metrics: jsonata(`$merge($append([{}], $states.result.MetricDataResults.{Id: {
      'status': StatusCode, 'times': $append([], Timestamps), 'values': $append([], Values)
    }}))`),
    },
  });
}

/** The start of the day of a time. */
export function dayOf(millis: string): string {
  return `$floor((${millis}) / 86400000) * 86400000`;
}
export const NOW = '$toMillis($states.context.State.EnteredTime)';
