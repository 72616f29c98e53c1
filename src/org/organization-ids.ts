/** An organization, and its parts. */
export type OrganizationPart = 'organization' | 'root' | 'unit' | 'account';

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Target.html */
const IDS: { readonly [part in OrganizationPart]: RegExp } = {
  organization: /^o-[a-z0-9]{10,32}$/,
  root: /^r-[0-9a-z]{4,32}$/,
  unit: /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/,
  account: /^\d{12}$/,
};

/** Whether a value is the id of one of these parts. */
export function isIdOf(id: unknown, ...parts: readonly OrganizationPart[]): boolean {
  return typeof id === 'string' && parts.some(part => IDS[part].test(id));
}
