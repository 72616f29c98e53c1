import type { ReportedSdks } from '../reported-sdks';
import { untold } from '../sdks';
import type { Content } from './markup';
import { html } from './markup';
import { code, counted, prose } from './texts';

/** As many files as are named. */
const MOST = 100;

/** The SDKs that are no finding, and the files that could not be read; nothing where there are none. */
export function unclearSdks(sdks: ReportedSdks | undefined): Content {
  const open = sdks ? untold(sdks) : [];
  const unreadable = sdks?.unreadable ?? [];
  const count = open.length + unreadable.length;
  return count === 0 ? undefined : html`<div class="card"><h3>${counted(count, 'SDK')} without a finding</h3>
<p>The version of these SDKs is not fixed, or their file cannot be read, so it is unknown whether they support IMDSv2. Or they are too old, but do not run on an instance.</p>
<ul class="plain">${open.slice(0, MOST).map(({ sdk: { packageName, version, file, line }, why }) =>
  html`<li>${code(version === undefined ? packageName : `${packageName} ${version}`)} <span class="muted">in ${code(`${file}:${line}`)}: ${prose(why)}</span></li>
`)}${unreadable.slice(0, MOST).map(({ file, because }) => html`<li>${code(file)} <span class="muted">cannot be read: ${prose(because)}</span></li>
`)}</ul></div>`;
}
