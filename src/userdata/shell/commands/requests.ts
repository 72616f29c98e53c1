import { answerTo, judgeRequest } from '../../request/judge-request';
import type { PossibleText } from '../../request/possible-text';
import { ANYTHING, UNKNOWN, shown } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Client } from './clients/other-clients';
import type { ClientFiles, Transfer } from './clients/transfer';
import { noteDownload } from './downloads';
import { foundCall } from './found-call';
import type { Invocation } from './invocation';

/** Runs a client that makes requests. */
export function runClient(run: ShellRun, call: Invocation, client: Client, name: string): PossibleText {
  const outputs = client.read(call.argv.slice(1), filesFor(run, call)).map(transfer => runTransfer(run, call, transfer, { name: name.replace(/\.exe$/, ''), header: client.header }));
  return outputs.length > 0 ? [outputs.join('')] : ANYTHING;
}

/** Notes one request, and where its response goes. Returns the output of the client. */
function runTransfer(run: ShellRun, call: Invocation, transfer: Transfer, { name, header }: Pick<Client, 'header'> & { readonly name: string }): string {
  const { output, url, operation, writesOther } = transfer;
  const judgement = judgeRequest(transfer);
  if (judgement) {
    run.world.trail.note(judgement, () => foundCall(run, call, { client: name, url: shown(url), header, operation }));
  } else { noteDownload(run, url, output); }
  const answer = answerTo(judgement);
  if (output === undefined) { return answer; }
  run.world.files.write(output, [answer], 'replace', undefined);
  return writesOther ? UNKNOWN : '';
}

/** The files and aliases that a client can read. */
function filesFor(run: ShellRun, call: Invocation): ClientFiles {
  const { files, aliases } = run.world;
  return {
    textOf: path => files.get(path)?.text[0],
    inHome: name => files.all().find(({ path }) => path.endsWith(`/${name}`))?.text[0],
    isAlias: host => aliases.has(host),
    stdin: call.stdin?.text.join('\n'),
  };
}
