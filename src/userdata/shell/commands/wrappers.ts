import type { Invocation } from './invocation';

/** A command that runs the command after it: which of its options have a value, and how many of its own arguments come first. */
interface Wrapper {
  readonly takesValue: string;
  readonly arguments?: number;
  readonly long?: readonly string[];
}

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ['sudo', { takesValue: 'ugpCTrthDR', long: ['user', 'group', 'prompt', 'host', 'chdir', 'chroot'] }],
  ['doas', { takesValue: 'uC' }],
  ['env', { takesValue: 'uCS', long: ['unset', 'chdir'] }],
  ['nohup', { takesValue: '' }],
  ['exec', { takesValue: 'a' }],
  ['command', { takesValue: '' }],
  ['builtin', { takesValue: '' }],
  ['time', { takesValue: 'fo' }],
  ['timeout', { takesValue: 'ks', arguments: 1, long: ['signal', 'kill-after'] }],
  ['gtimeout', { takesValue: 'ks', arguments: 1 }],
  ['nice', { takesValue: 'n' }],
  ['ionice', { takesValue: 'cnp' }],
  ['stdbuf', { takesValue: 'ioe' }],
  ['setsid', { takesValue: '' }],
  ['chroot', { takesValue: '', arguments: 1 }],
  ['flock', { takesValue: 'wE', arguments: 1 }],
  ['busybox', { takesValue: '' }],
  ['toybox', { takesValue: '' }],
  ['unbuffer', { takesValue: '' }],
  ['strace', { takesValue: 'eopsE' }],
  ['systemd-run', { takesValue: 'pEtM', long: ['unit', 'on-calendar', 'on-boot', 'description', 'property', 'setenv', 'uid', 'gid'] }],
  ['systemd-cat', { takesValue: 'tp' }],
  ['chronic', { takesValue: '' }],
  ['cgexec', { takesValue: 'g' }],
  ['proxychains', { takesValue: 'f' }],
]);

/** The command that a wrapper runs. */
export function inner(name: string, call: Invocation): Invocation | undefined {
  const wrapper = WRAPPERS.get(name);
  if (!wrapper) { return undefined; }
  const { argv } = call;
  if (name === 'command' && /^-[vV]$/.test(argv[1] ?? '')) { return { ...call, argv: [], words: [] }; }
  if (name === 'flock' && argv.includes('-c')) { return shellString(call, argv.indexOf('-c')); }
  let at = 1;
  while (at < argv.length && argv[at].startsWith('-')) {
    const option = argv[at];
    at += 1;
    if (option === '--') { break; }
    const isLong = option.startsWith('--');
    const takes = isLong ? wrapper.long?.includes(option.slice(2)) : wrapper.takesValue.includes(option.slice(-1)) && wrapper.takesValue !== '';
    if (takes) { at += 1; }
  }
  at += wrapper.arguments ?? 0;
  return { ...call, argv: argv.slice(at), words: call.words.slice(at) };
}

function shellString(call: Invocation, at: number): Invocation {
  return { ...call, argv: ['sh', ...call.argv.slice(at)], words: [undefined, ...call.words.slice(at)] };
}
