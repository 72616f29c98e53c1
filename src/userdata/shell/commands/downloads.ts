import type { PossibleText } from '../../request/possible-text';
import { ANYTHING } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import { foundCall } from './found-call';
import type { Invocation } from './invocation';

/** The script that the EC2 team published in 2008: a host that has its own `ec2-metadata` has one that sends tokens. */
const OLD_TOOL = { name: 'ec2-metadata', source: /\bs3[\w.-]{0,80}\.amazonaws\.com\/(?:ec2metadata\/)?ec2-metadata$|\bec2metadata\.s3[\w.-]{0,80}\.amazonaws\.com\/ec2-metadata$/ };

/** Notes what is downloaded: into a file, or to be read at once. */
export function noteDownload(run: ShellRun, from: string, to: string | undefined): void {
  const { downloads } = run.world.trail;
  if (to === undefined) { run.lastDownload = from; } else { downloads.set(to, from); }
  if (OLD_TOOL.source.test(from)) { downloads.set(OLD_TOOL.name, from); }
}

/** Notes what comes from somewhere else, and runs here. */
export function noteFetched(run: ShellRun, from: string | undefined): void {
  const { fetched } = run.world.trail;
  if (from !== undefined && !fetched.has(from)) { fetched.set(from, { source: run.top, pos: run.statement }); }
}

/** Whether a command is older than IMDSv2: it is where the script has downloaded it from there, wherever it has put it. */
export function isOldTool(run: ShellRun, name: string): boolean {
  return name === OLD_TOOL.name && OLD_TOOL.source.test(run.world.trail.downloads.get(OLD_TOOL.name) ?? '');
}

export function runOldTool(run: ShellRun, call: Invocation): PossibleText {
  const url = 'http://169.254.169.254/latest/meta-data';
  run.world.trail.note({ kind: 'v1', reason: 'old program', isCertain: true }, () => foundCall(run, call, { client: OLD_TOOL.name, url }));
  return ANYTHING;
}
