import { Token } from 'aws-cdk-lib';
import type { ImdsAccountDefaultsStackSetProps } from './account-defaults-stack-set-props';
import { detachedTemplate } from './detached-template';
import { ImdsAccountDefaults } from './imds-account-defaults';
import { ImdsRegions } from './imds-regions';

/**
 * The template of the stack that each account gets.
 *
 * @throws Error where the defaults are not known at synthesis, more than one stack would set a Region, or the template gets too long
 */
export function templateBody(props: ImdsAccountDefaultsStackSetProps): string {
  const { httpTokens, httpPutResponseHopLimit, stackRegions } = props;
  const regions = props.regions ?? (stackRegions ? ImdsRegions.own() : ImdsRegions.allEnabled());
  checkKnown('httpTokens', Token.isUnresolved(httpTokens));
  checkKnown('httpPutResponseHopLimit', Token.isUnresolved(httpPutResponseHopLimit));
  checkKnown('regions', regions._haveTokens);
  checkKnown('alarmTopicArn', Token.isUnresolved(props.driftDetection?._alarmTopicArn));
  checkOneStackForEach(regions, stackRegions);
  const body = JSON.stringify(detachedTemplate(stack => new ImdsAccountDefaults(stack, 'Defaults', { ...props, regions })));
  checkLength(body);
  return body;
}

/** Each Region of an account is for one stack to set. */
function checkOneStackForEach(regions: ImdsRegions, stackRegions: string[] | undefined): void {
  if (!stackRegions || regions._areOwn) { return; }
  if (Token.isUnresolved(stackRegions)) {
    throw new Error('regions must be ImdsRegions.own() where stackRegions may be more than one, got others with a list that only a deployment knows');
  }
  if (stackRegions.length > 1) {
    throw new Error(`regions must be ImdsRegions.own() where stackRegions are more than one, got others with ${stackRegions.length} of them`);
  }
}

/** A token of the app means nothing in the template of another account. */
function checkKnown(name: string, isToken: boolean): void {
  if (isToken) { throw new Error(`${name} must be known at synthesis, got a token`); }
}

function checkLength(body: string): void {
  const length = Buffer.byteLength(body);
  if (length > MAX_LENGTH) { throw new Error(`the template of the stack set must have ${MAX_LENGTH} bytes at most, got ${length}`); }
}

/** What CloudFormation takes inline, in bytes. */
const MAX_LENGTH = 51_200;
