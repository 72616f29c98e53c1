/**
 * Where a record of CloudTrail says by which version of the metadata service its credentials were delivered: `1.0` or `2.0`.
 *
 * It stands in no record of a call with other credentials.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export const ROLE_DELIVERY = 'userIdentity.sessionContext.ec2RoleDelivery';

/** What stands there for credentials from IMDSv1. It is a string. */
export const BY_IMDSV1 = '1.0';

/** The id of the instance, which is the name of the session: the end of `userIdentity.principalId`. */
export const INSTANCE_ID = 'i-[0-9a-f]+';
