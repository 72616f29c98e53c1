import type { Severity } from '../policy/rule';
import type { RuleId } from '../policy/rules';
import { RECORDS } from '../resources/all-records';
import type { Carrier, ConfigSpelling } from '../resources/record';
import { acceptedValues } from './accepted-values';
import { messageOf } from './guard-rule';
import { ruleName } from './names';

const ABOUT = `# Guard rules that require IMDSv2 in what AWS Config records, for AWS Config custom policy rules (guard-2.x.x). Written by GuardRules of cdk-imdsv2.
# A configuration item is one resource as it is: no conditions, no parameters. Other types do not have their metadata options in it.`;

/** The rules for configuration items of AWS Config, of all types or of one. */
export function configFile(severities: readonly Severity[], maxHopLimit: number, type?: string): string {
  const records = RECORDS.filter(record => type === undefined || record.type === type);
  const rules = records.flatMap(({ carriers, configSpelling }) => configSpelling ? carriers.flatMap(carrier => [
    ...severities.includes('error') ? [tokensRule(carrier, configSpelling)] : [],
    ...severities.includes('warning') ? [hopLimitRule(carrier, configSpelling, maxHopLimit)] : [],
  ]) : []);
  return [ABOUT, ...rules].join('\n\n') + '\n';
}

function tokensRule(carrier: Carrier, spelling: ConfigSpelling): string {
  const { tokens } = carrier.dialect.fields;
  const place = placeOf(carrier, tokens.key, spelling);
  return print(carrier, 'tokens_required', 'Imdsv2::TokensRequired', `${place} IN ${acceptedValues('tokens', tokens).list}`,
    `${place} must be ${tokens.accepted}`);
}

function hopLimitRule(carrier: Carrier, spelling: ConfigSpelling, max: number): string {
  const place = placeOf(carrier, carrier.dialect.fields.hopLimit!.key, spelling);
  return print(carrier, 'hop_limit_at_most', 'Imdsv2::HopLimitTooHigh', `${place} !exists or ${place} <= ${max}`, `${place} must be at most ${max}`);
}

function print({ type }: Carrier, subject: string, id: RuleId, clause: string, words: string): string {
  const when = `resourceType == '${type}' configurationItemStatus != /^ResourceDeleted/`;
  const message = messageOf({ id, words }).filter(line => !line.includes('Fix:')).map(line => `  ${line}`).join('\n');
  return `# ${id}: ${type}\nrule ${ruleName(subject, type)} when ${when} {\n  ${clause}\n${message}\n}`;
}

function placeOf({ block }: Carrier, key: string, spelling: ConfigSpelling): string {
  const names = [...block.split('.'), key];
  const spelled = spelling === 'camel case' ? names.map(name => name[0].toLowerCase() + name.slice(1)) : names;
  return ['configuration', ...spelled].join('.');
}
