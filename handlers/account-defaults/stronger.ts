import { IMDS_SUPPORT_HOP_LIMIT, UNSET_HOP_LIMIT } from '../../src/model/hop-limit';
import type { Field, Value } from './defaults';

/** A rank of each value; a higher one allows more. An unset hop limit depends on the AMI, so its rank is between the two possible limits. */
const OPENNESS: { readonly [field in Field]: (value: Value) => number } = {
  HttpTokens: value => ['required', 'no-preference', 'optional'].indexOf(String(value)),
  HttpTokensEnforced: value => value === 'enabled' ? 0 : 1,
  HttpPutResponseHopLimit: value => Number(value) < 0 ? (UNSET_HOP_LIMIT + IMDS_SUPPORT_HOP_LIMIT) / 2 : Number(value),
  HttpEndpoint: value => value === 'disabled' ? 0 : 1,
  InstanceMetadataTags: value => value === 'enabled' ? 1 : 0,
};

/** Whether a value allows less than another one. */
export function isStronger(field: Field, value: Value, than: Value): boolean {
  return OPENNESS[field](value) < OPENNESS[field](than);
}

/** The value that allows least. Of equal values, it is the first one. */
export function strongest(field: Field, [first, ...others]: readonly [Value, ...Value[]]): Value {
  return others.reduce((best, other) => isStronger(field, other, best) ? other : best, first);
}
