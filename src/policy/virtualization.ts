import { INSTANCE_FAMILIES } from './instance-families';

/** What an instance runs on: the Nitro System, bare metal included, or Xen; `unknown` where the table does not say. */
export type Virtualization = 'nitro' | 'xen' | 'unknown';

/** A family and a size, as EC2 spells them: `u-6tb1.56xlarge`; `*` is every size. Other services put more around it, as in `db.t3.micro`. */
const INSTANCE_TYPE = /^([a-z][a-z0-9-]*)\.(?:[a-z0-9][a-z0-9-]*|\*)$/;

/** Every row of the table with its verdict. */
const VERDICTS: ReadonlyMap<string, Virtualization> = new Map([
  ...INSTANCE_FAMILIES.nitro.map(row => [row, 'nitro'] as const),
  ...INSTANCE_FAMILIES.xen.map(row => [row, 'xen'] as const),
]);

/** What instances of a type run on; `unknown` for families that are not in the table, for tokens and for anything that is no instance type. */
export function virtualizationOf(instanceType: unknown): Virtualization {
  if (typeof instanceType !== 'string') { return 'unknown'; }
  const family = INSTANCE_TYPE.exec(instanceType)?.[1];
  return family === undefined ? 'unknown' : VERDICTS.get(instanceType) ?? VERDICTS.get(family) ?? 'unknown';
}
