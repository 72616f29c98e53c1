import { existsSync } from 'fs';
import { join } from 'path';
import { adviceText } from '../../src/inspect/finding-text';
import type { Framework } from '../../src/policy/controls';
import { RULES } from '../../src/policy/rules';

const ROOT = join(__dirname, '../..');

/** The public ids. A released id is never removed, and never changes its meaning. */
const IDS = [
  'Imdsv2::TokensRequired',
  'Imdsv2::StillUsesImdsv1',
  'Imdsv2::UsageUnknown',
  'Imdsv2::Imdsv1Refused',
  'Imdsv2::RequiredBeforeReady',
  'Imdsv2::OptionsUnreadable',
  'Imdsv2::ValueNotAccepted',
  'Imdsv2::OptionsIgnored',
  'Imdsv2::CannotBeSet',
  'Imdsv2::LaunchSourceMissing',
  'Imdsv2::ReleaseTooOld',
  'Imdsv2::ReplacesResource',
  'Imdsv2::NameBlocksReplacement',
  'Imdsv2::ReplacesFollower',
  'Imdsv2::VersionNotFollowed',
  'Imdsv2::LatestNotLookedUp',
  'Imdsv2::LaunchSourceUnknown',
  'Imdsv2::ContainerHopLimit',
  'Imdsv2::HopLimitTooHigh',
  'Imdsv2::Ipv6NotSupported',
  'Imdsv2::TagKeyNotAllowed',
  'Imdsv2::EndpointNeeded',
  'Imdsv2::UserDataCallsImdsv1',
  'Imdsv2::SdkTooOld',
  'Imdsv2::SdkUnknown',
  'Imdsv2::ExemptionExpired',
  'Imdsv2::ExemptionExpiring',
  'Imdsv2::ExemptionWithoutEffect',
  'Imdsv2::UnknownRule',
  'Imdsv2::StageNotEnforced',
  'Imdsv2::ChangedAfterEnforcement',
];

/** The spelling of control ids in each framework. */
const SPELLINGS: { readonly [framework in Framework]: RegExp } = {
  'AWS Security Hub': /^(EC2|AutoScaling)\.[1-9]\d*$/,
  'AWS Security Hub exposure': /^The EC2 instance [\w ]+$/,
  'AWS Control Tower': /^CT\.(EC2|AUTOSCALING)\.PR\.[1-9]\d*$/,
  'AWS Config': /^[A-Z0-9]+(_[A-Z0-9]+)+$/,
  'CIS AWS Foundations Benchmark': /^\d\.\d$/,
  'cdk-nag': /^(HIPAA\.Security|NIST\.800\.53\.R[45])-EC2IMDSv2Enabled$/,
  'Checkov': /^CKV_AWS_\d+$/,
  'Trivy': /^AWS-\d{4}$/,
  'KICS': /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  'Prowler': /^[a-z0-9]+(_[a-z0-9]+)+$/,
};

const CONTROLS = Object.values(RULES).flatMap(({ controls = [] }) => controls);

describe('the rules', () => {
  test('have the public ids', () => {
    expect(Object.keys(RULES).sort()).toEqual([...IDS].sort());
  });

  test.each(Object.entries(RULES))('%s has a requirement in lower case, an advice and a link', (id, { title, fix, see }) => {
    expect(id).toMatch(/^Imdsv2::[A-Z][A-Za-z0-9]+$/);
    for (const text of [title, fix]) { expect(text).toMatch(/^[a-z].*[^.]$/); }
    const { protocol, hostname, pathname } = new URL(see);
    const own = /^\/cdk-imdsv2\/cdk-imdsv2\/blob\/main\/(docs\/[\w-]+\.md)$/.exec(pathname)?.[1];
    expect(protocol).toBe('https:');
    expect(hostname === 'docs.aws.amazon.com' || (hostname === 'github.com' && own !== undefined && existsSync(join(ROOT, own)))).toBe(true);
  });

  test.each(Object.entries(RULES))('%s explains the problem in two to seven short sentences', (_, { explanation }) => {
    const sentences = explanation.split(/(?<=\.) /);
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(sentences.length).toBeLessThanOrEqual(7);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
      expect(sentence.split(' ').length).toBeLessThanOrEqual(30);
    }
  });

  test('have different explanations', () => {
    const explanations = Object.values(RULES).map(({ explanation }) => explanation);
    expect(new Set(explanations).size).toBe(explanations.length);
  });

  test('have different titles', () => {
    const titles = Object.values(RULES).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('the controls', () => {
  test.each(CONTROLS)('$framework $id has the spelling of its framework, and a note', ({ framework, id, note }) => {
    expect(id).toMatch(SPELLINGS[framework]);
    expect(note).toMatch(/^[a-zA-Z0-9].*[^.]$/);
  });

  test('are named once', () => {
    const names = CONTROLS.map(({ framework, id }) => `${framework} ${id}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test.each(Object.keys(SPELLINGS))('of %s are among them', framework => {
    expect(CONTROLS.map(control => control.framework)).toContain(framework);
  });
});

test('a finding has the fault, the advice and a link', () => {
  expect(adviceText({ rule: 'Imdsv2::TokensRequired', path: 'A.B', want: { kind: 'accepted', values: "'required'" }, got: [{ kind: 'unset' }] })).toBe(
    "A.B must be 'required', got unset; set HttpTokens to 'required', or set the equivalent property of the service "
    + '(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html)',
  );
});
