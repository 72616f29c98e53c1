/** Runs tasks in parallel, and prints the output of each task when it ends: `side-by-side.ts eslint typecheck`. */
import { spawn } from 'child_process';
import { REPOSITORY } from './scratch-copy';

/** Waits for a task, and returns its exit code. */
function ended(task: string): Promise<number> {
  return new Promise(resolve => {
    const child = spawn('npx', ['projen', task], { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    const said: Buffer[] = [];
    child.stdout.on('data', (text: Buffer) => said.push(text));
    child.stderr.on('data', (text: Buffer) => said.push(text));
    child.on('error', error => said.push(Buffer.from(error.message)));
    child.on('close', code => {
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}

async function main(): Promise<void> {
  const codes = await Promise.all(process.argv.slice(2).map(ended));
  process.exitCode = Math.max(...codes);
}

void main();
