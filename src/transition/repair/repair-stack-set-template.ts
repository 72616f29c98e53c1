import { rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { CfnStackSet } from 'aws-cdk-lib';
import { CfnParameter, FileSystem } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { only } from '../../model/props';
import { checkKnown } from '../../org/stack-sets/check-known';
import { detachedTemplateBody } from '../../org/stack-sets/detached-template';
import { ImdsRepair } from './imds-repair';
import type { ImdsRepairStackSetProps } from './imds-repair-stack-set';
import { REPAIR_OPTIONS } from './repair-options';

/** Values that are tokens in the app, and parameters in the template. */
interface Given {
  readonly AlarmTopic?: string;
  readonly Records?: string;
}

/** The template of the stacks in all accounts and Regions, and the values of its parameters. */
export interface RepairTemplate {
  readonly templateUrl: string;
  readonly parameters: CfnStackSet.ParameterProperty[];
}

/** @throws Error if the selection is not known at synthesis, or the template gets too long */
export function repairTemplate(scope: Construct, props: ImdsRepairStackSetProps): RepairTemplate {
  const { selection, schedule, usage, alarmTopicArn } = props;
  checkKnown('selection', [selection._configRuleName, selection._tags]);
  checkKnown('schedule', schedule?.expressionString);
  const given: Given = { AlarmTopic: alarmTopicArn, Records: usage?.bucket.bucketName };
  const names = (Object.keys(given) as (keyof Given)[]).filter(name => given[name] !== undefined);
  const templateBody = detachedTemplateBody(stack => {
    const { AlarmTopic, Records }: Given = Object.fromEntries(names.map(name => [name, new CfnParameter(stack, name).valueAsString]));
    new ImdsRepair(stack, 'Repair', {
      ...only(props, REPAIR_OPTIONS),
      alarmTopicArn: AlarmTopic,
      ...Records !== undefined && { usage: ImdsRepair._usageIn(Bucket.fromBucketName(stack, 'UsageRecords', Records), usage!._quietDays) },
    });
  }, MAX_LENGTH);
  return { templateUrl: urlOf(scope, templateBody), parameters: names.map(name => ({ parameterKey: name, parameterValue: given[name]! })) };
}

/**
 * The URL of the template as an asset, because the definition of the state machine alone is too long for an inline template. If assets are not
 * staged, the file is used where it was written.
 */
function urlOf(scope: Construct, templateBody: string): string {
  const directory = FileSystem.mkdtemp('cdk-imdsv2-');
  try {
    const path = join(directory, 'repair.template.json');
    writeFileSync(path, templateBody);
    return new Asset(scope, 'Template', { path }).httpUrl;
  } finally {
    if (!scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT)) { rmSync(directory, { recursive: true, force: true }); }
  }
}

/** The longest template in S3 that CloudFormation accepts, in bytes. */
const MAX_LENGTH = 1_000_000;
