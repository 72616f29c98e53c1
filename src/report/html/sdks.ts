import type { ReportedSdks } from '../report';
import type { Content } from './markup';
import { html } from './markup';
import { code, counted, prose } from './texts';

/** As many files as are named. */
const MOST = 100;

/** The SDKs of which nobody can tell, and the files that could not be read; nothing where there are none. */
export function unclearSdks(sdks: ReportedSdks | undefined): Content {
  const unknown = (sdks?.found ?? []).filter(({ verdict }) => verdict === 'unknown');
  const unreadable = sdks?.unreadable ?? [];
  const count = unknown.length + unreadable.length;
  return count === 0 ? undefined : html`<div class="card"><h3>${counted(count, 'SDK')} that nobody can tell of</h3>
<p>A file leaves their version open, or cannot be read. Nobody sees here whether they speak IMDSv2.</p>
<ul class="plain">${unknown.slice(0, MOST).map(({ packageName, version, file, line, because = '' }) =>
  html`<li>${code(version === undefined ? packageName : `${packageName} ${version}`)} <span class="muted">in ${code(`${file}:${line}`)}: ${prose(because)}</span></li>
`)}${unreadable.slice(0, MOST).map(({ file, because }) => html`<li>${code(file)} <span class="muted">cannot be read: ${prose(because)}</span></li>
`)}</ul></div>`;
}
