import { findHosts } from './container-hosts';
import { CONTAINER_TAG, dayOf, describe, DESCRIBED_AT_ONCE, IS_THERE, IS_UNTOLD, metrics, NOW, STOPPED, takeFewer } from './instances';
import { launchers } from './launching';
import { get, pageKey, put, READ } from './objects';
import type { DefinitionProps } from './settings';
import type { State, Steps } from './states';
import { choice, end, jsonata, pass, task, wait } from './states';

/** A child execution that plans a page: which instances to change, and why not the others. It changes nothing. */
export function planPage(props: DefinitionProps): Steps {
  return {
    StartAt: 'Plan - start',
    States: {
      'Plan - start': pass({
        config: jsonata('$states.input.config'),
        run: jsonata('$states.input.run'),
        page: jsonata('$states.input.page'),
        clusters: jsonata('$append([], $states.input.clusters)'),
        size: DESCRIBED_AT_ONCE,
        entries: [],
        hosts: [],
        metrics: {},
        verdicts: [],
      }, 'Plan - read the ids'),
      'Plan - read the ids': get(pageKey('selected'), { left: jsonata(`$append([], ${READ})`) }, 'Plan - are there ECS clusters'),
      'Plan - are there ECS clusters': choice([['$count($clusters) = 0', 'Plan - are instances left']], 'Plan - find container instances'),
      'Plan - find container instances': findHosts('Plan', '$left', 'Plan - are instances left'),
      'Plan - are instances left': choice([['$count($left) > 0', 'Plan - take a batch']], 'Plan - list launchers'),
      'Plan - take a batch': pass({ batch: jsonata('$append([], $left[[0..$size - 1]])') }, 'Plan - wait before the next batch'),
      'Plan - wait before the next batch': wait(1, 'Plan - describe instances'),
      'Plan - describe instances': describe('$batch', 'Plan - select candidates', 'Plan - can the batch be smaller'),
      ...takeFewer('Plan', 'Plan - skip an instance'),
      'Plan - skip an instance': pass({
        entries: jsonata("$append($entries, [{'id': $batch[0], 'is': 'unknown', 'because': 'its description is too long to read'}])"),
        left: jsonata('$append([], $left[[1..$count($left)]])'),
      }, 'Plan - are instances left'),
      'Plan - select candidates': pass({ asked: jsonata(CANDIDATES), metrics: {}, verdicts: {} }, 'Plan - are there candidates'),
      'Plan - are there candidates': choice([['$count($asked) = 0', 'Plan - judge the batch']], 'Plan - read IMDSv1 usage'),
      'Plan - read IMDSv1 usage': usage(props),
      'Plan - judge the batch': pass({
        entries: jsonata(`$append($entries, ${props.recordReaderArn === undefined ? BY_METRICS : BY_RECORD})`),
        left: jsonata('$append([], $left[[$count($batch)..$count($left)]])'),
      }, 'Plan - are instances left'),
      ...launchers('Plan - write the page'),
      'Plan - write the page': put(pageKey('plan'), '$entries', 'Plan - end'),
      'Plan - end': end(jsonata(`(
        $counts := $entries{is: $count($)};
        {'page': $page, 'ready': $count($entries[is = 'ready']), 'counts': $counts}
      )`)),
    },
  };
}

/** The instances whose usage of IMDSv1 must be known. */
const CANDIDATES = `$append([], $filter($batch, function($id) {(
  $i := $lookup($seen, $id);
  ${IS_THERE} and $i.selected and $not($i.managed) and $not($i.before.HttpTokens = 'required') and $not($i.before.HttpEndpoint = 'disabled')
)}))`;

/** Reads the usage of IMDSv1: from the record of a monitor, which includes all instances of a launcher, or from the metrics of each instance. */
function usage({ recordReaderArn }: DefinitionProps): State {
  const next = 'Plan - judge the batch';
  if (recordReaderArn === undefined) {
    const since = `${dayOf(NOW)} - $config.quietDays * 86400000`;
    return metrics('$asked', [['c', 'MetadataNoToken'], ['r', 'MetadataNoTokenRejected']], since, next);
  }
  const Payload = {
    account: jsonata('$config.account'),
    quietDays: jsonata('$config.quietDays'),
    instances: jsonata("$append([], $map($asked, function($id) {{'id': $id, 'tags': $lookup($seen, $id).tags}}))"),
  };
  return task('lambda:invoke', { FunctionName: recordReaderArn, Payload }, next, { assign: { verdicts: jsonata('$states.result.Payload') } });
}

