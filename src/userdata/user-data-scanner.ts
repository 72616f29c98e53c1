import { describeValue } from '../model/setting';
import { callsOf } from './calls';
import { scanScripts } from './scan';
import { UserDataVerdict } from './user-data-scan';
import type { UserDataScan } from './user-data-scan';

/**
 * Finds the calls in user data that fail when IMDSv2 is required.
 *
 * It reads shell, PowerShell, Python, batch files, cloud-config and MIME documents, also in Base64 or compressed. It runs nothing.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html
 * @example
 * import { UserDataScanner } from 'cdk-imdsv2';
 *
 * const scan = UserDataScanner.scan('#!/bin/bash\nID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)\n');
 * const verdict = scan.verdict; // 'v1'
 * const command = scan.calls[0].rewritten; // the same command, with a token
 */
export class UserDataScanner {
  /**
   * Scans user data or any other script. It accepts any text.
   *
   * @param text the script, or the document that scripts are in
   * @throws Error if it is not a text
   */
  public static scan(text: string): UserDataScan {
    if (typeof text !== 'string') { throw new Error(`text must be a string, got ${describeValue(text)}`); }
    const scripts = scanScripts(text);
    const calls = scripts.flatMap(script => callsOf(script));
    const usesV2 = scripts.some(({ v2, tokens }) => v2 + tokens > 0);
    const [only, ...others] = scripts;
    const isOne = only?.language === 'shell' && others.length === 0 && only.text === text;
    return {
      verdict: calls.length > 0 ? UserDataVerdict.V1 : usesV2 ? UserDataVerdict.V2 : UserDataVerdict.NONE,
      calls: calls.sort((first, second) => first.line - second.line),
      rewritten: isOne && only.rewritten !== text ? only.rewritten : undefined,
      notes: [...new Set(scripts.flatMap(({ notes }) => notes))],
    };
  }

  private constructor() {}
}
