import { addressIn, isMetadataHost } from '../../request/address';
import { shown } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import { foundCall } from './found-call';
import type { Invocation } from './invocation';

const DATA = /^\/(?:latest|\d{4}-\d\d-\d\d|1\.0)\/(?:meta-data|user-data|dynamic)(?:\/|$)/;

/** Notes an unknown program that gets an address of metadata as an argument. It is not known whether it sends a token. */
export function noteUnknown(run: ShellRun, call: Invocation): void {
  const [program, ...args] = call.argv;
  const url = args.map(arg => arg.replace(/^--?[\w-]+=/, '')).find(leadsToMetadata);
  if (url === undefined) { return; }
  const name = program.replace(/^.*\//, '');
  run.world.trail.unknown.push(foundCall(run, call, { client: /^[\w.+-]{1,40}$/.test(name) ? name : 'unknown', url: shown(url) }));
}

function leadsToMetadata(arg: string): boolean {
  const { host, path } = addressIn(arg);
  return isMetadataHost(host) && DATA.test(path);
}
