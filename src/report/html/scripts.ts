import type { ReportedCall, ReportedLine, ReportedUnseenScript } from '../reported-finding';
import { linesOf } from '../script-lines';
import type { Content, Markup } from './markup';
import { html } from './markup';
import { code, counted, prose } from './texts';

/** The most calls of a script that the page shows. */
const MOST_CALLS = 40;

/** The lines of a script around its calls, with the calls marked, and the same calls for IMDSv2. */
export function scriptOf(calls: readonly ReportedCall[]): Markup {
  const shown = calls.slice(0, MOST_CALLS);
  return html`<figure class="script"><pre tabindex="0" aria-label="Script">${linesOf(shown).map(scriptLine)}</pre>
<figcaption>For IMDSv2${tokenCommands(shown)}
<ul class="plain">${shown.map(repair)}</ul>
${calls.length > shown.length ? html`<p class="muted">and ${counted(calls.length - shown.length, 'other call')}</p>` : undefined}</figcaption></figure>
`;
}

/** The scripts that other scripts download and run. Empty if there are none. */
export function unseenScripts(scripts: readonly ReportedUnseenScript[]): Content {
  return scripts.length === 0 ? undefined : html`<div class="card"><h3>${counted(scripts.length, 'script')} not seen</h3>
<p>Scripts of this app download and run these. The report does not check whether they call IMDSv1.</p>
<ul class="plain">${scripts.map(({ path, resource, location, line, url }) => html`<li>${code(url)} <span class="muted">in line ${line} of ${code(location)}, ${code(path ?? resource)}</span></li>
`)}</ul></div>`;
}

function scriptLine(each: ReportedLine | undefined): Markup {
  if (!each) {
    return html`<span class="left-out">…</span>
`;
  }
  const text = html`<span class="line-number">${each.line}</span> <bdi>${each.text}</bdi>`;
  return each.isCall ? html`<mark>${text}</mark>
` : html`${text}
`;
}

function tokenCommands(calls: readonly ReportedCall[]): Content {
  const commands = [...new Set(calls.flatMap(({ tokenCommand }) => tokenCommand ?? []))];
  return commands.length === 0 ? ':' : html`, with a token that the script gets once, before the first call: ${commands.map(command => html`<pre tabindex="0" aria-label="Token">${command}</pre>`)}`;
}

function repair({ line, reason, certainty, rewritten }: ReportedCall): Markup {
  const how = certainty === 'fallback' ? ', only after IMDSv2 has failed' : certainty === 'likely' ? ', as far as can be seen here' : '';
  return html`<li>line ${line}: ${prose(`${reason}${how}`)}${rewritten === undefined ? undefined : html`<pre tabindex="0" aria-label="Line ${line} for IMDSv2">${rewritten}</pre>`}</li>
`;
}
