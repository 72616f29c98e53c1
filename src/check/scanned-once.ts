import type { IConstruct } from 'constructs';
import type { SdkFindings } from '../sdks/found-sdk';

/** What was found for an app, by what was scanned. */
const KNOWN = new WeakMap<IConstruct, Map<string, SdkFindings>>();

/** What a scan finds: an app with more checks than one reads a folder once, as CDK takes a folder for what it was at first. */
export function scannedOnce(root: IConstruct, what: string, scan: () => SdkFindings): SdkFindings {
  const known = KNOWN.get(root) ?? new Map<string, SdkFindings>();
  KNOWN.set(root, known);
  const found = known.get(what) ?? scan();
  known.set(what, found);
  return found;
}
