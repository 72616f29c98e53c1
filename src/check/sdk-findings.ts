import type { IConstruct } from 'constructs';
import type { Cause } from '../inspect/cause';
import type { Finding } from '../inspect/finding';
import { grouped } from '../model/grouped';
import { Memo } from '../model/memo';
import type { SdkOwners, SdkUnread, SdkUse, SdkUses } from './sdk-uses';

/** An SDK that is too old. */
export function oldSdk({ name, line, packageName, range = '', version = range, sdk, minimum, source, unclear, hasItSince }: SdkUse): Finding {
  const isListed = source.startsWith('https://docs.aws.amazon.com/');
  return finding('Imdsv2::SdkTooOld', { kind: 'old SDK', file: name, line, packageName, version, sdk, minimum, isListed, unclear, hasItSince });
}

/** SDKs whose support for IMDSv2 is unknown, and files that could not be read. */
export interface Unclear {
  /** The construct that exempts them; `undefined` if they are not exempt. */
  readonly construct?: IConstruct;
  readonly sdks: readonly SdkUse[];
  readonly files: readonly SdkUnread[];
}

/** The SDKs with unknown support, in groups: one for all that are not exempt, and one for each construct that exempts some of them. All constructs of an asset must exempt it. */
export function unclearParts({ unclear, unread }: SdkUses, isExempt: (construct: IConstruct) => boolean): readonly Unclear[] {
  const exempt = new Memo(isExempt);
  const isSettled = ({ owners }: SdkOwners) => owners.length > 0 && owners.every(owner => exempt.of(owner));
  const ownedBy = <T extends SdkOwners>(all: readonly T[]) =>
    grouped(all.filter(isSettled).flatMap(each => each.owners.map(owner => [owner, each] as const)));
  const [sdks, files] = [ownedBy(unclear), ownedBy(unread)];
  const constructs = [...new Set([...sdks.keys(), ...files.keys()])];
  const open = { sdks: unclear.filter(each => !isSettled(each)), files: unread.filter(each => !isSettled(each)) };
  return [open, ...constructs.map(construct => ({ construct, sdks: sdks.get(construct) ?? [], files: files.get(construct) ?? [] }))];
}

/** One finding for all SDKs with unknown support, and for all files that could not be read. */
export function unclearSdks({ sdks, files }: Unclear): readonly Finding[] {
  if (sdks.length + files.length === 0) { return []; }
  const [sdk] = sdks;
  const [file] = files;
  return [finding('Imdsv2::SdkUnknown', {
    kind: 'unclear SDKs',
    sdks: sdks.length,
    sdk: sdk && { file: sdk.name, line: sdk.line, packageName: sdk.packageName, because: sdk.because ?? '' },
    files: files.length,
    file: file && { file: file.name, because: file.because },
  })];
}

function finding(rule: Finding['rule'], cause: Cause): Finding {
  return { rule, path: '', because: [cause] };
}
