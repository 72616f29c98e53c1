import { type ChildProcess, fork } from 'child_process';
import { join } from 'path';
import type { Answer, Covered, JobOf, Outcome, Ready } from './jobs';

/** The number of jobs after which a worker is replaced, because tests leave data behind. */
const JOBS_EACH = 60;

/** Processes that run jobs in parallel. A job that ends its process has no answer. */
export class Pool {
  /** The mutants that loading the library reaches. */
  public atLoad: readonly string[] = [];

  constructor(private readonly size: number) {}

  public async run<A extends Covered | Outcome>(jobs: readonly JobOf<A>[], answered: (job: JobOf<A>, answer: A | undefined) => void): Promise<void> {
    const waiting = [...jobs];
    const work = async () => {
      let worker: ChildProcess | undefined;
      for (let done = 0, job = waiting.shift(); job; job = waiting.shift(), done++) {
        if (done % JOBS_EACH === 0 || !worker?.connected) {
          worker?.kill();
          worker = await this.start();
        }
        const answer = next<A>(worker);
        worker.send(job);
        answered(job, await answer);
      }
      worker?.kill();
    };
    await Promise.all(Array.from({ length: this.size }, work));
  }

  private async start(): Promise<ChildProcess> {
    const worker = fork(join(__dirname, 'worker.ts'), {
      execArgv: ['--max-old-space-size=3072', '-r', 'ts-node/register/transpile-only'],
      env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ready = await next<Ready>(worker);
    if (!ready) { throw new Error('a worker does not start'); }
    this.atLoad = ready.atLoad;
    return worker;
  }
}

/** The next answer of a worker. `undefined` if the worker ends. */
function next<A extends Answer>(worker: ChildProcess): Promise<A | undefined> {
  return new Promise(resolve => {
    const ended = () => resolve(undefined);
    worker.once('exit', ended);
    worker.once('message', message => {
      worker.off('exit', ended);
      resolve(message as A);
    });
  });
}
