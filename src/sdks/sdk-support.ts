import { TEXT, checkValue, known, required } from '../model/kinds';
import { judged } from './known-sdk';
import { findSdk, nearestSdk } from './named-sdk';
import { scanFolder } from './scan';
import type { SdkScan } from './sdk-scan';
import { SDKS } from './sdk-table';
import { SdkSupportVerdict } from './sdk-verdict';
import type { SdkMinimum, SdkVersionCheck } from './sdk-verdict';

/**
 * The versions of SDKs and tools that support IMDSv2.
 *
 * An older SDK fails when IMDSv2 is required: it gets no credentials of the role, or no Region.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-a-supported-sdk-version-for-imdsv2.html
 * @example
 * import { SdkSupport } from 'cdk-imdsv2';
 *
 * const check = SdkSupport.check('boto3', '1.9.253');
 * const verdict = check.verdict; // 'too old'
 * const minimum = check.minimum; // '1.12.6'
 */
export class SdkSupport {
  /**
   * Whether a version of an SDK supports IMDSv2.
   *
   * @param sdk a package such as `boto3`, `com.amazonaws:aws-java-sdk-core` or `github.com/aws/aws-sdk-go`, with its ecosystem before it where several have
   * one (`gem:aws-sdk`); a package URL such as `pkg:npm/aws-sdk`; or the name that AWS has for it, such as `AWS SDK for Java`
   * @param version the version, as the package manager has it
   * @throws Error if one of them is not a text
   */
  public static check(sdk: string, version: string): SdkVersionCheck {
    checkValue('sdk', sdk, required(known(TEXT)));
    checkValue('version', version, required(known(TEXT)));
    const found = findSdk(sdk);
    if (!found) { return { verdict: SdkSupportVerdict.UNKNOWN, because: notKnown(sdk) }; }
    const { name, minimum, source } = found.sdk;
    const judgement = judged(found.sdk, found.ecosystem, version);
    const because = judgement.verdict === 'unknown' ? judgement.because : undefined;
    return { verdict: VERDICTS[judgement.verdict], sdk: name, minimum, source, because };
  }

  /** Every known SDK, with the first version that supports IMDSv2. */
  public static minimums(): SdkMinimum[] {
    return SDKS.map(({ name, packages, minimum, source }) => ({
      sdk: name,
      packages: Object.entries(packages).flatMap(([ecosystem, names]) => names.map(each => `${ecosystem}:${each}`)),
      minimum,
      source,
    }));
  }

  /**
   * Finds SDKs in the files of a folder that name packages: lock files, requirements, projects, bills of materials, installed packages and programs
   * that SDKs were bundled into. If a file does not give one version, it is unknown.
   *
   * It only reads files, and does not follow links.
   *
   * @param directory the folder, from the directory in which the app runs
   * @throws Error if the folder does not exist
   */
  public static scan(directory: string): SdkScan {
    checkValue('directory', directory, required(known(TEXT)));
    const { found, unreadable } = scanFolder(directory);
    const sdks = found.map(({ unclear: _, hasItSince: __, ...each }) => ({ ...each, verdict: VERDICTS[each.verdict] }));
    return { sdks, unreadable: [...unreadable] };
  }

  private constructor() {}
}

function notKnown(sdk: string): string {
  const meant = nearestSdk(sdk);
  return `no SDK with this name is known${meant === undefined ? '' : `: did you mean '${meant}'`}`;
}

const VERDICTS = { 'supported': SdkSupportVerdict.SUPPORTED, 'too old': SdkSupportVerdict.TOO_OLD, 'unknown': SdkSupportVerdict.UNKNOWN } as const;
