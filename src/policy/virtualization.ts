import { INSTANCE_FAMILIES } from './instance-families';

/** The virtualization of an instance: the Nitro System (also bare metal), or Xen; `unknown` if the table does not contain it. */
export type Virtualization = 'nitro' | 'xen' | 'unknown';

/** A family and a size, as EC2 writes them: `u-6tb1.56xlarge`; `*` is every size. Other services add prefixes or suffixes, as in `db.t3.micro`. */
const INSTANCE_TYPE = /^([a-z][a-z0-9-]*)\.(?:[a-z0-9][a-z0-9-]*|\*)$/;

/** All families and types of the table, with their virtualization. */
const VERDICTS: ReadonlyMap<string, Virtualization> = new Map([
  ...INSTANCE_FAMILIES.nitro.map(row => [row, 'nitro'] as const),
  ...INSTANCE_FAMILIES.xen.map(row => [row, 'xen'] as const),
]);

/** The virtualization of an instance type; `unknown` for families that are not in the table, unresolved values and invalid types. */
export function virtualizationOf(instanceType: unknown): Virtualization {
  if (typeof instanceType !== 'string') { return 'unknown'; }
  const family = INSTANCE_TYPE.exec(instanceType)?.[1];
  return family === undefined ? 'unknown' : VERDICTS.get(instanceType) ?? VERDICTS.get(family) ?? 'unknown';
}
