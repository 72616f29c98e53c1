import type { ContainerEvidence } from '../launch/container-evidence';
import type { UpdateEffect } from '../launch/update-effects';
import { grouped } from '../model/grouped';
import { suggestion } from '../model/nearest';
import { describe, describeValue } from '../model/setting';
import { joined, listed } from '../model/words';
import type { Cause, EndOfExemption } from './cause';
import { sourceTitle } from './source-title';

/** As many subnets as a message names. */
const MOST_SUBNETS = 2;

/** A kind of cause. */
export type CauseOf<Kind extends Cause['kind']> = Extract<Cause, { readonly kind: Kind }>;

/**
 * A cause in words.
 *
 * @param about the resource that the finding is about: it need not be named
 */
export function causeText(cause: Cause, about: string | undefined): string {
  switch (cause.kind) {
    case 'containers': return `containers run on its instances (${evidencesText(cause.evidence)})`;
    case 'instance type': return instanceTypesText([cause]);
    case 'unknown instance type': return `the instance type is only known at deployment (${cause.reason})`;
    case 'no instance type': return 'the app sets no instance type';
    case 'subnet': return subnetsText([cause.resource]);
    case 'tag key': return tagKeysText([cause], about);
    case 'unknown tag key': return `a tag key${inResource(cause.resource, about)} is only known at deployment (${cause.reason})`;
    case 'need': return `'${cause.resource}' has ${cause.property}`;
    case 'outside': return `${cause.path} names ${sourceTitle(cause.type, 'a')} that is not in this app (${describeValue(cause.name)})`;
    case 'unknown source': return `${cause.path} names ${sourceTitle(cause.type, 'a')} that is only known at deployment (${cause.name})`;
    case 'not checked': return 'a resource that this check does not cover';
    case 'version': return versionText(cause);
    case 'no property': return noPropertyText(cause);
    case 'fixed hop limit': return `when tokens are required, the service sets a fixed hop limit of ${cause.hops}`;
    case 'does not count': return notCountingText(cause);
    case 'old release': return `'${cause.release}'${inResource(cause.resource, about)} does not support IMDSv2`;
    case 'does not start': return `'${cause.source}' requires IMDSv2, so the cluster does not start`;
    case 'replacement': return replacementText(cause);
    case 'fixed name': return `${changeText(cause)}: CloudFormation must replace the resource, but cannot while the template sets ${cause.property}, `
      + 'so the update of a deployed stack fails';
    case 'replacement avoided': return avoidedText(cause, about);
    case 'usage': return usageText(cause);
    case 'no usage known': return `${cause.reason}${inResource(cause.resource, about)}`;
    case 'call': return `line ${cause.line} (${oneLine(cause.command)}): ${cause.reason}${cause.certainty === 'fallback' ? ', only after IMDSv2 has failed' : ''}`;
    case 'made at deployment': return `${cause.subject} cannot be read: CloudFormation creates resources from it at deployment, and any of them may launch instances`;
    case 'error': return `${cause.subject} cannot be read: ${cause.error}`;
    case 'old SDK': return oldSdkText(cause);
    case 'unclear SDKs': return unclearSdksText(cause);
    case 'exemption': return exemptionText(cause.exemption);
    case 'not exempt': return `its tokens come from ${sourceTitle(cause.type)} '${cause.resource}', which is not exempt`;
    case 'no rule': return `${describeValue(cause.id)} is acknowledged, but no rule has this id, so the acknowledgement has no effect${suggestion(cause.nearest)}`;
    case 'missed': return `Imdsv2.enforce() did not reach '${cause.scope}', which was created after the call or synthesized before it, `
      + `as by addStage() of CDK Pipelines: it would change ${listed(cause.resources)}`;
    case 'weakened': return `tokens are not required on ${listed(cause.resources)}: an aspect changed or added it after enforcement visited it, `
      + 'or its class ignores what is written to it';
    case 'outdated': return `an aspect changed what ${listed(cause.resources)} is used for after enforcement visited it: `
      + 'the hop limit is too low for its containers, or its launch fails';
  }
}

/** Instance types of one virtualization that do not have IPv6, in one clause. */
export function instanceTypesText(causes: readonly CauseOf<'instance type'>[]): string {
  const types = listed(causes.map(({ type }) => `'${type}'`));
  const nitro = causes[0].virtualization === 'xen' ? 'Nitro instance type' : 'known Nitro instance type';
  return causes.length === 1 ? `${types} is not a ${nitro}` : `${types} are not ${nitro}s`;
}

