import type { PossibleText } from '../../request/possible-text';
import { ANYTHING } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import { foundCall } from './found-call';
import type { Invocation } from './invocation';

/** The old tool that the EC2 team published in 2008. It sends no token. An `ec2-metadata` that is part of the operating system sends one. */
const OLD_TOOL = { name: 'ec2-metadata', source: /\bs3[\w.-]{0,80}\.amazonaws\.com\/(?:ec2metadata\/)?ec2-metadata$|\bec2metadata\.s3[\w.-]{0,80}\.amazonaws\.com\/ec2-metadata$/ };

/** Notes a download: into a file, or to the output. */
export function noteDownload(run: ShellRun, from: string, to: string | undefined): void {
  const { downloads } = run.world.trail;
  if (to === undefined) { run.lastDownload = from; } else { downloads.set(to, from); }
  if (OLD_TOOL.source.test(from)) { downloads.set(OLD_TOOL.name, from); }
}

/** Notes a script that is downloaded and run. */
export function noteFetched(run: ShellRun, from: string | undefined): void {
  const { fetched } = run.world.trail;
  if (from !== undefined && !fetched.has(from)) { fetched.set(from, { source: run.top, pos: run.statement }); }
}

/** Whether a command is the old tool: the script has downloaded it from the old address, to any path. */
export function isOldTool(run: ShellRun, name: string): boolean {
  return name === OLD_TOOL.name && OLD_TOOL.source.test(run.world.trail.downloads.get(OLD_TOOL.name) ?? '');
}

export function runOldTool(run: ShellRun, call: Invocation): PossibleText {
  const url = 'http://169.254.169.254/latest/meta-data';
  run.world.trail.note({ kind: 'v1', reason: 'old program', isCertain: true }, () => foundCall(run, call, { client: OLD_TOOL.name, url }));
  return ANYTHING;
}
