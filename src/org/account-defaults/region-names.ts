import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { describeValue } from '../../model/setting';

/** `eu-west-1`, `us-gov-west-1`, `eusc-de-east-1`. */
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/**
 * Checks the codes of Regions. Tokens are accepted.
 *
 * @throws Error if there are none, one is repeated, or one is not the code of a Region
 */
export function checkRegions(name: string, regions: readonly string[]): void {
  if (Token.isUnresolved(regions)) { return; }
  if (regions.length === 0) { throw new Error(`${name} must name one Region at least, got none`); }
  regions.forEach((region, index) => {
    if (Token.isUnresolved(region)) { return; }
    if (typeof region !== 'string' || !REGION.test(region)) {
      throw new Error(`${name} must be codes of Regions such as 'eu-west-1', got ${describeValue(region)}`);
    }
    if (regions.indexOf(region) !== index) { throw new Error(`${name} must name each Region once, got ${describeValue(region)} twice`); }
  });
}

/** Whether a text is the code of a Region. */
export function isCode(text: string): boolean {
  return REGION.test(text);
}

/** The Regions as texts to compare. An unresolved value is compared in its rendered form. */
export function comparable(construct: Construct, regions: readonly string[]): readonly string[] {
  const rendered: unknown = Stack.of(construct).resolve(regions);
  const names: unknown[] = Array.isArray(rendered) ? rendered : [rendered];
  return names.map(name => typeof name === 'string' ? name : JSON.stringify(name));
}
