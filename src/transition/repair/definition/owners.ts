import type { State, States } from './states';
import { call, choice, fail, jsonata } from './states';

const NAME = "'instance ' & $id";
const EXPIRES = '$string($floor($toMillis($states.context.State.EnteredTime) / 1000) + 400 * 86400)';

/**
 * Notes before instances are changed that this run does it, as the last one so far: a rollback of an earlier run leaves them then.
 *
 * @param name what its states begin with
 * @param next what comes when it is noted
 */
export function noteOwner(name: string, next: string): States {
  return inOneCall(name, next, call('dynamodb:batchWriteItem', jsonata(`{'RequestItems': {$config.table: $append([], $map($going, function($id) {{
    'PutRequest': {'Item': {'id': {'S': ${NAME}}, 'run': {'S': $run}, 'expires': {'N': ${EXPIRES}}}}
  }}))}}`), `${name} - are all told`, { assign: { untold: jsonata('$count($keys($states.result.UnprocessedItems))') } }));
}

/** Reads as `$owners` which run was the last one to change each instance of the batch. */
export function readOwners(name: string, next: string): States {
  return inOneCall(name, next, call('dynamodb:batchGetItem', jsonata(`{'RequestItems': {$config.table: {
    'ConsistentRead': true, 'Keys': $append([], $map($batch, function($id) {{'id': {'S': ${NAME}}}}))
  }}}`), `${name} - are all told`, {
    assign: {
      owners: jsonata("$merge($append([{}], $lookup($states.result.Responses, $config.table).{$substringAfter(id.S, 'instance '): run.S}))"),
      untold: jsonata('$count($keys($states.result.UnprocessedKeys))'),
    },
  }));
}

/** DynamoDB may leave out a part of a batch, where it throttles: then nothing is changed. */
function inOneCall(name: string, next: string, first: State): States {
  return {
    [`${name} - whose are they`]: first,
    [`${name} - are all told`]: choice([['$untold > 0', `${name} - not all are told`]], next),
    [`${name} - not all are told`]: fail('OwnersUnknown', 'DynamoDB did not return which run last changed an instance: start a new execution with the same run'),
  };
}
