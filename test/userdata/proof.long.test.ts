import { execFileSync } from 'child_process';
import { scanScripts } from '../../src/userdata/scan';
import type { LabelledScript } from './corpus';
import { labelledScripts } from './corpus';
import { runScript } from './run-script';

/** The number of scripts that run in parallel. Most of the time, each waits for its programs. */
const AT_A_TIME = 4;
const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();

/** Runs a script as it is and, if it calls IMDSv1, rewritten with required tokens. Returns the faults in words. */
async function complaintOn({ script, verdict, flags }: LabelledScript): Promise<string | undefined> {
  const later = flags.has('later');
  const before = await runScript(script, { requiresTokens: false, later, python });
  const done = before.asked.v1 > 0 ? 'v1' : before.asked.v2 + before.asked.token > 0 ? 'v2' : 'none';
  // If IMDSv2 works, the fallback branch does not run.
  if (done !== (flags.has('fallback') ? 'v2' : verdict)) { return `labelled ${verdict}, and did ${done}`; }
  if (verdict !== 'v1' || flags.has('norewrite')) { return undefined; }
  const [{ rewritten }] = scanScripts(script);
  const after = await runScript(rewritten, { requiresTokens: true, later, python });
  if (after.asked.v1 > 0) { return `still calls IMDSv1:\n${rewritten}`; }
  return after.output === before.output ? undefined : `read ${JSON.stringify(after.output)} instead of ${JSON.stringify(before.output)}:\n${rewritten}`;
}

describe('the shell scripts of the corpus, run with a metadata service', () => {
  const scripts = labelledScripts().filter(({ flags }) => !flags.has('norun'));

  it('behave as labelled, and behave the same with required tokens after they are rewritten', async () => {
    const left = [...scripts];
    const complaints: string[] = [];
    const work = async () => {
      for (let script = left.shift(); script; script = left.shift()) {
        const complaint = await complaintOn(script);
        if (complaint !== undefined) { complaints.push(`${script.name}: ${complaint}`); }
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    expect(scripts.length).toBeGreaterThan(130);
    expect(complaints).toEqual([]);
  }, 240_000);
});