/** Tag keys of one resource that metadata cannot have, in one clause. */
export function tagKeysText(causes: readonly CauseOf<'tag key'>[], about: string | undefined): string {
  const keys = `${listed(causes.map(({ key }) => `'${key}'`))}${inResource(causes[0].resource, about)}`;
  return causes.length === 1 ? `the tag key ${keys} is not allowed in instance metadata` : `the tag keys ${keys} are not allowed in instance metadata`;
}

/** Subnets without IPv6: a message names the first ones. */
export function subnetsText(subnets: readonly string[]): string {
  const named = subnets.slice(0, MOST_SUBNETS).map(subnet => `'${subnet}'`);
  const others = subnets.length - named.length;
  if (subnets.length === 1) { return `the subnet ${named[0]} has no IPv6`; }
  return `the subnets ${listed(others > 0 ? [...named, `${others} more`] : named)} have no IPv6`;
}

/** The signs of containers on instances, in words. */
export function evidenceText(evidence: ContainerEvidence): string {
  switch (evidence.kind) {
    case 'service': return `the ${evidence.service} '${evidence.resource}'`;
    case 'ContainerHost': return `ContainerHost was applied to '${evidence.resource}'`;
    case 'agent': return `${evidence.place} configures the ${evidence.agent} (${evidence.sign})${inResource(evidence.resource)}`;
    case 'command': return `${evidence.place} starts containers (${evidence.command})${inResource(evidence.resource)}`;
    case 'image': return `the image is ${evidence.image}${inResource(evidence.resource)}`;
  }
}

/** The first sign of containers, and the number of others. An image alone is a weak sign. */
export function evidencesText(evidence: readonly ContainerEvidence[]): string {
  const [first = '', ...others] = evidence.map(evidenceText);
  const words = others.length === 0 ? first : `${first}, and ${others.length} more ${others.length === 1 ? 'sign' : 'signs'}`;
  return evidence.length > 0 && evidence.every(({ kind }) => kind === 'image') ? `${words}; if no containers run on it, apply ContainerHost.no()` : words;
}

/** A command as far as it fits into a message. */
function oneLine(command: string): string {
  const line = command.split('\n').map(part => part.trim().replace(/\\$/, '').trim()).filter(part => part !== '').join(' ');
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}

function inResource(resource: string | undefined, about?: string): string {
  return resource === undefined || resource === about ? '' : ` in '${resource}'`;
}

function noPropertyText({ type, governedBy, remedy, butFor }: CauseOf<'no property'>): string {
  if (remedy === undefined) { return `${type} has no property that requires IMDSv2 on its instances: this is decided by ${governedBy}`; }
  const otherwise = butFor === undefined ? '' : ` (${butFor.path} ${describe(butFor.got)})`;
  return `this ${type}${otherwise} does not require IMDSv2 on its instances: ${remedy}`;
}

function notCountingText({ countsWith: { path, values, otherwise }, got }: CauseOf<'does not count'>): string {
  return `it applies only if ${path} is ${listed(values.map(describeValue), ' or ')}, but ${path} is ${describe(got)}, so ${otherwise}`;
}

const NOT_MOVED = 'CloudFormation does not move it to new versions, so it may still allow IMDSv1';

function versionText({ path, template, version, launcherType }: CauseOf<'version'>): string {
  const title = `the launch template '${template}'`;
  switch (version.kind) {
    case 'number': return `${path} names version ${version.words} of ${title}, which may still allow IMDSv1`;
    case 'unknown': return `${path} names a version of ${title} that is only known at deployment (${version.words}) and may still allow IMDSv1`;
    case 'none': return `${path} names no version of ${title}, so it uses the default version; ${NOT_MOVED}`;
    case 'default': return `${path} uses the default version (${version.words}) of ${title}; ${NOT_MOVED}`;
    case 'latest': return `${path} names ${version.words} of ${title}, which was changed: ${launcherType} resolves it only when its own properties change`;
    case 'latest number': return `CloudFormation replaces this resource, because it uses the LatestVersionNumber of ${title}, which gets a new version`;
  }
}

function replacementText(cause: CauseOf<'replacement'>): string {
  const kept = cause.tokens === undefined ? 'their settings' : 'IMDSv1';
  const byEffect = grouped(cause.launchers.map(({ resource, effect }) => [effect, `'${resource}'`] as const));
  const effects = [...byEffect].map(([effect, launchers]) => EFFECTS[effect](listed(launchers), kept, launchers.length > 1));
  return `${changeText(cause)}: ${effects.length > 0 ? joined(effects) : cause.consequence}`;
}

