import type { AccountDefaults } from '../checked-defaults';

/** What the document says besides the defaults. */
export interface DeclarativeDocumentOptions {
  readonly exceptionMessage?: string;
  readonly childPoliciesMayOverride?: boolean;
}

/** A value that is set for the target, with what policies further down may do about it. */
interface Assigned {
  readonly '@@operators_allowed_for_child_policies'?: readonly string[];
  readonly '@@assign': string;
}

/**
 * The document of a declarative policy for EC2. What is not given is left out: the policies above decide it.
 *
 * The words are those of the API but for `no_preference`, which has a hyphen there, and the hop limit, which is a number there.
 */
export function declarativeDocument(defaults: AccountDefaults, { exceptionMessage, childPoliciesMayOverride = true }: DeclarativeDocumentOptions) {
  const locked = childPoliciesMayOverride ? {} : { '@@operators_allowed_for_child_policies': ['@@none'] };
  const assign = (value: string): Assigned => ({ ...locked, '@@assign': value });
  const assignIfGiven = (value: string | undefined) => value === undefined ? undefined : assign(value);
  return {
    ec2_attributes: given({
      exception_message: assignIfGiven(exceptionMessage),
      instance_metadata_defaults: given({
        http_tokens: assign(defaults.HttpTokens.replace('-', '_')),
        http_tokens_enforced: assignIfGiven(defaults.HttpTokensEnforced),
        http_put_response_hop_limit: assignIfGiven(defaults.HttpPutResponseHopLimit?.toString()),
        http_endpoint: assignIfGiven(defaults.HttpEndpoint),
        instance_metadata_tags: assignIfGiven(defaults.InstanceMetadataTags),
      }),
    }),
  };
}

function given(values: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
