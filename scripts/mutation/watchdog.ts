import { Worker } from 'worker_threads';

/** Ends the process after some seconds of processor time without progress, because a mutant can loop forever. */
export class Watchdog {
  private readonly beats = new Int32Array(new SharedArrayBuffer(4));

  constructor(seconds: number) {
    new Worker(`
      const { workerData: { beats, seconds } } = require('worker_threads');
      let last = [-1, 0];
      setInterval(() => {
        const { user, system } = process.cpuUsage();
        if (beats[0] !== last[0]) { last = [beats[0], user + system]; }
        if (user + system - last[1] > seconds * 1e6) { process.kill(process.pid, 'SIGKILL'); }
      }, 1000);
    `, { eval: true, workerData: { beats: this.beats, seconds } }).unref();
  }

  public beat(): void {
    this.beats[0]++;
  }
}
