import type { State, States } from './states';
import { call, choice, fail, jsonata } from './states';

const NAME = "'instance ' & $id";
const EXPIRES = '$string($floor($toMillis($states.context.State.EnteredTime) / 1000) + 400 * 86400)';

/**
 * Stores that this run is the last one that changed the instances, before it changes them. The rollback of an earlier run then skips them.
 *
 * @param name the prefix of its states
 * @param next the state after it is stored
 */
export function noteOwner(name: string, next: string): States {
  return inOneCall(name, 'write owners', next, call('dynamodb:batchWriteItem', jsonata(`{'RequestItems': {$config.table: $append([], $map($going, function($id) {{
    'PutRequest': {'Item': {'id': {'S': ${NAME}}, 'run': {'S': $run}, 'expires': {'N': ${EXPIRES}}}}
  }}))}}`), `${name} - are all owners done`, { assign: { untold: jsonata('$count($keys($states.result.UnprocessedItems))') } }));
}

/** Sets `$owners` to the last run that changed each instance of the batch. */
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

/** If DynamoDB is throttled, it can leave out a part of a batch. Then the execution fails, and nothing is changed. */
function inOneCall(name: string, step: string, next: string, first: State): States {
  return {
    [`${name} - ${step}`]: first,
    [`${name} - are all owners done`]: choice([['$untold > 0', `${name} - owners incomplete`]], next),
    [`${name} - owners incomplete`]: fail('OwnersUnknown', 'DynamoDB did not return which run last changed an instance: start a new execution with the same run'),
  };
}
