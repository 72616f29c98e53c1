import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { keeping } from '../custom-resource/keeping';
import { messageOf } from '../custom-resource/message-of';
import { accountRegions } from './account-regions';
import { type Configuration, configuration, regionsMeant } from './configuration';
import { missing, valueIn } from './defaults';
import { governed } from './policy';
import { RegionDefaults } from './region-defaults';
import { type Drift, report } from './report';

/** What is kept of the time for telling what was found, in milliseconds. */
const TIME_TO_REPORT = 30_000;

/**
 * Looks whether the account defaults are as the function is deployed for, in Regions that were enabled since as well, and repairs them where that is
 * wanted. A Region that cannot be looked at keeps no other from it.
 *
 * What it writes is not remembered: where the resource wrote the same before, its deletion undoes it, and nowhere else.
 */
export async function look(whole: Context): Promise<void> {
  const context = keeping(whole, TIME_TO_REPORT);
  const configured = configuration();
  const drifts: Drift[] = [];
  const failures = new Map<string, string>();
  const regions = await eventually(async () => accountRegions(context), context).then(
    account => regionsMeant(configured, account).holding,
    (error): string[] => { failures.set('every Region', messageOf(error)); return []; },
  );
  await Promise.all(regions.map(async region => {
    try {
      drifts.push(...await lookAt(new RegionDefaults(region, context), configured));
    } catch (error) {
      failures.set(region, messageOf(error));
    }
  }));
  await report(drifts, failures, whole);
}

async function lookAt(defaults: RegionDefaults, { settings, repairs }: Configuration): Promise<Drift[]> {
  const found = await defaults.read();
  const left = missing(settings, found);
  const isRepaired = repairs && left.length > 0 && governed(left, found) === '' && await defaults.write(left, found).then(
    () => true,
    (error: unknown) => { console.log(defaults.region, messageOf(error)); return false; },
  );
  const { region } = defaults;
  return left.map(([field, wanted]) => ({ region, field, found: String(valueIn(found, field)), wanted: String(wanted), repaired: isRepaired }));
}
