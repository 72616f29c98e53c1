import { nearestId } from '../policy/acknowledgements';
import type { Finding } from './finding';

/** That an id is acknowledged which no rule has. */
export function unknownRule(id: string): Finding {
  return { rule: 'Imdsv2::UnknownRule', path: '', because: [{ kind: 'no rule', id, nearest: nearestId(id) }] };
}
