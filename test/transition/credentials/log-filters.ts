import { valueAt } from './logs-insights';

const COMPARISON = /^\{ \$\.(?<path>[A-Za-z0-9.]+) = "(?<text>[^"]*)" \}$/;

/**
 * Whether a log event matches a filter pattern of CloudWatch Logs, for the one form that is used here: a property of JSON that is a text.
 *
 * Nobody but CloudWatch runs these, so this is written after its guide. A property that is missing matches nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws Error where a pattern has another form
 */
export function filterMatches(pattern: string, event: object): boolean {
  const groups = COMPARISON.exec(pattern)?.groups;
  if (!groups) { throw new Error(`not known here: ${pattern}`); }
  return valueAt(event, groups.path) === groups.text;
}
