import type { SdkFile, SdkUse, SdkUses } from '../check/sdk-uses';
import { slashed } from './artifact-uri';
import type { ReportedSdk, ReportedSdks } from './report';
import { fromSources } from './source-root';

/** The SDKs that a check found, for a report. */
export function reportedSdks({ found, unreadable }: SdkUses): ReportedSdks {
  return { found: found.map(reportedSdk), unreadable: unreadable.map(file => ({ ...fileOf(file), because: file.because })) };
}

/** An SDK, for a report. */
export function reportedSdk(use: SdkUse): ReportedSdk {
  const { line, packageName, ecosystem, version, sdk, verdict, minimum, source, because, owners } = use;
  const paths = owners.length > 0 ? owners.map(({ node }) => node.path) : undefined;
  return { ...fileOf(use), line, packageName, ecosystem, version, sdk, verdict, minimum, source, because, paths };
}

/** What is outside of the assembly is named from the root of its repository, so that a viewer of sources finds it. */
function fileOf({ file, isInAssembly, location }: SdkFile): Pick<ReportedSdk, 'file' | 'isInAssembly'> {
  return isInAssembly ? { file, isInAssembly } : { file: slashed(fromSources(location)), isInAssembly };
}
