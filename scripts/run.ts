import { spawnSync } from 'child_process';

/** Runs a command where its output can be seen, and ends this process when it fails. */
export function run(cwd: string, command: string, ...args: string[]): void {
  console.log(`$ ${[command, ...args].join(' ')}`);
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) {
    console.error(error.message);
  }
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