/** The reason why containers run on an instance, or an empty text. */
const CONTAINERS = `
  ${CONTAINER_TAG};
  $containers := $containerTag != '' ? $containerTag : $id in $hosts ? 'its cluster of ECS' : ''`;

/**
 * An expression for the plan entries of the batch.
 *
 * @param verdict an expression for the verdict of a candidate, from `$i`, `$id` and its index `$n` in `$asked`
 */
function entries(verdict: string): string {
  return `$append([], $map($batch, function($id) {(
    $i := $lookup($seen, $id);
    $at := function($n) { $asked[$n] = $id ? $n : $n < $count($asked) ? $at($n + 1) : -1 };
    $n := $at(0);
    ${CONTAINERS};
    $verdict := $not($exists($i.id)) ? {'is': 'gone', 'because': 'EC2 does not describe it: it no longer exists, or an AWS service hides it'}
      : $not(${IS_THERE}) ? {'is': 'gone', 'because': 'it is ' & $i.state}
      : $not($i.selected) ? {'is': 'not selected', 'because': 'its tags do not match the selection'}
      : $i.managed ? {'is': 'managed', 'because': 'an AWS service manages it'}
      : ${IS_UNTOLD} ? {'is': 'unknown', 'because': 'EC2 did not return all its metadata options and its start time'}
      : $i.before.HttpTokens = 'required' ? {'is': 'required', 'because': 'it requires IMDSv2'}
      : $i.before.HttpEndpoint = 'disabled' ? {'is': 'off', 'because': 'its metadata service is off'}
      : ${verdict};
    $merge([
      {'id': $id}, $verdict,
      $exists($i.id) ? {'before': $i.before, 'state': $i.state} : {},
      $containers != '' ? {'containers': $containers} : {},
      $exists($i.tags.\`aws:autoscaling:groupName\`) ? {'group': $i.tags.\`aws:autoscaling:groupName\`} : {},
      $exists($i.tags.\`aws:ec2launchtemplate:id\`)
        ? {'template': $i.tags.\`aws:ec2launchtemplate:id\` & ' ' & $i.tags.\`aws:ec2launchtemplate:version\`} : {}
    ])
  )}))`;
}

const BY_RECORD = entries("$exists($lookup($verdicts, $id)) ? $lookup($verdicts, $id) : {'is': 'unknown', 'because': 'the record reader returned no result for it'}");

/** The least number of days with data for an instance that was stopped in between. It is the same as in the monitor. */
const DAYS_SEEN = 2;

/** An instance is ready if CloudWatch has only zeros: for each quiet day since its last start, and with data as old as the quiet days. */
const BY_METRICS = entries(`(
  $called := $lookup($metrics, 'c' & $n);
  $refused := $lookup($metrics, 'r' & $n);
  $today := ${dayOf(NOW)};
  $since := $today - $config.quietDays * 86400000;
  $days := $append([], $map($called.times, function($t) {${dayOf('$toMillis($t)')}}))[$ < $today];
  $calls := $sum($append([], $called.values));
  $refusals := $sum($append([], $refused.values));
  $started := $toMillis($i.launched);
  $from := $max([$since, $ceil($started / 86400000) * 86400000]);
  $expected := $max([0, ($today - $from) / 86400000]);
  $there := $count($distinct($days[$ >= $from]));
  $within := ' within ' & $config.quietDays & ' days';
  $calls > 0 ? {'is': 'in use', 'because': 'IMDSv1 was called ' & $calls & ' times' & $within}
  : $refusals > 0 ? {'is': 'in use', 'because': 'IMDSv1 calls were refused ' & $refusals & ' times' & $within}
  : $not($called.status = 'Complete' and $refused.status = 'Complete') ? {'is': 'unknown', 'because': 'CloudWatch did not return all its metrics'}
  : $i.state in ['stopped', 'stopping'] ? {'is': 'unknown', 'because': '${STOPPED}'}
  : $started > $since and ($count($days) = 0 or $min($days) > $since) ? {'is': 'too young', 'because': 'there is no data before '
      & $substring($fromMillis($count($days) = 0 ? $started : $min([$started, $min($days)])), 0, 10) & ': ' & $config.quietDays & ' quiet days are required'}
  : $there < $expected or $count($distinct($days)) < $min([${DAYS_SEEN}, $config.quietDays])
      ? {'is': 'missing data', 'because': 'CloudWatch has MetadataNoToken for ' & $count($distinct($days)) & ' of ' & $config.quietDays & ' days'}
  : {'is': 'ready', 'because': 'no IMDSv1 call' & $within & ', with data for ' & $count($distinct($days))}
)`);
