import { valueAt } from './logs-insights';

const COMPARISON = /^\{ \$\.(?<path>[A-Za-z0-9.]+) = "(?<text>[^"]*)" \}$/;

/**
 * Whether a log event matches a filter pattern of CloudWatch Logs. It supports one form: a JSON property with a text.
 *
 * Only CloudWatch can run these patterns, so this is written from its guide. A missing property does not match.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws Error if a pattern has another form
 */
export function filterMatches(pattern: string, event: object): boolean {
  const groups = COMPARISON.exec(pattern)?.groups;
  if (!groups) { throw new Error(`not known here: ${pattern}`); }
  return valueAt(event, groups.path) === groups.text;
}
