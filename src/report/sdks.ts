import type { IConstruct } from 'constructs';
import type { SdkFile, SdkUnread, SdkUse, SdkUses } from '../check/sdk-uses';
import { slashed } from './artifact-uri';
import type { Report } from './report';
import type { ReportedSdk, ReportedSdks, ReportedUnreadFile } from './reported-sdks';
import { fromSources } from './source-root';

/** The SDKs of a check, for a report. */
export function reportedSdks({ found, unreadable }: SdkUses): ReportedSdks {
  return { found: found.map(reportedSdk), unreadable: unreadable.map(reportedUnread) };
}

/** An SDK, for a report. */
export function reportedSdk(use: SdkUse): ReportedSdk {
  const { line, packageName, ecosystem, version, range, sdk, verdict, minimum, source, because, notOnInstance, owners } = use;
  const paths = pathsOf(owners);
  return { ...fileOf(use), line, packageName, ecosystem, version, range, sdk, verdict, minimum, source, because, notOnInstance, paths };
}

function reportedUnread(unread: SdkUnread): ReportedUnreadFile {
  const { because, notOnInstance, owners } = unread;
  return { ...fileOf(unread), because, notOnInstance, paths: pathsOf(owners) };
}

function pathsOf(owners: readonly IConstruct[]): readonly string[] | undefined {
  return owners.length > 0 ? owners.map(({ node }) => node.path) : undefined;
}

/** SDKs and files with the same result. */
export interface SdkList {
  readonly title: string;
  /** What the result means, in one or two sentences. */
  readonly meaning: string;
  readonly items: readonly { readonly name: string; readonly place?: string; readonly why: string }[];
}

const UNKNOWN = 'It is unknown whether they support IMDSv2. The finding Imdsv2::SdkUnknown counts them, unless they are exempt.';
const NOT_ON_INSTANCE = 'They are too old or unknown, or the file cannot be read. They do not run on an instance, so there is no finding.';

/** The lists of SDKs and files without a finding: unknown ones, unreadable ones, and those that are on no instance. */
export function sdkLists({ sdks, findings }: Report): readonly SdkList[] {
  if (!sdks) { return []; }
  const exempt = new Set(findings.filter(({ rule, exemption }) => rule === 'Imdsv2::SdkUnknown' && exemption).map(({ path = '' }) => path));
  const isExempt = ({ paths = [''] }: ReportedSdk | ReportedUnreadFile) => exempt.has('') || paths.every(path => exempt.has(path));
  const [elsewhere, here] = parted(sdks.found.filter(({ verdict }) => verdict !== 'supported'), isElsewhere);
  const [unreadElsewhere, unread] = parted(sdks.unreadable, isElsewhere);
  const whyOf = (each: ReportedSdk | ReportedUnreadFile) => `${each.because ?? 'it is too old'}${each.notOnInstance === undefined ? isExempt(each) ? '; exempt' : '' : `, and ${each.notOnInstance}`}`;
  const ofSdk = (sdk: ReportedSdk) => ({ name: [sdk.packageName, ...sdk.version === undefined ? [] : [sdk.version]].join(' '), place: `${sdk.file}:${sdk.line}`, why: whyOf(sdk) });
  const ofFile = (file: ReportedUnreadFile) => ({ name: file.file, why: `cannot be read: ${whyOf(file)}` });
  return [
    { title: 'SDKs whose version is unknown', meaning: UNKNOWN, items: here.filter(({ verdict }) => verdict === 'unknown').map(ofSdk) },
    { title: 'Files that may list SDKs, and cannot be read', meaning: UNKNOWN, items: unread.map(ofFile) },
    { title: 'Old or unknown SDKs that are not on an instance', meaning: NOT_ON_INSTANCE, items: [...elsewhere.map(ofSdk), ...unreadElsewhere.map(ofFile)] },
  ].filter(({ items }) => items.length > 0);
}

function isElsewhere({ notOnInstance }: ReportedSdk | ReportedUnreadFile): boolean {
  return notOnInstance !== undefined;
}

function parted<T>(all: readonly T[], is: (each: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter(each => !is(each))];
}

/** The path of a file. A file outside the assembly is named from the root of its repository, so that source viewers find it. */
function fileOf({ file, isInAssembly, location }: SdkFile): Pick<ReportedSdk, 'file' | 'isInAssembly'> {
  return isInAssembly ? { file, isInAssembly } : { file: slashed(fromSources(location)), isInAssembly };
}

/** The path of a file without the hash of its asset, which changes with the contents. */
export function stableName(file: string): string {
  return file.replace(/(?:^|(?<=\/))asset\.[0-9a-f]{16,}/, 'asset');
}
