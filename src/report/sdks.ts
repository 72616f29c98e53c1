import type { SdkFile, SdkUse, SdkUses } from '../check/sdk-uses';
import { slashed } from './artifact-uri';
import type { ReportedSdk, ReportedSdks } from './reported-sdks';
import { fromSources } from './source-root';

/** The SDKs that a check found, for a report. */
export function reportedSdks({ found, unreadable }: SdkUses): ReportedSdks {
  return { found: found.map(reportedSdk), unreadable: unreadable.map(file => ({ ...fileOf(file), because: file.because })) };
}

/** An SDK, for a report. */
export function reportedSdk(use: SdkUse): ReportedSdk {
  const { line, packageName, ecosystem, version, range, sdk, verdict, minimum, source, because, notOnInstance, owners } = use;
  const paths = owners.length > 0 ? owners.map(({ node }) => node.path) : undefined;
  return { ...fileOf(use), line, packageName, ecosystem, version, range, sdk, verdict, minimum, source, because, notOnInstance, paths };
}

/** What is no finding, and why: SDKs of which nobody can tell, and those that are too old and on no instance. */
export function untold({ found }: ReportedSdks): readonly { readonly sdk: ReportedSdk; readonly why: string }[] {
  return found.flatMap(sdk => {
    const { verdict, because = '', notOnInstance } = sdk;
    const why = [...verdict === 'too old' ? ['it is too old'] : [because], ...notOnInstance === undefined ? [] : [notOnInstance]].join(', and ');
    return verdict === 'unknown' || (verdict === 'too old' && notOnInstance !== undefined) ? [{ sdk, why }] : [];
  });
}

/** What is outside of the assembly is named from the root of its repository, so that a viewer of sources finds it. */
function fileOf({ file, isInAssembly, location }: SdkFile): Pick<ReportedSdk, 'file' | 'isInAssembly'> {
  return isInAssembly ? { file, isInAssembly } : { file: slashed(fromSources(location)), isInAssembly };
}

/** The path of a file without the hash that its asset has for the moment. */
export function stableName(file: string): string {
  return file.replace(/(?:^|(?<=\/))asset\.[0-9a-f]{16,}/, 'asset');
}
