/** What governs instances where nothing else does. */
export const REGIONAL = 'the account default of the Region (HttpTokens required, then HttpTokensEnforced) or a declarative policy';

/** What governs instances in accounts of the service. */
export const SERVICE_OWNED = 'the service itself, since its instances do not use your account defaults: see its documentation';
