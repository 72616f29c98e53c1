import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { clientIn } from '../ec2/client';
import { areCleared, inWords, missing, steps, type Defaults, type Setting } from './defaults';

/**
 * What EC2 answers where it lets the function do nothing, as in a Region that a service control policy denies. Nothing was written there, so
 * clearing it may not fail: it would bar the way back from a failed change.
 */
const REFUSALS = ['UnauthorizedOperation', 'AuthFailure'];

/**
 * Sets account defaults of one Region. What already is as wanted is not written.
 *
 * @returns what is not as wanted and need not be, in words
 * @throws Error where EC2 refuses, or did not take what it was given
 */
export async function converge(region: string, wanted: readonly Setting[], context: Context): Promise<string> {
  const client = clientIn(region);
  const read = async () => (await client.getInstanceMetadataDefaults({}, inTime(context))).AccountLevel ?? {};

  const before = await eventually(read, context).catch((error: Error) => {
    if (areCleared(wanted) && REFUSALS.includes(error.name)) { return undefined; }
    throw error;
  });
  if (!before) { return 'not readable'; }

  const change = missing(wanted, before);
  if (change.length > 0 && before.ManagedBy === 'declarative-policy') { return leftToPolicy(change, before, before.ManagedExceptionMessage); }

  for (const step of steps(change)) {
    console.log(region, step);
    await eventually(() => client.modifyInstanceMetadataDefaults(Object.fromEntries(step), inTime(context)), context);
    await readBack(step, read, context);
  }
  return '';
}

/** The account cannot change what the organization declares. Where it has no preference any more, it need not. */
function leftToPolicy(change: readonly Setting[], answer: Defaults, message = ''): string {
  const words = `a declarative policy governs: ${inWords(change, answer)} ${message}`;
  if (!areCleared(change)) { throw new Error(words); }
  return words;
}

/** EC2 may answer for a while what was before. */
async function readBack(written: readonly Setting[], read: () => Promise<Defaults>, context: Context): Promise<void> {
  await eventually(async () => {
    const answer = await read();
    const left = missing(written, answer);
    if (left.length === 0) { return; }
    // The SDK neither sends nor reads a field that it does not know, and says nothing of it.
    const hint = left[0][0] === 'HttpTokensEnforced' && !answer.HttpTokensEnforced ? ': the AWS SDK of the runtime may be old' : '';
    throw new Error(`EC2 did not take it: ${inWords(left, answer)}${hint}`);
  }, context);
}
