import { isMetadataHost } from '../../request/address';
import { answerTo, judgeRequest } from '../../request/judge-request';
import type { PossibleText } from '../../request/possible-text';
import { ANYTHING, shown } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import { foundCall } from './found-call';
import type { Invocation } from './invocation';

/** The text of an HTTP request. */
const REQUEST = /^\s*(GET|HEAD|PUT|POST)\s+(\S+)(?!\S)[^\n]*((?:\n[\s\S]*)?)$/;

/** The request that `nc` or a similar program sends to a host. */
export function socketRequest(run: ShellRun, call: Invocation): PossibleText {
  const hosts = call.argv.slice(1).flatMap(arg => arg.split(/[:,]/)).some(arg => isMetadataHost(arg) || run.world.aliases.has(arg));
  const probes = call.argv.some(arg => /^-\w*z/.test(arg));
  return hosts && !probes && call.stdin ? written(run, call, call.stdin.text, call.argv[0].replace(/^.*\//, '')) : ANYTHING;
}

/** Notes the request that is written to a connection, such as /dev/tcp. Returns the response. */
export function written(run: ShellRun, call: Pick<Invocation, 'node' | 'words'>, texts: PossibleText, client: string): PossibleText {
  let answer: PossibleText = ANYTHING;
  for (const text of texts) {
    const [, method, path, rest] = REQUEST.exec(text) ?? [];
    if (!method) { continue; }
    const headers = rest.split(/\r?\n|\\r\\n|\\n/).map(line => line.trim()).filter(line => line.includes(':'));
    const judgement = judgeRequest({ url: path.startsWith('http') ? path : `http://169.254.169.254${path}`, method, headers });
    if (!judgement) { continue; }
    run.world.trail.note(judgement, () => foundCall(run, { ...call, argv: [], stdin: undefined }, { client, url: shown(path) }));
    answer = [answerTo(judgement)];
  }
  return answer;
}
