import type { ImdsConfigRule } from '../src/transition/config/imds-config-rule';
import { capitalized, code, table } from './markdown';

const MARKS = { first: '<!-- the rules: written by `npm run docs` out of src/transition/config/config-rule-data.ts -->', last: '<!-- end of the rules -->' };

/** The page with the rules as they are now. */
export function withConfigRules(page: string, rules: readonly ImdsConfigRule[]): string {
  const [before] = page.split(MARKS.first);
  const after = page.slice(page.indexOf(MARKS.last));
  const [managed, own] = [rules.filter(({ identifier }) => identifier !== undefined), rules.filter(({ identifier }) => identifier === undefined)];
  const text = [
    table(['Managed rule', 'Resource type', 'Parameter', 'Does not see', 'Not available in', 'Rule used there'], managed.map(managedRow)),
    table(['Guard rule of this library', 'Resource type', 'Does not see'], own.map(ownRow)),
  ].join('\n\n');
  return `${before}${MARKS.first}\n\n${text}\n\n${after}`;
}

function managedRow(rule: ImdsConfigRule): readonly string[] {
  const { identifier, documentation, parameters, regionsWithout, standIn } = rule;
  return [
    `[${code(identifier!)}](${documentation})`, code(rule.resourceType), parameters.map(code).join(', '), blindSpots(rule), regionsWithout.join(', '),
    standIn ? code(standIn.name) : '',
  ];
}

function ownRow(rule: ImdsConfigRule): readonly string[] {
  return [code(rule.name), code(rule.resourceType), blindSpots(rule)];
}

function blindSpots({ blindSpots: spots }: ImdsConfigRule): string {
  return capitalized(spots.join('. ').replace(/\. \w/g, start => start.toUpperCase()));
}
