import type { Stack } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { checkMaxDocumentSize } from '../../iam/policy-packing';
import { PolicyText } from '../../iam/policy-text';
import type { AccountDefaults } from '../checked-defaults';
import { checkedDefaults } from '../checked-defaults';
import type { ImdsDefaultsProps } from '../defaults-props';

/** The other contents of the document. */
export interface DeclarativeDocumentOptions {
  readonly exceptionMessage?: string;
  readonly childPoliciesMayOverride?: boolean;
}

/** A value for the target, and what policies below it can do with it. */
interface Assigned {
  readonly '@@operators_allowed_for_child_policies'?: readonly string[];
  readonly '@@assign': string;
}

/**
 * The document of a declarative policy for EC2. Unset options are left out, so policies above determine them.
 *
 * The words are those of the API, with two exceptions: the API writes `no_preference` with a hyphen, and the hop limit as a number.
 */
function declarativeDocument(defaults: AccountDefaults, { exceptionMessage, childPoliciesMayOverride = true }: DeclarativeDocumentOptions) {
  const locked = childPoliciesMayOverride ? {} : { '@@operators_allowed_for_child_policies': ['@@none'] };
  const assign = (value: string): Assigned => ({ ...locked, '@@assign': value });
  const assignIfGiven = (value: string | undefined) => value === undefined ? undefined : assign(value);
  return {
    ec2_attributes: given({
      exception_message: assignIfGiven(exceptionMessage),
      instance_metadata_defaults: given({
        http_tokens: assign(inPolicy(defaults.HttpTokens)),
        http_tokens_enforced: assignIfGiven(defaults.HttpTokensEnforced),
        http_put_response_hop_limit: assignIfGiven(defaults.HttpPutResponseHopLimit?.toString()),
        http_endpoint: assignIfGiven(defaults.HttpEndpoint),
        instance_metadata_tags: assignIfGiven(defaults.InstanceMetadataTags),
      }),
    }),
  };
}

/** The longest declarative policy. */
const MAX_SIZE = 10_000;

/** The requested document, as an object and as minified JSON. */
export interface MeasuredDocument {
  readonly content: object;
  readonly text: string;
}

/**
 * The requested document.
 *
 * @throws Error if EC2 does not accept a default, or the document is too long
 */
export function measuredDocument(props: ImdsDefaultsProps & DeclarativeDocumentOptions, stack: Stack, maxSize = MAX_SIZE): MeasuredDocument {
  checkMaxDocumentSize(maxSize);
  const content = declarativeDocument(checkedDefaults(props), props);
  const { text, size } = PolicyText.of(content, stack);
  if (size > maxSize) { throw new Error(`the policy must fit into ${maxSize} characters, got ${size}`); }
  return { content, text };
}

/** The word of the policy for a word of the API. Unresolved values stay. */
function inPolicy(word: string): string {
  return Token.isUnresolved(word) ? word : word.replace('-', '_');
}

function given(values: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
