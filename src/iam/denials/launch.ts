import type * as iam from 'aws-cdk-lib/aws-iam';
import { HOP_LIMIT, checkValue, required } from '../../model/kinds';
import * as ec2 from '../../resources/records/ec2';
import { conditionedType } from '../condition-keys';
import type { ImdsStatementProps } from '../exemption-conditions';
import type { Conditions } from '../statement';
import { anyArn, deny } from '../statement';
import type { ImdsLaunchStatementProps, ImdsHopLimitStatementProps } from '../statement-props';

const INSTANCE = conditionedType(ec2.INSTANCE);

/**
 * Only the instance has the keys. A launch is also authorized for its subnet, image, launch template and so on. There an absent key would match a
 * negated condition, so that nobody could launch anything.
 */
export const INSTANCES = [anyArn('ec2', 'instance/*')];

export function launchWithoutTokens(
  { allowDisabledEndpoint = false, allowUnset = false, ...exempt }: ImdsLaunchStatementProps,
): iam.PolicyStatement[] {
  const tokens = INSTANCE.key('tokens');
  return [denyLaunch('DenyLaunchWithoutTokens', {
    StringNotEquals: {
      [tokens]: INSTANCE.required,
      ...allowDisabledEndpoint ? { [INSTANCE.key('endpoint')]: 'disabled' } : {},
    },
    ...allowUnset ? { Null: { [tokens]: 'false' } } : {},
  }, exempt)];
}

export function launchWithHopLimitAbove(max: number, { denyUnset = false, ...exempt }: ImdsHopLimitStatementProps): iam.PolicyStatement[] {
  checkValue('max', max, required(HOP_LIMIT));
  const key = INSTANCE.key('hopLimit');
  return [
    denyLaunch('DenyLaunchWithHighHopLimit', { NumericGreaterThan: { [key]: String(max) } }, exempt),
    ...denyUnset ? [denyLaunch('DenyLaunchWithoutHopLimit', { Null: { [key]: 'true' } }, exempt)] : [],
  ];
}

export function launchWithEndpointDisabled(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return [denyLaunch('DenyLaunchWithEndpointDisabled', { StringEquals: { [INSTANCE.key('endpoint')]: 'disabled' } }, exempt)];
}

/** An unset endpoint is enabled, unless an account default disables it. So an absent key is denied, too. */
export function launchWithEndpointEnabled(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return [denyLaunch('DenyLaunchWithEndpointEnabled', { StringNotEquals: { [INSTANCE.key('endpoint')]: 'disabled' } }, exempt)];
}

export function launchWithMetadataTags(exempt: ImdsStatementProps): iam.PolicyStatement[] {
  return [denyLaunch('DenyLaunchWithMetadataTags', { StringEquals: { [INSTANCE.key('tags')]: 'enabled' } }, exempt)];
}

function denyLaunch(sid: string, conditions: Conditions, exempt: ImdsStatementProps): iam.PolicyStatement {
  return deny({ sid, actions: ['ec2:RunInstances'], resources: INSTANCES, conditions }, exempt);
}
