import { replaced } from './statement-json';

const SEGMENTS = ['arn', 'partition', 'service', 'Region', 'account', 'name'];

/** The value that replaces a wildcard: that of most requests. */
const USUAL: Readonly<Record<string, string>> = { partition: 'aws', Region: 'eu-west-1', account: '111122223333' };

/** A pattern of ARNs with one changed segment. The service does not change, because no other has resources of the actions. */
export function changedArns(pattern: string): [change: string, changed: string][] {
  const segments = split(pattern);
  return SEGMENTS.flatMap((name, index) => changedSegments(name, segments[index])
    .map(([change, value]): [string, string] => [`${name} ${change}`, replaced(segments, index, value).join(':')]));
}

function changedSegments(name: string, value: string): [string, string][] {
  if (name === 'arn' || name === 'service' || value === '') { return []; }
  if (name === 'name') {
    return [
      ['any', '*'],
      ['other', `other${value}`],
      ...value.endsWith('*') ? [['without the wildcard at its end', value.slice(0, -1)] as [string, string]] : [['and more', `${value}*`] as [string, string]],
    ];
  }
  return value === '*' ? [[`${USUAL[name]} alone`, USUAL[name]]] : [['any', '*']];
}

function split(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
