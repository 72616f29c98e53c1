/**
 * The denied actions for one kind of resource. Wildcards include future actions of AWS. A test compares each list with all actions for the resource
 * in the Service Authorization Reference.
 */
type Actions = readonly string[];

/** Actions that create a role, change its trust, permissions or tags, or pass it to a service. */
export const ROLE_ACTIONS: Actions = actions('iam', 'Attach*', 'Create*', 'Delete*', 'Detach*', 'PassRole', 'Put*', 'Tag*', 'Untag*', 'Update*');

/** Actions that create or rename a user, give it credentials, or change its permissions. */
export const USER_ACTIONS: Actions = actions(
  'iam', 'Attach*', 'Create*', 'Deactivate*', 'Delete*', 'Detach*', 'Enable*', 'Put*', 'Reset*', 'Resync*', 'Tag*', 'Untag*', 'Update*', 'Upload*',
);

/** Actions that create a federated user. A principal that can do this for a name can act as that user. */
export const FEDERATED_USER_ACTIONS: Actions = actions('sts', 'GetFederationToken');

/** Actions on a function. A principal that can invoke it can use its role. A principal that can change or stop it can prevent its work. */
export const FUNCTION_ACTIONS: Actions = actions('lambda', 'Add*', 'Create*', 'Delete*', 'Enable*', 'Invoke*', 'Publish*', 'Put*', 'Remove*', 'Update*');

/** Actions that invoke a function for every event of a source. The function is not their resource, but a condition key. */
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

/** Actions that turn a hook off. They have no resource types, so the statement includes other extensions. */
export const HOOK_ACTIONS: Actions = actions('cloudformation', 'DeactivateType', 'DeregisterType', 'SetTypeConfiguration');

/** Actions that remove a policy of the organization. Only accounts that the organization delegates this to can use them. */
export const ORGANIZATION_POLICY_ACTIONS: Actions = actions(
  'organizations', 'AttachPolicy', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'UpdatePolicy',
);

function actions(service: string, ...names: readonly string[]): Actions {
  return names.map(name => `${service}:${name}`);
}
