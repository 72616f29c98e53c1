import { rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { FileSystem } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { GuardRules } from '../../guard/guard-rules';
import type { ImdsGuardHookProps } from './guard-hook-props';

/** The place of the rules. */
export interface RuleFile {
  readonly bucket: IBucket;
  readonly key: string;
  /** The keys that the role of the hook can read. If the key depends on the rules, this also includes the keys of other rules. */
  readonly readableKeys: string;
  readonly version?: string;
  /** The hash of the asset with the rules, if they are an asset. */
  readonly assetHash?: string;
}

/** The rules of a hook: in the user's bucket, or in an asset, whose key depends on the rules. */
export function ruleFile(scope: Construct, { rulesBucket, rulesKey, rulesVersion, severity, maxHopLimit }: ImdsGuardHookProps): RuleFile {
  if (rulesBucket) { return { bucket: rulesBucket, key: rulesKey!, readableKeys: rulesKey!, version: rulesVersion }; }
  const { bucket, s3ObjectKey, assetHash } = assetOf(scope, GuardRules.render({ severity, maxHopLimit }));
  return { bucket, key: s3ObjectKey, readableKeys: '*.guard', assetHash };
}

/**
 * The rules as an asset. CDK copies its source when the asset is created, so the source can be deleted then.
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
