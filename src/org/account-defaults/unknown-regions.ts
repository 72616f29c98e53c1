import { Annotations, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { mostSimilar } from '../../model/nearest';
import { describeValue } from '../../model/setting';

/**
 * Warns about Regions that CDK does not know. They may be misspelt, and the deployment then fails before it sets anything. Or they are newer than
 * CDK.
 *
 * @param name the property that names them
 */
export function warnOfUnknownRegions(construct: Construct, name: string, regions: readonly string[] | undefined): void {
  if (regions === undefined || Token.isUnresolved(regions)) { return; }
  const known = RegionInfo.regions.map(region => region.name);
  for (const region of regions.filter(each => !Token.isUnresolved(each) && !known.includes(each))) {
    Annotations.of(construct).addWarningV2('Imdsv2::UnknownRegion',
      `${name} names ${describeValue(region)}, which CDK does not know: unless it is a new Region, use ${describeValue(mostSimilar(region, known))}`);
  }
}
