import { UNKNOWN } from '../request/possible-text';
import { Scope } from './scope';
import type { ShellRun } from './shell-run';
import type { Source } from './text/source';
import type { WrittenFile } from './written-files';

/** Paths of files that the system runs without a command in the script, and paths of scripts. */
const RUN_LATER = new RegExp([
  '\\.(?:sh|bash|py|pl|rb|ps1)$', '/s?bin/[^/]+$', '/init\\.d/', '/rc\\.local$', '/profile(?:\\.d/|$)', '/\\.(?:bashrc|bash_profile|profile|zshrc)$',
  '/scripts?/(?:per-\\w+/)?[^/.]+$', '/(?:update-)?motd\\.d/', '/dhclient-\\w+-hooks\\.d/', '/dispatcher\\.d/', '/hooks?/[^/.]+$', '/environment-generators/',
].join('|'));
const CRON = /\/cron(?:tab$|\.d\/|tabs?\/|\/)/;
const UNIT = /\.(?:service|timer|socket|conf)$/;

/** Runs the files that a script writes and something else runs later. */
export function runLaterScripts(run: ShellRun): void {
  for (const file of run.world.files.all()) {
    for (const source of file.sources) { runLater(run, file, source); }
  }
}

function runLater(run: ShellRun, { path }: WrittenFile, source: Source): void {
  const { text } = source;
  const shebang = /^\s*#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text);
  const language = shebang ? (/\/env$/.test(shebang[1]) ? shebang[2] ?? '' : shebang[1]).replace(/^.*\//, '').replace(/(?<![\d.])[\d.]+$/, '') : /\.(py|pl|rb|ps1|php|[mc]?js|ts|go|java|kts|rs|lua|groovy)$/.exec(path)?.[1];
  if (CRON.test(path)) {
    lines(run, source, cronCommand);
  } else if (/^[ \t]*\[(?:Unit|Service)\]/m.test(text) && (UNIT.test(path) || path.includes('systemd') || path.includes(UNKNOWN))) {
    lines(run, source, unitCommand);
  } else if (language !== undefined && !/^(?:ba|da|a|z|k)?sh$/.test(language)) {
    run.world.foreign(({ py: 'python', pl: 'perl', rb: 'ruby', ps1: 'pwsh', js: 'node', mjs: 'node', cjs: 'node' } as Record<string, string>)[language] ?? language, source, run);
  } else if (shebang || RUN_LATER.test(path) || run.world.files.executables.has(path)) {
    run.runChild(source, undefined, { scope: Scope.empty(undefined, UNKNOWN) });
  }
}

/** Runs the command of each line that has one. */
function lines(run: ShellRun, source: Source, commandIn: (line: string) => number | undefined): void {
  let start = 0;
  for (const line of source.text.split('\n')) {
    const at = commandIn(line);
    if (at !== undefined) {
      const mapped = source.part(start + at, start + line.length);
      run.runChild(mapped, undefined, { scope: Scope.empty(undefined, UNKNOWN), isOneLiner: true });
    }
    start += line.length + 1;
  }
}

/** The start of the command in a line of crontab. Before it are five fields or a word for the time, and possibly a user. */
function cronCommand(line: string): number | undefined {
  if (/^\s*(?:#|$|\w+\s*=)/.test(line)) { return undefined; }
  const match = /^\s*(?:@\w+|(?:[\d*,/A-Za-z-]+\s+){4}[\d*,/A-Za-z-]+)\s+/.exec(line);
  if (!match) { return undefined; }
  const user = /^(?:root|ubuntu|ec2-user|nobody|admin|centos|www-data)\s+/.exec(line.slice(match[0].length));
  return match[0].length + (user?.[0].length ?? 0);
}

function unitCommand(line: string): number | undefined {
  return /^\s*Exec\w*\s*=\s*[-@:+!]*/.exec(line)?.[0].length;
}
