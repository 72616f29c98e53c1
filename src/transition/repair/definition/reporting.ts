import { stop } from './notes';
import { get, keyOf, pageKey, put, READ } from './objects';
import { readRefusals } from './refusals';
import { record } from './repairing';
import type { States, Steps } from './states';
import { children, choice, end, fail, jsonata, pass, succeed } from './states';

/**
 * Collects the result of each selected instance, and writes the report.
 *
 * @param next the state after the report is written
 */
export function reporting(next = 'Was it successful'): States {
  return {
    'Report': children(jsonata('$append([], [0..$plan.pages - 1][$ < $plan.pages])'), {
      config: jsonata('$config'), run: jsonata('$run'), page: jsonata('$states.context.Map.Item.Value'),
    }, reportPage(), 'Are all instances done', {
      assign: {
        counts: jsonata('$append([], $states.result)'),
        missed: jsonata('$sum($append([], $append($states.result.failed, $states.result.`not taken back`)))'),
        unsure: jsonata("$mode = 'rollback' and $count($ids) = 0 ? $sum($append([], $states.result.unconfirmed)) : 0"),
      },
      catchers: [{ ErrorEquals: ['States.ALL'], Next: 'Reporting failed' }],
    }),
    'Reporting failed': pass({
      error: jsonata("$error = '' ? 'ReportFailed' : $error"),
      problem: jsonata("($problem = '' ? '' : $problem & '. ') & 'The report could not be written: see the map run of this execution'"),
    }, next),
    'Are all instances done': choice([["$error = '' and $missed + $unsure > 0", 'Mark the run as incomplete']], 'Sum up the results'),
    'Mark the run as incomplete': pass({
      error: 'Incomplete',
      problem: jsonata("$missed > 0 ? $missed & ' instances could not be ' & ($mode = 'rollback' ? 'rolled back' : 'changed') : $unsure & ' unconfirmed instances were not rolled back: add unconfirmed: true'"),
    }, 'Sum up the results'),
    'Sum up the results': pass({
      report: jsonata(`$merge([{
      'run': $run,
      'account': $config.account,
      'region': $config.region,
      'mode': $mode,
      'at': $states.context.State.EnteredTime,
      'outcome': $error = '' ? 'done' : $error,
      'because': $problem = '' ? $reason : $problem,
      'instances': $sum($append([], $counts.*)),
      'outcomes': $merge($append([{}], $keys($counts).{$: $sum($append([], $lookup($counts, $)))}))
    }, $mode = 'rollback' ? {} : {'unseen': $unseen}])`),
      where: jsonata(`': s3://' & $config.bucket & '/' & ${keyOf('report.json')}`),
    }, 'Write the report'),
    'Write the report': put(keyOf('report.json'), '$report', next),
    'Was it successful': choice([["$error != ''", 'Run failed']], 'Record the end of the run'),
    'Record the end of the run': stop("''", 'Done'),
    'Run failed': fail(jsonata('$error'), jsonata('$problem & $where')),
    'Done': succeed(`$merge([$report, {'report': 's3://' & $config.bucket & '/' & ${keyOf('report.json')}}])`),
  };
}

/** A child execution that determines one result for each instance of a page. */
function reportPage(): Steps {
  return {
    StartAt: 'Report - start',
    States: {
      'Report - start': pass({
        config: jsonata('$states.input.config'), run: jsonata('$states.input.run'), page: jsonata('$states.input.page'), record: {}, refused: {},
      }, 'Report - read the plan'),
      'Report - read the plan': get(pageKey('plan'), { entries: jsonata(`$append([], ${READ})`) }, 'Report - look for the record'),
      ...record('Report', 'Report - look for refused calls'),
      ...readRefusals('Report', 'Report - combine plan and record'),
      'Report - combine plan and record': pass({ outcomes: jsonata(OUTCOMES) }, 'Report - write the page'),
      'Report - write the page': put(pageKey('report'), '$outcomes', 'Report - end'),
      'Report - end': end(jsonata('$outcomes{outcome: $count($)}')),
    },
  };
}

const OUTCOMES = `$append([], $map($entries, function($entry) {(
  $entered := $lookup($record, $entry.id);
  $merge([{'id': $entry.id},
    $exists($entered.outcome) ? {'outcome': $entered.outcome, 'because': $entered.because, 'before': $entered.before, 'at': $entered.at}
    : $exists($entered) ? {'outcome': 'unconfirmed', 'because': 'the execution ended while it changed this instance', 'before': $entered.before}
    : $entry.is = 'ready' ? {'outcome': 'not reached', 'because': 'the run ended before its turn'}
    : {'outcome': $entry.is, 'because': $entry.because},
    $exists($lookup($refused, $entry.id)) ? {'refused': $lookup($refused, $entry.id)} : {}
  ])
)}))`;
