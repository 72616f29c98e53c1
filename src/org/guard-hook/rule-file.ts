import { rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { FileSystem } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { GuardRules } from '../../guard/guard-rules';
import type { ImdsGuardHookProps } from './guard-hook-props';

/** Where a hook finds its rules. */
export interface RuleFile {
  readonly bucket: IBucket;
  readonly key: string;
  readonly version?: string;
}

/** The rules of a hook: in the user's bucket, or written into an asset, whose key follows from the rules. */
export function ruleFile(scope: Construct, { rulesBucket, rulesKey, rulesVersion, severity, maxHopLimit }: ImdsGuardHookProps): RuleFile {
  if (rulesBucket) { return { bucket: rulesBucket, key: rulesKey!, version: rulesVersion }; }
  const { bucket, s3ObjectKey } = assetOf(scope, GuardRules.render({ severity, maxHopLimit }));
  return { bucket, key: s3ObjectKey };
}

/** An asset is staged when it is made: its source may go then. */
function assetOf(scope: Construct, rules: string): Asset {
  const directory = FileSystem.mkdtemp('imdsv2-guard-hook');
  try {
    const path = join(directory, 'imdsv2.guard');
    writeFileSync(path, rules);
    return new Asset(scope, 'Rules', { path });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
