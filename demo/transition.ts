import { join } from 'path';
import { App } from 'aws-cdk-lib';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { ShopStack } from '../examples/transition/shop-stack';
import { ImdsUsage, Imdsv2 } from '../src';
import type { LauncherUsage, UsageRecord } from '../src/usage/usage-record';

/** A launcher of the example: its state in the record, and the result of `onlyWhereReady`. */
export interface TurnedOver {
  readonly name: string;
  readonly usage: LauncherUsage;
  readonly tokens: string;
}

const EXAMPLE = join(__dirname, '../examples/transition');

/** Synthesizes the shop of the example with its record. */
export function transitionExample(): readonly TurnedOver[] {
  const settings = { builtinCloudFormationValidation: false };
  const app = new App(settings);
  const shop = new ShopStack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  Imdsv2.enforce(shop, { onlyWhereReady: ImdsUsage.fromFile(join(EXAMPLE, 'imdsv1-usage.json')) });
  const [{ template }] = app.synth().stacks as CloudFormationStackArtifact[];
  const { Resources } = template as { readonly Resources: { readonly [id: string]: { readonly Properties: Properties } } };
  return launchers().map(usage => {
    const [{ logicalId: name }] = usage.resources;
    return { name, usage, tokens: Resources[name].Properties.MetadataOptions?.HttpTokens ?? 'unset' };
  });
}

interface Properties {
  readonly MetadataOptions?: { readonly HttpTokens?: string };
}

function launchers(): readonly LauncherUsage[] {
  const record = require(join(EXAMPLE, 'imdsv1-usage.json')) as UsageRecord; // eslint-disable-line @typescript-eslint/no-require-imports
  return record.regions.flatMap(region => region.launchers);
}
