import { plainText } from '../model/plain-text';
import { describe, describeValue } from '../model/setting';
import { joined, listed } from '../model/words';
import type { Rule } from '../policy/rule';
import type { RuleId } from '../policy/rules';
import { RULES } from '../policy/rules';
import type { Cause } from './cause';
import type { CauseOf } from './cause-text';
import { causeText, instanceTypesText, subnetsText, tagKeysText } from './cause-text';
import type { Finding, FoundValue, Want } from './finding';
import { sourceTitle } from './source-title';

/** As many launchers as a message names. */
const MOST_LAUNCHERS = 2;

/** The texts of findings, by rule. */
const TEXTS: { readonly [rule in RuleId]: (finding: Finding) => string } = {
  'Imdsv2::TokensRequired': tokensText,
  'Imdsv2::OptionsUnreadable': unreadableText,
  'Imdsv2::ValueNotAccepted': valueText,
  'Imdsv2::OptionsIgnored': finding => `${finding.path} has no effect, because ${causesText(finding)}`,
  'Imdsv2::CannotBeSet': causesText,
  'Imdsv2::LaunchSourceMissing': causesText,
  'Imdsv2::ReleaseTooOld': releaseText,
  'Imdsv2::ReplacesResource': causesText,
  'Imdsv2::NameBlocksReplacement': causesText,
  'Imdsv2::ReplacesFollower': causesText,
  'Imdsv2::VersionNotFollowed': causesText,
  'Imdsv2::LatestNotLookedUp': causesText,
  'Imdsv2::LaunchSourceUnknown': finding => `${causesText(finding)}, so it is unknown whether its instances require IMDSv2`,
  'Imdsv2::ContainerHopLimit': finding => finding.want ? valueText(finding) : `${finding.path} is too low for containers: ${causesText(finding)}`,
  'Imdsv2::HopLimitTooHigh': valueText,
  'Imdsv2::Ipv6NotSupported': valueText,
  'Imdsv2::TagKeyNotAllowed': valueText,
  'Imdsv2::EndpointNeeded': valueText,
  'Imdsv2::UserDataCallsImdsv1': callsText,
  'Imdsv2::StillUsesImdsv1': finding => `not changed, because ${launchersText(finding)}`,
  'Imdsv2::UsageUnknown': finding => `not changed, because it is unknown whether it uses IMDSv1: ${launchersText(finding)}`,
  'Imdsv2::Imdsv1Refused': launchersText,
  'Imdsv2::RequiredBeforeReady': finding => `requires IMDSv2, because the newest instances do already, but ${launchersText(finding)}`,
  'Imdsv2::SdkTooOld': causesText,
  'Imdsv2::SdkUnknown': causesText,
  'Imdsv2::ExemptionExpired': causesText,
  'Imdsv2::ExemptionExpiring': causesText,
  'Imdsv2::ExemptionWithoutEffect': finding => `the exemption from Imdsv2::TokensRequired has no effect here, because ${causesText(finding)}`,
  'Imdsv2::UnknownRule': causesText,
  'Imdsv2::StageNotEnforced': causesText,
  'Imdsv2::ChangedAfterEnforcement': causesText,
};

/** What is wrong, and where, in one line. Text of a template cannot end the line. */
export function findingText(finding: Finding): string {
  return plainText(TEXTS[finding.rule](finding));
}

/** What is wrong and where, what to do, and a link. */
export function adviceText(finding: Finding): string {
  return `${findingText(finding)}; ${shortFix(finding)} (${adviceOf(finding).see})`;
}

/** What to do about a finding, and a link: those of its rule, or those of a cause that knows better. */
export function adviceOf({ rule, want, because = [] }: Finding): Pick<Rule, 'fix' | 'see'> {
  if (rule === 'Imdsv2::TagKeyNotAllowed' && want?.kind === 'filled') {
    return { fix: 'change the tag key, or acknowledge: the tags stay out of the metadata', see: RULES[rule].see };
  }
  for (let index = 0; index < because.length; index++) {
    const cause = because[index];
    switch (cause.kind) {
      case 'does not count': return { fix: cause.countsWith.remedy, see: cause.countsWith.source };
      case 'replacement avoided': return { fix: 'deploy without avoidReplacement when the replacement is acceptable', see: RULES['Imdsv2::ReplacesResource'].see };
      case 'made at deployment': return { fix: 'write the resources in the template, or require IMDSv2 in the resources that it creates, and acknowledge', see: RULES[rule].see };
      case 'old release': return { fix: `use ${cause.accepted}, or acknowledge that the instances allow IMDSv1`, see: RULES[rule].see };
      case 'version': return { fix: RULES[rule].fix, see: cause.source ?? RULES[rule].see };
      case 'fixed hop limit': return { fix: 'exempt it from Imdsv2::TokensRequired, or apply ContainerHost.no() if no container needs metadata', see: RULES[rule].see };
    }
  }
  return RULES[rule];
}

