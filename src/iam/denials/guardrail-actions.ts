/**
 * What a statement denies on one kind of resource. Wildcards take in what AWS adds later; a test holds each list against every action that the
 * Service Authorization Reference has for its resource.
 */
type Actions = readonly string[];

/** What makes a role, changes who may assume it, what it may do or by which tags it is found, and what hands it to a service. */
export const ROLE_ACTIONS: Actions = actions('iam', 'Attach*', 'Create*', 'Delete*', 'Detach*', 'PassRole', 'Put*', 'Tag*', 'Untag*', 'Update*');

/** What makes or renames a user, gives it credentials, and changes what it may do. */
export const USER_ACTIONS: Actions = actions(
  'iam', 'Attach*', 'Create*', 'Deactivate*', 'Delete*', 'Detach*', 'Enable*', 'Put*', 'Reset*', 'Resync*', 'Tag*', 'Untag*', 'Update*', 'Upload*',
);

/** What makes a federated user: whoever may do that for a name is that user. */
export const FEDERATED_USER_ACTIONS: Actions = actions('sts', 'GetFederationToken');

/** A function does what it is invoked with: whoever may invoke it has its role. Whoever may change or stop it keeps it from its work. */
export const FUNCTION_ACTIONS: Actions = actions('lambda', 'Add*', 'Create*', 'Delete*', 'Enable*', 'Invoke*', 'Publish*', 'Put*', 'Remove*', 'Update*');

/** What invokes a function for every event of a source. These know no function as a resource, but as a condition key. */
export const EVENT_SOURCE_ACTIONS: Actions = actions('lambda', 'CreateEventSourceMapping', 'UpdateEventSourceMapping');

export const STACK_ACTIONS: Actions = actions(
  'cloudformation', 'CancelUpdateStack', 'ContinueUpdateRollback', 'CreateChangeSet', 'CreateStackRefactor', 'DeleteStack', 'ExecuteChangeSet',
  'ExecuteStackRefactor', 'RollbackStack', 'SetStackPolicy', 'UpdateStack', 'UpdateTerminationProtection',
);

export const STACK_SET_ACTIONS: Actions = actions(
  'cloudformation', 'CreateStackInstances', 'DeleteStackInstances', 'DeleteStackSet', 'ImportStacksToStackSet', 'StopStackSetOperation',
  'UpdateStackInstances', 'UpdateStackSet',
);

export const RULE_ACTIONS: Actions = actions('events', 'DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets');

/** What turns a hook off. These know no resources, so they cannot be told apart from the same on other extensions. */
export const HOOK_ACTIONS: Actions = actions('cloudformation', 'DeactivateType', 'DeregisterType', 'SetTypeConfiguration');

/** What undoes a policy of the organization: only an account that the organization lets manage its policies can do this. */
export const ORGANIZATION_POLICY_ACTIONS: Actions = actions(
  'organizations', 'AttachPolicy', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'UpdatePolicy',
);

function actions(service: string, ...names: readonly string[]): Actions {
  return names.map(name => `${service}:${name}`);
}
