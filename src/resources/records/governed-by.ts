/** What governs instances where nothing else does. */
export const REGIONAL = 'the account default of the Region (HttpTokens required, then HttpTokensEnforced) or a declarative policy';

/** What governs instances in accounts of the service. */
export const SERVICE_OWNED = 'the service itself: its instances do not run under your account defaults; see its documentation';