/** What to do about a finding, after the text on what is wrong. It is shorter if that text says a part of it. */
function shortFix(finding: Finding): string {
  const { rule, because: [cause] = [] } = finding;
  if (rule === 'Imdsv2::LaunchSourceMissing' && cause) { return 'or require IMDSv2 by the account default or a declarative policy, and acknowledge'; }
  const isLeftRunning = cause?.kind === 'replacement' && cause.launchers.length > 0 && cause.launchers.every(({ effect }) => effect === 'stays');
  return isLeftRunning ? 'start an instance refresh after the deployment, and acknowledge' : adviceOf(finding).fix;
}

function valueText(finding: Finding): string {
  const { path, got = [], want, because = [] } = finding;
  const isShown = got.length > 0 && want?.kind !== 'other' && want?.kind !== 'filled';
  return `${path} ${wantText(want)}${isShown ? `, got ${gotText(got)}` : ''}${because.length > 0 ? `, because ${causesText(finding)}` : ''}`;
}

function tokensText(finding: Finding): string {
  const { path, got = [], because = [] } = finding;
  return because.some(({ kind }) => kind === 'not checked')
    ? `${path} names ${causesText(finding)} and does not require tokens: got ${gotText(got)}`
    : valueText(finding);
}

function unreadableText(finding: Finding): string {
  const { path, got: [value] = [] } = finding;
  switch (value?.kind) {
    case 'unset': return `${path} is missing, so the library cannot require IMDSv2 here`;
    case 'unknown': return `${path} is only known at deployment (${value.reason}), so the library cannot require IMDSv2 here`;
    case 'set': return `${path} must be an object with metadata options, got ${describeValue(value.value)}`;
    case undefined: return causesText(finding);
  }
}

function releaseText(finding: Finding): string {
  const { path, want } = finding;
  return want?.kind === 'accepted' ? `${path} cannot be ${want.values}, because ${causesText(finding)}` : `${path} ${causesText(finding)}`;
}

/** The first call, and the lines of the others: what to write instead is in the report. */
function callsText({ path, because = [] }: Finding): string {
  const calls = because.filter(cause => cause.kind === 'call');
  const [first, ...others] = [...calls].sort((one, other) => Number(one.certainty === 'fallback') - Number(other.certainty === 'fallback'));
  if (!first) { return `${path} calls IMDSv1`; }
  const more = others.length === 0 ? '' : `; so ${others.length > 1 ? 'do lines' : 'does line'} ${listed(others.map(({ line }) => String(line)))}`;
  return `${path} calls IMDSv1 in ${causeText(first, undefined)}${more}`;
}

function causesText({ because = [], resource }: Finding): string {
  const [subnets, keys, types] = [ofKind('subnet', because), ofKind('tag key', because), ofKind('instance type', because)];
  const texts = because.map(cause => {
    switch (cause.kind) {
      case 'subnet': return subnetsText(subnets.map(subnet => subnet.resource));
      case 'tag key': return tagKeysText(keys.filter(key => key.resource === cause.resource), resource);
      case 'instance type': return instanceTypesText(types.filter(({ virtualization }) => virtualization === cause.virtualization));
      default: return causeText(cause, resource);
    }
  });
  return joined([...new Set(texts)]);
}

function ofKind<Kind extends Cause['kind']>(kind: Kind, causes: readonly Cause[]): CauseOf<Kind>[] {
  return causes.filter((cause): cause is CauseOf<Kind> => cause.kind === kind);
}

/** The first launchers: a message has two lines. */
function launchersText({ because = [], resource }: Finding): string {
  const texts = [...new Set(because.map(cause => causeText(cause, resource)))];
  return `${texts.slice(0, MOST_LAUNCHERS).join('; ')}${texts.length > MOST_LAUNCHERS ? `; and ${texts.length - MOST_LAUNCHERS} more` : ''}`;
}

function wantText(want: Want | undefined): string {
  switch (want?.kind) {
    case 'accepted': return `must be ${want.values}`;
    case 'at least': return `must be at least ${want.hops}`;
    case 'at most': return `must be at most ${want.hops}`;
    case 'other': return `must not be ${describeValue(want.than)}`;
    case 'filled': return `was not set to ${describeValue(want.value)}`;
    case undefined: return 'is wrong';
  }
}

/** Values in words, each once, with where those that are inherited come from. */
function gotText(got: readonly FoundValue[]): string {
  return [...new Set(got.map(value => `${value.kind === 'unset' && value.from ? 'nothing' : describe([value])}${originText(value)}`))].join(' or ');
}

function originText({ from }: FoundValue): string {
  if (!from) { return ''; }
  return ` from ${sourceTitle(from.type)} '${from.resource}'${from.version ? ` (${from.version} may differ)` : ''}`;
}
