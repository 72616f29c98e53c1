import { Annotations, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
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
      `${name} names ${describeValue(region)}, which CDK does not know: unless it is a new Region, use ${describeValue(nearest(region, known))}`);
  }
}

function nearest(text: string, known: readonly string[]): string {
  const distances = known.map(each => distance(text, each));
  return known[distances.indexOf(Math.min(...distances))];
}

/** The number of characters to add, remove or replace to get from one text to the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, character] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, wanted] of [...other].entries()) {
      next.push(Math.min(next[column] + 1, row[column + 1] + 1, row[column] + (character === wanted ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}
