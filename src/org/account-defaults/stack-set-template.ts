import { Token } from 'aws-cdk-lib';
import { only } from '../../model/props';
import { checkKnown, refuseUnresolved } from '../stack-sets/check-known';
import { detachedTemplateBody } from '../stack-sets/detached-template';
import { ACCOUNT_DEFAULTS } from './account-defaults-options';
import type { ImdsAccountDefaultsStackSetProps } from './account-defaults-stack-set-props';
import { ImdsAccountDefaults } from './imds-account-defaults';
import { ImdsRegions } from './imds-regions';

/**
 * The template of the stack that each account gets.
 *
 * @throws Error if the defaults are not known at synthesis, more than one stack would set a Region, or the template gets too long
 */
export function templateBody(props: ImdsAccountDefaultsStackSetProps): string {
  const { httpTokens, httpPutResponseHopLimit, stackRegions } = props;
  const regions = props.regions ?? (stackRegions ? ImdsRegions.own() : ImdsRegions.allEnabled());
  checkKnown('httpTokens', httpTokens);
  checkKnown('httpPutResponseHopLimit', httpPutResponseHopLimit);
  checkKnown('alarmTopicArn', props.driftDetection?._alarmTopicArn);
  if (regions._areUnresolved) { refuseUnresolved('regions'); }
  checkOneStackForEach(regions, stackRegions);
  return detachedTemplateBody(stack => new ImdsAccountDefaults(stack, 'Defaults', { ...only(props, ACCOUNT_DEFAULTS), regions }));
}

/** Checks that only one stack of an account sets each Region. */
function checkOneStackForEach(regions: ImdsRegions, stackRegions: string[] | undefined): void {
  if (!stackRegions || regions._areOwn) { return; }
  if (Token.isUnresolved(stackRegions)) {
    throw new Error('regions must be ImdsRegions.own() where stackRegions is a list that is not known at synthesis, got others');
  }
  if (stackRegions.length > 1) {
    throw new Error(`regions must be ImdsRegions.own() where stackRegions has more than one, got others with ${stackRegions.length} of them`);
  }
}
