import { spawn, spawnSync } from 'child_process';
import { availableParallelism } from 'os';

/** The exit code and the output of a process. */
export interface Outcome {
  readonly status: number | null;
  readonly text: string;
}

interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Runs a command with visible output, and ends this process if it fails. */
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

/** Runs a file with Node.js, and returns its output. */
export async function runNode(file: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const text: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) { stream.on('data', (chunk: Buffer) => text.push(chunk)); }
    child.on('error', reject);
    child.on('close', status => resolve({ status, text: Buffer.concat(text).toString() }));
  });
}

/** The results of a function for each item. It runs as many in parallel as there are cores. */
export async function onEach<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) { results[next[0]] = await work(next[1]); }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
