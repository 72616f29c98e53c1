import { IMDS_SUPPORT_HOP_LIMIT } from '../../src/model/hop-limit';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { keeping } from '../custom-resource/keeping';
import { messageOf } from '../custom-resource/message-of';
import { stackStatus } from '../custom-resource/stack-status';
import { accountRegions } from './account-regions';
import { type Configuration, configuration, regionsToLookAt } from './configuration';
import { type Field, missing, type Setting, steps, UNSET, type Value, valueIn } from './defaults';
import { governed } from './policy';
import { RegionDefaults } from './region-defaults';
import { type Drift, report } from './report';
import { isStronger } from './stronger';

/** The time in milliseconds that is reserved for the report. */
const TIME_TO_REPORT = 30_000;

/**
 * Checks whether the account defaults have the values of the function's configuration, also in Regions that were enabled later. It corrects them if
 * it is configured to. A Region that cannot be checked does not prevent the others.
 *
 * The corrections are not remembered. If the resource wrote the same value before, its deletion resets it, otherwise not. So a check corrects nothing
 * during a deployment of the stack, because the deployment would find the corrected values and not remember them either. A check makes nothing
 * weaker.
 */
export async function look(whole: Context): Promise<void> {
  const context = keeping(whole, TIME_TO_REPORT);
  const configured = configuration();
  const repairs = configured.repairs && await isDeployed(configured, context);
  const drifts: Drift[] = [];
  const failures = new Map<string, string>();
  const { regions, unread } = await eventually(async () => accountRegions(context), context).then(
    account => regionsToLookAt(configured, account),
    (error: unknown) => ({ regions: [], unread: [['every Region', messageOf(error)] as const] }),
  );
  unread.forEach(([region, reason]) => failures.set(region, reason));
  await Promise.all(regions.map(async region => {
    try {
      drifts.push(...await lookAt(new RegionDefaults(region, context), configured.settings, repairs));
    } catch (error) {
      failures.set(region, messageOf(error));
    }
  }));
  await report(drifts, failures, whole);
}

/** Whether the last deployment of the stack has succeeded, and none is running. */
async function isDeployed({ stackId: StackId }: Configuration, context: Context): Promise<boolean> {
  return stackStatus({ StackId }, context).then(status => status.endsWith('_COMPLETE'), () => false);
}

async function lookAt(defaults: RegionDefaults, settings: readonly Setting[], repairs: boolean): Promise<Drift[]> {
  const found = await defaults.read();
  const left = missing(settings, found);
  const isStrongerNow = ([field, wanted]: Setting) => isStronger(field, atMost(valueIn(found, field)), wanted);
  const due = left.filter(setting => !isStrongerNow(setting));
  const repaired = repairs && governed(due, found) === '' ? await repair(defaults, due) : [];
  return left.map(setting => {
    const [field, wanted] = setting;
    const values = { found: String(valueIn(found, field)), wanted: String(wanted) };
    return { region: defaults.region, field, ...values, stronger: isStrongerNow(setting), repaired: repaired.includes(field) };
  });
}

/** The highest value that a setting can have in effect: without a hop limit, the AMI determines it. */
function atMost(value: Value): Value {
  return value === UNSET.HttpPutResponseHopLimit ? IMDS_SUPPORT_HOP_LIMIT : value;
}

/** Writes settings, and returns the fields that EC2 accepted. */
async function repair(defaults: RegionDefaults, due: readonly Setting[]): Promise<Field[]> {
  const repaired: Field[] = [];
  try {
    for (const step of steps(due)) {
      await defaults.write(step, {});
      repaired.push(...step.map(([field]) => field));
    }
  } catch (error) {
    console.log(defaults.region, messageOf(error));
  }
  return repaired;
}
