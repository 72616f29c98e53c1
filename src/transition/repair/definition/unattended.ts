import { claim, leave, readPause, resume } from './lock';
import { look, pageKey, put } from './objects';
import { MOST_PAGES, PAGE } from './selecting';
import type { RepairSettings } from './settings';
import type { States } from './states';
import { call, choice, END, fail, jsonata, succeed, turns, wait } from './states';

/** For how many seconds findings come together before a run takes them. */
const GATHERING = 300;

const FINDINGS = "$config.folder & 'findings/'";

/**
 * Begins a run that nobody watches: by the schedule, or since AWS Config found an instance.
 *
 * One of them is at work at a time. What is found meanwhile is noted, and waits for the next one: a thousand findings are a run or two, in waves.
 */
export function unattended({ rule }: RepairSettings): States {
  return {
    'Note what was found': turns(jsonata('$found'), 1, {
      StartAt: 'Note a finding', States: { 'Note a finding': put(`${FINDINGS} & $states.input`, "{'at': $states.context.State.EnteredTime}", END) },
    }, 'Take the turn', {}),
    ...claim('turn', 'Take the turn', 'Is it paused', 'It joins'),
    'It joins': succeed(`{
      'run': $run, 'mode': $mode, 'outcome': 'joined', 'because': 'a run that began by itself is at work, and what was found waits for the next one: ' & $holder
    }`),
    'Is it paused': readPause('May it begin by itself'),
    'May it begin by itself': choice([
      ["$pausedUntil = '' ? false : $toMillis($pausedUntil) > $toMillis($states.context.State.EnteredTime)", 'It is paused'],
      ['$isByFindings', 'Let findings come together'],
    ], 'List instances'),
    'It is paused': succeed(`{
      'run': $run, 'mode': $mode, 'outcome': 'paused',
      'because': 'the run ' & $pausedBy & ' was stopped, since ' & $pausedSince & ': no run begins by itself before ' & $pausedUntil & ', unless an execution with the mode resume lifts that'
    }`),
    'Let findings come together': wait(GATHERING, 'List what was found'),
    'List what was found': call('s3:listObjectsV2', { Bucket: jsonata('$config.bucket'), Prefix: jsonata(FINDINGS), MaxKeys: PAGE }, 'Was anything found', {
      assign: { found: jsonata("$append([], $map($append([], $states.result.Contents.Key), function($key) {$substringAfter($key, '/findings/')}))") },
    }),
    'Was anything found': choice([
      [`$count($found) = 0 or $page >= ${MOST_PAGES}`, rule === undefined ? 'Find clusters of containers' : 'List instances'],
    ], rule === undefined ? 'Write down what was found' : 'Take it from there'),
    ...rule === undefined ? { 'Write down what was found': put(pageKey('selected'), '$found', 'Take it from there') } : {},
    'Take it from there': call('s3:deleteObjects', {
      Bucket: jsonata('$config.bucket'), Delete: { Objects: jsonata(`$append([], $map($found, function($id) {{'Key': ${FINDINGS} & $id}}))`) },
    }, 'Was it taken', {
      assign: { left: jsonata('$count($states.result.Errors)'), ...rule === undefined && { page: jsonata('$page + 1') } },
    }),
    'Was it taken': choice([['$left > 0', 'It cannot be taken']], 'List what was found'),
    'It cannot be taken': fail('FindingsStay', jsonata("$left & ' findings could not be deleted below s3://' & $config.bucket & '/' & $config.folder & 'findings/'")),
  };
}

/** Lets the next one begin by itself, where something was found meanwhile, or a pause is lifted. */
export function further(): States {
  return {
    'Did it begin by itself': choice([['$isUnattended', 'Leave the turn']], 'Did it end well'),
    'Leave the turn': leave('turn', 'Look for findings'),
    'Lift the pause': resume('Look for findings'),
    'Look for findings': look(FINDINGS, 'hasFindings', 'Was more found'),
    'Was more found': choice([['$hasFindings', 'Begin another run']], 'What came of it'),
    'Begin another run': call('sfn:startExecution', {
      StateMachineArn: jsonata('$states.context.StateMachine.Id'),
      Name: jsonata("$hash($states.context.Execution.Id & ' another', 'SHA-256')"),
      Input: '{"mode":"repair","found":[]}',
    }, 'What came of it', { catchers: [{ ErrorEquals: ['States.ALL'], Next: 'What came of it' }] }),
    'What came of it': choice([["$mode = 'resume'", 'Resumed']], 'Did it end well'),
    'Resumed': succeed("{'mode': $mode, 'outcome': 'done', 'because': 'runs begin by themselves again'}"),
  };
}
