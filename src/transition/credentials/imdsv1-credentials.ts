/**
 * The field of a CloudTrail record with the version of the metadata service that delivered the credentials: `1.0` or `2.0`.
 *
 * Records of calls with other credentials do not have it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export const ROLE_DELIVERY = 'userIdentity.sessionContext.ec2RoleDelivery';

/** The value for credentials from IMDSv1. It is a string. */
export const BY_IMDSV1 = '1.0';

/** The id of the instance. It is the name of the session, and so the end of `userIdentity.principalId`. */
export const INSTANCE_ID = 'i-[0-9a-f]+';
