const NO_PREFERENCE = 'no-preference';

/** The value that clears each account default. EC2 leaves cleared defaults out of its answers. */
export const UNSET = {
  HttpTokens: NO_PREFERENCE,
  HttpPutResponseHopLimit: -1,
  HttpEndpoint: NO_PREFERENCE,
  InstanceMetadataTags: NO_PREFERENCE,
  HttpTokensEnforced: NO_PREFERENCE,
};

export type Field = keyof typeof UNSET;

/** A value of an account default. */
export type Value = string | number;

/** Account defaults in EC2's spelling, as in requests of CloudFormation, and in parameters and answers of EC2. */
export type Defaults = { readonly [field in Field]?: Value };

/** One account default and its value. */
export type Setting = readonly [field: Field, value: Value];

/** The settings in a template. A number can be a text there. */
export function settingsIn(defaults: Defaults = {}): Setting[] {
  const fields = (Object.keys(UNSET) as Field[]).filter(field => defaults[field]);
  return fields.map(field => [field, typeof UNSET[field] === 'number' ? Number(defaults[field]) : defaults[field]!]);
}

/** The value of a field in an answer of EC2. */
export function valueIn(answer: Defaults, field: Field): Value {
  return answer[field] ?? UNSET[field];
}

/** The settings that differ from an answer of EC2. "Not enforced" and "no preference" count as equal. */
export function missing(settings: readonly Setting[], answer: Defaults): Setting[] {
  return settings.filter(([field, value]) => valueIn(answer, field) !== value
    && !(field === 'HttpTokensEnforced' && value === NO_PREFERENCE && answer[field] === 'disabled'));
}

/** The differing settings, for messages: `HttpTokens is optional, not required`. */
export function inWords(settings: readonly Setting[], answer: Defaults): string {
  return settings.map(([field, value]) => `${field} is ${answer[field] ?? 'unset'}, not ${value}`).join(', ');
}

/** The settings in steps. Tokens become required before enforcement is turned on, and enforcement is turned off before tokens become optional. */
export function steps(settings: readonly Setting[]): Setting[][] {
  const loosens = settings.some(([field, value]) => field === 'HttpTokens' && value !== 'required');
  const step = (enforcement: boolean) => settings.filter(([field]) => (field === 'HttpTokensEnforced') === enforcement);
  return [loosens, !loosens].map(step).filter(({ length }) => length);
}
