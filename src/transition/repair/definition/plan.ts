import { get, keyOf, look, put, READ } from './objects';
import { planPage } from './planning';
import type { DefinitionProps } from './settings';
import type { States } from './states';
import { call, children, choice, fail, failed, FOR_ALL, ITEM, jsonata, pass, succeed } from './states';

/** Plans each page, divides the ready instances into waves, and writes the plan. */
export function plan(props: DefinitionProps): States {
  return {
    'Are instances selected': choice([['$page > 0', 'Plan']], 'No instances selected'),
    'No instances selected': pass({ counts: [] }, 'List launchers to repair'),
    'Plan': children(jsonata('$append([], [0..$page - 1])'), {
      ...FOR_ALL, page: ITEM, clusters: jsonata('$clusters'),
    }, planPage(props), 'List launchers to repair', {
      assign: { counts: jsonata('$append([], $states.result)') },
      catchers: [{ ErrorEquals: ['States.ALL'], Next: 'Planning failed' }],
    }),
    'Planning failed': failed('PlanFailed', 'a page of instances could not be planned, and nothing was changed: see the map run of this execution'),
    'List launchers to repair': call('s3:listObjectsV2', {
      Bucket: jsonata('$config.bucket'), Prefix: jsonata(keyOf('launchers/')), MaxKeys: 200,
    }, 'Divide into waves', {
      assign: {
        launchers: jsonata("$append([], $map($append([], $states.result.Contents.Key), function($key) {$decodeUrlComponent($replace($substringAfter($key, '/launchers/'), /\\.json$/, ''))}))"),
        areMore: jsonata('$states.result.IsTruncated = true'),
      },
    }),
    'Divide into waves': pass({ plan: jsonata(PLAN) }, 'Write the plan'),
    'Write the plan': put(keyOf('plan.json'), '$plan', 'Is it a dry run'),
    'Is it a dry run': choice([["$mode = 'repair'", 'Is a wave left']], 'Planned'),
    'Planned': succeed(`{
      'run': $run, 'mode': $mode, 'plan': 's3://' & $config.bucket & '/' & ${keyOf('plan.json')}, 'instances': $plan.instances, 'ready': $plan.ready,
      'verdicts': $plan.verdicts, 'waves': $append([], $plan.waves.instances), 'repairFirst': $plan.repairFirst
    }`),
  };
}

/** Reads the plan of a run, if it exists. */
export function readPlan(next: string): States {
  return {
    'Look for the plan': look(keyOf('plan.json'), 'hasPlan', 'Is there a plan'),
    'Is there a plan': choice([['$hasPlan', 'Read the plan']], 'Plan not found'),
    'Plan not found': fail('NoSuchRun', jsonata("'there is no plan for the run ' & $run")),
    'Read the plan': get(keyOf('plan.json'), { plan: jsonata(READ), planned: jsonata(`$toMillis(${READ}.at)`) }, next),
  };
}

/** The plan. Each wave has a slice of the ready instances of each page, in the order of the pages. */
const PLAN = `(
  $all := $reduce($counts, function($so, $each) {{
    'end': $so.end + $each.ready,
    'pages': $append($so.pages, [{'page': $each.page, 'start': $so.end, 'end': $so.end + $each.ready}])
  }}, {'end': 0, 'pages': []});
  $bounds := $reduce($config.waves, function($so, $step) {
    $append($so, $max([$so[-1], $min([$all.end, $exists($step.count) ? $step.count : $ceil($all.end * $step.percent / 100)])]))
  }, [0]);
  $waves := $map([1..$count($bounds) - 1], function($n) {(
    $from := $bounds[$n - 1];
    $to := $bounds[$n];
    {
      'instances': $to - $from,
      'slices': $append([], $all.pages[end > $from and start < $to].{'page': page, 'from': $max([start, $from]) - start, 'to': $min([end, $to]) - start})
    }
  )});
  {
    'run': $run,
    'account': $config.account,
    'region': $config.region,
    'at': $states.context.Execution.StartTime,
    'quietDays': $config.quietDays,
    'pages': $page,
    'instances': $sum($append([], $counts.counts.*)),
    'ready': $all.end,
    'verdicts': $merge($append([{}], $keys($append([], $counts.counts)).{$: $sum($append([], $lookup($counts.counts, $)))})),
    'repairFirst': $launchers,
    'areMore': $areMore,
    'waves': $append([], $waves[instances > 0])
  }
)`;
