import { readFileSync } from 'fs';
import { join } from 'path';
import { Validations } from 'aws-cdk-lib';
import { FailOn, ImdsReport, Imdsv2 } from '../../src';
import type { RuleId } from '../../src/policy/rules';
import type { Report, Totals } from '../../src/report/report';
import { scratchApp } from '../harness/scratch-app';
import { RULE_CASES } from '../rules/cases';

/** The rules about resources that do not require tokens, or with an unknown result. */
const ABOUT_TOKENS: readonly RuleId[] = [
  'Imdsv2::TokensRequired',
  'Imdsv2::OptionsUnreadable',
  'Imdsv2::CannotBeSet',
  'Imdsv2::LaunchSourceMissing',
  'Imdsv2::LaunchSourceUnknown',
  'Imdsv2::VersionNotFollowed',
  'Imdsv2::ReleaseTooOld',
];

/** The totals of a rule's bad example, with an acknowledgement and without. */
function totalsOf(id: RuleId, isAcknowledged: boolean): Totals {
  const app = scratchApp();
  RULE_CASES.find(each => each.id === id)!.bad(app);
  if (isAcknowledged) { Validations.of(app).acknowledge({ id, reason: 'known' }); }
  Imdsv2.check(app, { failOn: FailOn.NEVER, reports: [ImdsReport.json()] });
  const { totals } = JSON.parse(readFileSync(join(app.synth().directory, 'imdsv2-report.json'), 'utf8')) as Report;
  return totals;
}

test.each(ABOUT_TOKENS)('a resource that is exempt from %s counts as exempt', id => {
  expect(totalsOf(id, false).exempt).toBe(0);
  expect(totalsOf(id, true).exempt).toBe(1);
});

test('a resource that requires tokens, and is exempt from another rule, does not count as exempt', () => {
  expect(totalsOf('Imdsv2::HopLimitTooHigh', true)).toMatchObject({ required: 1, exempt: 0 });
});
