import { spawn, spawnSync } from 'child_process';
import { availableParallelism } from 'os';

/** How a process ended, and all that it printed. */
export interface Outcome {
  readonly status: number | null;
  readonly text: string;
}

interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

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

/** Runs a file by Node.js, and keeps what it prints. */
export async function runNode(file: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const text: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) { stream.on('data', (chunk: Buffer) => text.push(chunk)); }
    child.on('error', reject);
    child.on('close', status => resolve({ status, text: Buffer.concat(text).toString() }));
  });
}

/** What the work comes to on each of the items, done on as many at once as there are cores. */
export async function onEach<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) { results[next[0]] = await work(next[1]); }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