/** What enforcement changed. */
function changeText({ paths, tokens }: { readonly paths: readonly string[]; readonly tokens?: string }): string {
  return `${paths.join(', ')} ${tokens ? `now requires tokens (was ${tokens})` : 'has new settings'}`;
}

/** What a deployment does with a launcher, and with the instances that it runs. */
const EFFECTS: { readonly [effect in UpdateEffect]: (launchers: string, kept: string, areMany: boolean) => string } = {
  'replaced': launchers => `CloudFormation replaces ${launchers}`,
  'rolls': (launchers, _, areMany) => `${launchers} ${areMany ? 'replace their' : 'replaces its'} running instances`,
  'may roll': (launchers, _, areMany) => `${launchers} may replace ${areMany ? 'their' : 'its'} running instances`,
  'stays': (launcher, kept) => `running instances of ${launcher} keep ${kept} until they are replaced`,
};

function avoidedText({ resources, isInterrupted }: CauseOf<'replacement avoided'>, about: string | undefined): string {
  const own = resources.length === 1 && resources[0] === about;
  const what = own ? 'this resource' : listed(resources.map(path => `'${path}'`));
  return `avoidReplacement is set, and a change would replace ${isInterrupted ? `the running instances of ${what}` : what}`;
}

function usageText({ launcher, state, because, required, calling, running, lastAt, callers }: CauseOf<'usage'>): string {
  const last = [...lastAt === undefined ? [] : [`last at ${lastAt}`], ...callers.length > 0 ? [callers.join(', ')] : []].join(': ');
  switch (state) {
    case 'in use': return `the ${launcher} still uses IMDSv1${calling > 0 ? ` on ${instancesText(calling)}` : ''}${last && `, ${last}`}`;
    case 'broken': {
      const isPart = required < running;
      return `the ${launcher} requires IMDSv2${isPart ? ` on ${required} of ${instancesText(running)}` : ''}, `
        + `and ${isPart ? 'software there' : 'its software'} still calls IMDSv1 and is refused${last && `, ${last}`}`;
    }
    default: return `the ${launcher} is ${state}: ${because}`;
  }
}

function instancesText(count: number): string {
  return count === 1 ? '1 running instance' : `${count} running instances`;
}

function oldSdkText({ file, line, packageName, version, sdk, minimum, isListed, unclear, hasItSince }: CauseOf<'old SDK'>): string {
  const first = isListed ? `AWS lists ${minimum} as the first version that supports IMDSv2` : `the first version that supports IMDSv2 is ${minimum}`;
  const none = unclear ? `versions before ${unclear.from} do not support IMDSv2, later ones depend on ${unclear.decidedBy}` : 'no version of it supports IMDSv2';
  const brought = unclear && minimum !== undefined ? `it installs a version of ${unclear.decidedBy} that does not support IMDSv2; ${minimum} installs one that does` : undefined;
  const why = brought ?? (minimum === undefined ? none : `${first}${hasItSince === undefined ? '' : `, although ${hasItSince} already has code for it`}`);
  return `${file}:${line} has ${[packageName, ...version === '' ? [] : [version]].join(' ')} (${sdk}): ${why}`;
}

function unclearSdksText({ sdks, sdk, files, file }: CauseOf<'unclear SDKs'>): string {
  const name = sdk && `${sdk.packageName} in ${sdk.file}:${sdk.line}`;
  return [
    ...!sdk ? [] : [sdks === 1
      ? `the version of ${name} is unknown, so it may not support IMDSv2 (${sdk.because})`
      : `the versions of ${sdks} SDKs are unknown, so they may not support IMDSv2; the first is ${name} (${sdk.because})`],
    ...!file ? [] : [files === 1
      ? `${file.file}, which may list SDKs, cannot be read (${file.because})`
      : `${files} files that may list SDKs cannot be read; the first is ${file.file} (${file.because})`],
  ].join('; ');
}

function exemptionText({ rule, reason, owner, ticket, expires, daysLeft, writtenOn }: EndOfExemption): string {
  const details = [
    `reason: ${describeValue(reason)}`,
    ...owner === undefined ? [] : [`owner: ${describeValue(owner)}`],
    ...ticket === undefined ? [] : [`ticket: ${describeValue(ticket)}`],
  ].join(', ');
  const end = daysLeft > 0
    ? `expires on ${expires}, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`
    : `expired on ${expires} and is no longer valid`;
  const where = writtenOn === undefined ? '' : `, on ${writtenOn ? `'${writtenOn}'` : 'the app'}`;
  return `the exemption from ${rule} (${details}) ${end}${where}`;
}
