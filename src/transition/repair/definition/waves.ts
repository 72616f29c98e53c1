import { isStopped, lock, stop, unlock } from './lock';
import { lookAtPage } from './looking';
import { get, keyOf, put, READ } from './objects';
import { planPage } from './planning';
import { repairPage } from './repairing';
import { rollBackPage } from './rolling-back';
import type { DefinitionProps } from './settings';
import type { Catcher, States } from './states';
import { call, children, choice, fail, jsonata, pass, wait } from './states';

const ITEM = jsonata('$states.context.Map.Item.Value');
const FOR_ALL = { config: jsonata('$config'), run: jsonata('$run') };

/** Plans every page, divides what is ready into waves, and writes the plan. */
export function plan(props: DefinitionProps): States {
  return {
    'Plan the pages': choice([['$page > 0', 'Plan']], 'Nothing is selected'),
    'Nothing is selected': pass({ counts: [] }, 'List what would bring IMDSv1 back'),
    'Plan': children(jsonata('$append([], [0..$page - 1])'), {
      ...FOR_ALL, page: ITEM, clusters: jsonata('$clusters'), accountDefault: jsonata('$accountDefault'),
    }, planPage(props), 'List what would bring IMDSv1 back', {
      assign: { counts: jsonata('$append([], $states.result)') },
      catchers: [{ ErrorEquals: ['States.ALL'], Next: 'There can be no plan' }],
    }),
    'There can be no plan': fail('PlanFailed', 'a page of instances could not be planned, and nothing was changed: the map run of this execution says why'),
    'List what would bring IMDSv1 back': call('s3:listObjectsV2', {
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
    'Planned': {
      Type: 'Succeed',
      Output: jsonata(`{
      'run': $run, 'mode': $mode, 'plan': 's3://' & $config.bucket & '/' & ${keyOf('plan.json')}, 'instances': $plan.instances, 'ready': $plan.ready,
      'verdicts': $plan.verdicts, 'waves': $append([], $plan.waves.instances), 'repairFirst': $plan.repairFirst
    }`),
    },
  };
}

/** For how many days a plan is good for a repair. */
const FRESH_DAYS = 7;

/** Reads the plan of a run, which is to be gone on with or taken back. */
export function readPlan(): States {
  return {
    'Is the run over': isStopped('May it go on'),
    'May it go on': choice([['$isStopped', 'The run is over']], 'Read the plan'),
    'The run is over': fail('RunIsOver', jsonata("'the run ' & $run & ' was stopped: begin a new one'")),
    'Stop the run': stop('Read the plan'),
    'Read the plan': get(keyOf('plan.json'), { plan: jsonata(READ), planned: jsonata(`$toMillis(${READ}.at)`) }, 'What to do with it', [{ ErrorEquals: ['S3.NoSuchKeyException'], Next: 'There is no plan' }]),
    'There is no plan': fail('NoSuchRun', jsonata("'there is no plan of a run ' & $run")),
    'What to do with it': choice([
      ["$mode = 'rollback'", 'Wait for others'],
      [`$toMillis($states.context.State.EnteredTime) - $planned > ${FRESH_DAYS} * 86400000`, 'The plan is too old'],
    ], 'Is a wave left'),
    'The plan is too old': fail('PlanTooOld', jsonata(`'the plan of ' & $plan.at & ' is more than ${FRESH_DAYS} days old, and much may run since then: begin a new run'`)),
  };
}

/** What was seen of all that were turned over so far. */
const SEEN = Object.fromEntries(['rejected', 'asked', 'unseen', 'unanswered'].map(count => [count, jsonata(`$sum($append([], $states.result.${count}))`)]));

/** What fails in a child is not known here, but that it did. */
function cutOff(next: string, error: string, what: string): Catcher[] {
  const cause = '$exists($states.errorOutput.Cause) ? $substring($states.errorOutput.Cause, 0, 500) : $states.errorOutput.Error';
  return [{
    ErrorEquals: ['States.ALL'],
    Next: next,
    Assign: { error, problem: jsonata(`'${what} was cut off, the map run of this execution says by what: ' & (${cause})`) },
  }];
}

/** Turns over a wave, watches what it refuses, and goes on to the next one. */
export function waves(): States {
  return {
    'Is a wave left': choice([['$wave < $count($append([], $plan.waves))', 'Begin a wave']], 'Report'),
    'Begin a wave': isStopped('May the wave begin'),
    'May the wave begin': choice([['$isStopped', 'It was stopped']], 'Take turns'),
    'It was stopped': pass({ error: 'Stopped', problem: 'the run was stopped' }, 'Report'),
    ...lock('Take turns', 'Repair'),
    'Repair': children(jsonata('$append([], $append([], $plan.waves)[$wave].slices)'), {
      ...FOR_ALL, slice: ITEM, execution: jsonata('$states.context.Execution.Id'), plannedAt: jsonata('$plan.at'),
    }, repairPage(), 'Let others', {
      assign: { turned: jsonata('$sum($append([], $states.result.turned))'), failed: jsonata('$sum($append([], $states.result.failed))') },
      catchers: cutOff('A wave was cut off', 'WaveFailed', 'a wave'),
    }),
    'Let others': unlock('Was anything changed'),
    'A wave was cut off': unlock('Begin to watch'),
    'Was anything changed': choice([['$turned = 0 and $failed > 0', 'Nothing could be changed'], ['$turned = 0', 'Next wave']], 'Begin to watch'),
    'Nothing could be changed': pass({ error: 'NothingCanBeChanged', problem: jsonata("'a wave was over without a change, and ' & $failed & ' instances could not be changed'") }, 'Report'),
    'Begin to watch': pass({ look: 0 }, 'Watch'),
    'Watch': wait(jsonata('$config.lookAfter'), 'Look'),
    'Look': children(jsonata('$append([], $distinct($append([], $plan.waves)[[0..$wave]].slices.page))'), { ...FOR_ALL, page: ITEM }, lookAtPage(), 'Was anything refused', {
      assign: { ...SEEN, look: jsonata('$look + 1') },
      catchers: cutOff('Report', 'WatchFailed', 'the watch'),
    }),
    'Was anything refused': choice([
      ['$rejected > $config.maxRejectedCalls', 'Too many calls are refused'],
      ['$look < $config.looks', 'Watch'],
      ["$error != ''", 'Report'],
      ['$asked > 0 and ($unseen = $asked or $unanswered > 0)', 'Nobody could watch'],
    ], 'Next wave'),
    'Nobody could watch': pass({
      error: 'Unwatched',
      problem: jsonata("'CloudWatch did not say of ' & $max([$unseen, $unanswered]) & ' instances whether calls of IMDSv1 are refused: start this run again when it does'"),
    }, 'Report'),
    'Next wave': pass({ wave: jsonata('$wave + 1') }, 'Is a wave left'),
    'Too many calls are refused': pass({
      error: 'RejectedCalls',
      problem: jsonata("$rejected & ' calls of IMDSv1 were refused, of which ' & $config.maxRejectedCalls & ' are accepted'"),
      only: jsonata('$config.onRejected'),
    }, 'End the run'),
    'End the run': stop('Is it to be taken back'),
    'Is it to be taken back': choice([["$only = 'stop'", 'Report']], 'Wait for others'),
  };
}

/** Takes back what the run did. */
export function rollBack(): States {
  return {
    ...lock('Wait for others', 'Roll back', { seconds: 300, times: 700 }),
    'Roll back': children(jsonata('$append([], [0..$plan.pages - 1][$ < $plan.pages])'), {
      ...FOR_ALL, page: ITEM, execution: jsonata('$states.context.Execution.Id'), only: jsonata('$only'), ids: jsonata('$ids'), withUnconfirmed: jsonata('$withUnconfirmed'),
    }, rollBackPage(), 'Let others after it', {
      catchers: cutOff('Let others after it', 'RollbackFailed', 'the rollback'),
    }),
    'Let others after it': unlock('Report'),
  };
}

/** Where the waves end among those who are ready, in the order of the plan; each takes of every page what lies within. */
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
