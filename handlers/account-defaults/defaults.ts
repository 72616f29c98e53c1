const NO_PREFERENCE = 'no-preference';

/** What clears each account default. EC2 leaves what is cleared out of its answers. */
export const UNSET = {
  HttpTokens: NO_PREFERENCE,
  HttpPutResponseHopLimit: -1,
  HttpEndpoint: NO_PREFERENCE,
  InstanceMetadataTags: NO_PREFERENCE,
  HttpTokensEnforced: NO_PREFERENCE,
};

export type Field = keyof typeof UNSET;

/** What an account default may be. */
export type Value = string | number;

/** Account defaults in EC2's spelling: as CloudFormation sends them, as EC2 takes them, and as EC2 answers them among other things. */
export type Defaults = { readonly [field in Field]?: Value };

/** One account default and its value. */
export type Setting = readonly [field: Field, value: Value];

/** The settings in what a template says; a number may come as a text. */
export function settingsIn(defaults: Defaults = {}): Setting[] {
  const fields = (Object.keys(UNSET) as Field[]).filter(field => defaults[field]);
  return fields.map(field => [field, typeof UNSET[field] === 'number' ? Number(defaults[field]) : defaults[field]!]);
}

/** What EC2 answered for a field. */
export function valueIn(answer: Defaults, field: Field): Value {
  return answer[field] ?? UNSET[field];
}

/** Those of the settings that are not what EC2 answered. What is not enforced is as good as without a preference. */
export function missing(settings: readonly Setting[], answer: Defaults): Setting[] {
  return settings.filter(([field, value]) => valueIn(answer, field) !== value
    && !(field === 'HttpTokensEnforced' && value === NO_PREFERENCE && answer[field] === 'disabled'));
}

/** Settings that are missing, for messages: `HttpTokens is optional, not required`. */
export function inWords(settings: readonly Setting[], answer: Defaults): string {
  return settings.map(([field, value]) => `${field} is ${answer[field] ?? 'unset'}, not ${value}`).join(', ');
}

/**
 * The settings in the steps in which they are written: tokens are required before that is enforced, and are no longer enforced before
 * they may be optional.
 */
export function steps(settings: readonly Setting[]): Setting[][] {
  const loosens = settings.some(([field, value]) => field === 'HttpTokens' && value !== 'required');
  const step = (enforcement: boolean) => settings.filter(([field]) => (field === 'HttpTokensEnforced') === enforcement);
  return [loosens, !loosens].map(step).filter(({ length }) => length);
}
