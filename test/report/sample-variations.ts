import type { Report } from '../../src/report/report';
import type { ReportedExemption } from '../../src/report/reported-finding';
import type { ReportedLaunch, ReportedResource, ReportedValue } from '../../src/report/reported-resource';
import { LEGACY, SAMPLE_REPORT, STACKS } from './sample-app';
import { sampleFinding, sampleResource, totals, WEB } from './sample-pieces';

/** The sample with other parts. */
export function sampleReport(changed: Partial<Report> = {}): Report {
  return { ...SAMPLE_REPORT, ...changed };
}

/** The sample with a text in place of all texts of users: names, paths, messages, reasons, owners. */
export function hostileReport(text: string): Report {
  const exemption: ReportedExemption = { ...LEGACY, scope: text, reason: text, owner: text, ticket: text };
  const template = `${text}.template.json`;
  const id = `${template}#${text}`;
  const value: ReportedValue = { kind: 'set', value: text, from: text, fromResource: id };
  const launch: ReportedLaunch = { kind: 'resource', resource: id, name: text, versions: [text], isFollowed: true, where: text };
  const resource: ReportedResource = {
    ...sampleResource({ logicalId: text, type: text, template, path: text }),
    settings: { tokens: [value, value], hopLimit: [value], endpoint: [value], ipv6: [value], tags: [value] },
    launchesFrom: [launch, { ...launch, kind: 'outside', resource: undefined }],
    containers: [text],
    overwritten: [{ kind: 'parameter', name: text }],
    usage: {
      state: 'in use',
      mayRequire: false,
      because: text,
      doubts: [text],
      launchers: [{ kind: text, name: text, account: text, region: text, state: 'in use', because: text, running: 1, calling: 1, callers: [text] }],
    },
    exemptions: [exemption],
  };
  const counts = totals({ resources: 1, required: 1, errors: 1, warnings: 2 });
  const place = { resource: id, path: text, template, line: 7, location: text, message: text };
  return sampleReport({
    stacks: [{ template, path: text, name: text, account: text, region: text, totals: counts }],
    totals: counts,
    resources: [resource],
    findings: [
      sampleFinding('Imdsv2::TokensRequired', place),
      sampleFinding('Imdsv2::HopLimitTooHigh', place),
      sampleFinding('Imdsv2::VersionNotFollowed', { ...place, exemption }),
      sampleFinding('Imdsv2::ExemptionExpiring', { location: text, message: text, path: text }),
    ],
    unseenScripts: [{ resource: id, path: text, template, location: text, line: 7, url: text }],
    usage: [{ account: text, region: text, at: '2026-01-15T03:02:00Z', quietDays: 14, error: text }],
    notVisible: [{ kind: 'module', logicalId: text, type: text, path: text, template: text, line: 1 }],
    rulesOff: [{ rule: 'Imdsv2::TagKeyNotAllowed', reason: text }],
  });
}

/** The sample with a text in all parts of its script. */
export function scriptReport(text: string): Report {
  const excerpt = [{ line: 6, text, isCall: false }, { line: 7, text, isCall: true }, { line: 12, text, isCall: false }];
  const call = { line: 7, command: text, reason: text, certainty: 'fallback', rewritten: text, tokenCommand: text, excerpt } as const;
  return sampleReport({ findings: [sampleFinding('Imdsv2::UserDataCallsImdsv1', { message: 'UserData calls IMDSv1', calls: [call] })] });
}

/** The sample with this number of resources, each with a failing finding. */
export function longReport(count: number): Report {
  const names = Array.from({ length: count }, (_, index) => `Host${index}`);
  return sampleReport({
    stacks: [{ ...STACKS[0], totals: totals({ resources: count, notRequired: count, errors: count }) }],
    totals: totals({ resources: count, notRequired: count, errors: count }),
    resources: names.map((logicalId, index) =>
      sampleResource({ logicalId, type: 'AWS::EC2::Instance', path: `Web/${logicalId}/Resource`, line: 3 + index * 10, outcome: 'not required' })),
    findings: names.map((logicalId, index) => sampleFinding('Imdsv2::TokensRequired', {
      resource: `${WEB}#${logicalId}`, path: `Web/${logicalId}/Resource`, template: WEB, line: 8 + index * 10, message: `${logicalId} lets IMDSv1 in`,
    })),
  });
}
