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
  return inOneCall(name, 'write owners', next, call('dynamodb:batchWriteItem', jsonata(`{'RequestItems': {$config.table: $append([], $map($going, function($id) {{
    'PutRequest': {'Item': {'id': {'S': ${NAME}}, 'run': {'S': $run}, 'expires': {'N': ${EXPIRES}}}}
  }}))}}`), `${name} - are all owners done`, { assign: { untold: jsonata('$count($keys($states.result.UnprocessedItems))') } }));
}

/** Reads as `$owners` which run was the last one to change each instance of the batch. */
export function readOwners(name: string, next: string): States {
  return inOneCall(name, 'read owners', next, call('dynamodb:batchGetItem', jsonata(`{'RequestItems': {$config.table: {
    'ConsistentRead': true, 'Keys': $append([], $map($batch, function($id) {{'id': {'S': ${NAME}}}}))
  }}}`), `${name} - are all owners done`, {
    assign: {
      owners: jsonata("$merge($append([{}], $lookup($states.result.Responses, $config.table).{$substringAfter(id.S, 'instance '): run.S}))"),
      untold: jsonata('$count($keys($states.result.UnprocessedKeys))'),
    },
  }));
}

/** DynamoDB may leave out a part of a batch, where it throttles: then nothing is changed. */
function inOneCall(name: string, step: string, next: string, first: State): States {
  return {
    [`${name} - ${step}`]: first,
    [`${name} - are all owners done`]: choice([['$untold > 0', `${name} - owners incomplete`]], next),
    [`${name} - owners incomplete`]: fail('OwnersUnknown', 'DynamoDB did not return which run last changed an instance: start a new execution with the same run'),
  };
}
