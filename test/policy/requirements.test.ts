import type { RequirementId } from '../../src/policy/requirements';
import { REQUIREMENTS, explain } from '../../src/policy/requirements';

/** The public ids. One that has been released is never taken away and never means anything else. */
const IDS = [
  'Imdsv2::TokensRequired',
  'Imdsv2::OptionsUnreadable',
  'Imdsv2::ValueNotAccepted',
  'Imdsv2::CannotBeSet',
  'Imdsv2::ReplacesResource',
  'Imdsv2::ReplacesFollower',
  'Imdsv2::VersionNotFollowed',
  'Imdsv2::LaunchSourceUnknown',
  'Imdsv2::ContainerHopLimit',
  'Imdsv2::HopLimitTooHigh',
  'Imdsv2::Ipv6NotSupported',
  'Imdsv2::TagKeyNotAllowed',
  'Imdsv2::EndpointNeeded',
  'Imdsv2::ExemptionExpired',
  'Imdsv2::ExemptionExpiring',
  'Imdsv2::StageNotEnforced',
  'Imdsv2::ChangedAfterEnforcement',
];

describe('the requirements', () => {
  test('have the ids that are public', () => {
    expect(Object.keys(REQUIREMENTS).sort()).toEqual([...IDS].sort());
  });

  test.each(Object.entries(REQUIREMENTS))('%s says in lower case what must hold and what to do, and where to read on', (id, { title, fix, see }) => {
    expect(id).toMatch(/^Imdsv2::[A-Z][A-Za-z0-9]+$/);
    for (const text of [title, fix]) { expect(text).toMatch(/^[a-z].*[^.]$/); }
    expect(new URL(see)).toMatchObject({ protocol: 'https:', hostname: 'docs.aws.amazon.com' });
  });

  test('have titles of their own', () => {
    const titles = Object.values(REQUIREMENTS).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

test.each(Object.keys(REQUIREMENTS) as RequirementId[])('a finding of %s is explained: what is wrong, what to do, where to read on', id => {
  const { fix, see } = REQUIREMENTS[id];
  expect(explain({ id, path: 'A.B', message: 'A.B must be 1, got 2' })).toBe(`A.B must be 1, got 2; ${fix} (${see})`);
});
