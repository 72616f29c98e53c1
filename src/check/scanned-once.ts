import type { IConstruct } from 'constructs';
import type { SdkFindings } from '../sdks/found-sdk';

/** The results of scans for an app, by the scanned folder. */
const KNOWN = new WeakMap<IConstruct, Map<string, SdkFindings>>();

/** The result of a scan. An app with several checks scans a folder once, as CDK also reads a folder only once. */
export function scannedOnce(root: IConstruct, key: string, scan: () => SdkFindings): SdkFindings {
  const known = KNOWN.get(root) ?? new Map<string, SdkFindings>();
  KNOWN.set(root, known);
  const found = known.get(key) ?? scan();
  known.set(key, found);
  return found;
}
