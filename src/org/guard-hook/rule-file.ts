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
  /** The keys that the role of the hook may read: those of other rules as well where `key` follows from the rules. */
  readonly readableKeys: string;
  readonly version?: string;
  /** The hash of the asset that the rules are in, if they are in one. */
  readonly assetHash?: string;
}

/** The rules of a hook: in the user's bucket, or in an asset, whose key depends on the rules. */
export function ruleFile(scope: Construct, { rulesBucket, rulesKey, rulesVersion, severity, maxHopLimit }: ImdsGuardHookProps): RuleFile {
  if (rulesBucket) { return { bucket: rulesBucket, key: rulesKey!, readableKeys: rulesKey!, version: rulesVersion }; }
  const { bucket, s3ObjectKey, assetHash } = assetOf(scope, GuardRules.render({ severity, maxHopLimit }));
  return { bucket, key: s3ObjectKey, readableKeys: '*.guard', assetHash };
}

/**
 * An asset is staged when it is made: its source may go then.
 *
 * @throws Error if the synthesizer of the stack does not support assets
 */
function assetOf(scope: Construct, rules: string): Asset {
  const directory = FileSystem.mkdtemp('imdsv2-guard-hook');
  try {
    const path = join(directory, 'imdsv2.guard');
    writeFileSync(path, rules);
    return new Asset(scope, 'Rules', { path });
  } catch (error) {
    throw new Error(`rulesBucket and rulesKey must be given where the stack can hold no asset with the rules: ${(error as Error).message}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
