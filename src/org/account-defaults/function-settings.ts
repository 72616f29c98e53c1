import { Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AccountDefaults } from '../checked-defaults';

/** The settings of the function, and their Regions. */
export interface FunctionSettings {
  readonly defaults: AccountDefaults;
  /** The Regions, or `undefined` for every Region. */
  readonly regions: readonly string[] | undefined;
  /** Whether a scheduled check corrects differences. */
  readonly repairs: boolean;
}

/** The maximum length of the Regions: all environment variables of a function together can have 4,096 bytes. */
const MOST_CHARACTERS = 3_500;

/**
 * The settings as environment variables of the function. The function uses them instead of the request, so a principal that invokes it cannot set
 * other values.
 *
 * CloudFormation updates the function before it sends a request, also in a rollback.
 *
 * @throws Error if they do not fit
 */
export function environmentOf(scope: Construct, { defaults, regions, repairs }: FunctionSettings): { readonly [name: string]: string } {
  return {
    IMDS_DEFAULTS: Stack.of(scope).toJsonString(defaults),
    IMDS_REGIONS: regions === undefined ? '*' : joinedRegions(regions),
    ...repairs && { IMDS_REPAIRS: 'true', IMDS_STACK: Aws.STACK_ID },
  };
}

/**
 * The Regions as the value of an environment variable.
 *
 * @throws Error if they do not fit
 */
export function joinedRegions(regions: readonly string[]): string {
  if (Token.isUnresolved(regions)) { return Fn.join(',', regions as string[]); }
  const text = regions.join();
  if (!Token.isUnresolved(text) && text.length > MOST_CHARACTERS) {
    throw new Error(`regions must have at most ${MOST_CHARACTERS} characters together, commas included, got ${text.length}`);
  }
  return text;
}
