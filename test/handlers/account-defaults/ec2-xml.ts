import { ec2Xml, element } from '../harness/xml';

/** The response of `DescribeRegions`. It contains disabled Regions only on request. */
export function regionsXml(regions: readonly { readonly name: string; readonly off?: boolean }[], all: boolean): string {
  const listed = regions.filter(({ off }) => all || !off);
  const items = listed.map(({ name, off }) => `<item>${element('regionName', name)}${element('regionEndpoint', `ec2.${name}.amazonaws.com`)}`
    + `${element('optInStatus', off ? 'not-opted-in' : optedIn(name))}</item>`);
  return ec2Xml('DescribeRegions', `<regionInfo>${items.join('')}</regionInfo>`);
}

/** The response of `GetInstanceMetadataDefaults`: elements in camel case, without those for unset values. */
export function answerXml(defaults: { readonly [field: string]: string }, policy: { readonly message?: string } | undefined): string {
  const elements = Object.entries(defaults).map(([field, value]) => element(`${field[0].toLowerCase()}${field.slice(1)}`, value));
  elements.push(element('managedBy', policy ? 'declarative-policy' : 'account'));
  if (policy?.message) { elements.push(element('managedExceptionMessage', policy.message)); }
  return ec2Xml('GetInstanceMetadataDefaults', `<accountLevel>${elements.join('')}</accountLevel>`);
}

/** Regions since 2019 need an opt-in, the others are always enabled. */
function optedIn(region: string): string {
  return ['af-south-1', 'me-south-1', 'ap-east-1'].includes(region) ? 'opted-in' : 'opt-in-not-required';
}
