import type { Cause } from '../inspect/cause';
import type { Finding } from '../inspect/finding';
import type { SdkUse, SdkUses } from './sdk-uses';

/** An SDK that is too old. */
export function oldSdk({ name, line, packageName, range = '', version = range, sdk, minimum, source, unclear, hasItSince }: SdkUse): Finding {
  const isListed = source.startsWith('https://docs.aws.amazon.com/');
  return finding('Imdsv2::SdkTooOld', { kind: 'old SDK', file: name, line, packageName, version, sdk, minimum, isListed, unclear, hasItSince });
}

/** Of which SDKs nobody can tell, and what could not be read: once for all of them. */
export function unclearSdks({ unclear, unreadable }: SdkUses): readonly Finding[] {
  if (unclear.length + unreadable.length === 0) { return []; }
  const [sdk] = unclear;
  const [file] = unreadable;
  return [finding('Imdsv2::SdkUnknown', {
    kind: 'unclear SDKs',
    sdks: unclear.length,
    sdk: sdk && { file: sdk.name, line: sdk.line, packageName: sdk.packageName, because: sdk.because ?? '' },
    files: unreadable.length,
    file: file && { file: file.name, because: file.because },
  })];
}

function finding(rule: Finding['rule'], cause: Cause): Finding {
  return { rule, path: '', because: [cause] };
}
