import type { Report } from '../../src/report/report';
import type { ReportedLaunch, ReportedResource } from '../../src/report/reported-resource';
import { sampleFinding, sampleReport, sampleResource, set, totals, UNSET } from '../report/sample-report';

/** A template with two groups and a capacity provider, and an instance on its own: five resources. */
function service(name: string, template: string, number: number): ReportedResource[] {
  const resource = (logicalId: string, type: string, changed: Partial<ReportedResource>) => sampleResource({
    logicalId: `${name}${logicalId}`, type, template, line: 12 + number * 40, path: `Shop/Services${stackNumber(number)}/${name}/${logicalId}/Resource`, ...changed,
  });
  const launch = (logicalId: string, versions: string[], isFollowed = true): ReportedLaunch => ({
    kind: 'resource', resource: `${template}#${name}${logicalId}`, name: `${name}${logicalId}`, versions, isFollowed, where: 'LaunchTemplate',
  });
  const required = { tokens: [set('required', 'LaunchTemplateData.MetadataOptions.HttpTokens')] };
  const inherited = { tokens: [set('required', `the launch template '${name}Template' ($Latest)`, `${template}#${name}Template`)], hopLimit: [UNSET] };
  return [
    resource('Template', 'AWS::EC2::LaunchTemplate', { isLauncher: false, settings: { ...required, hopLimit: [UNSET] } }),
    resource('Group', 'AWS::AutoScaling::AutoScalingGroup', { settings: inherited, launchesFrom: [launch('Template', ['$Latest'])] }),
    resource('Canary', 'AWS::AutoScaling::AutoScalingGroup', {
      settings: { tokens: [{ kind: 'unknown', from: 'version 3 as it is deployed' }] },
      outcome: 'undecided',
      launchesFrom: [launch('Template', ['3'], false)],
    }),
    resource('Capacity', 'AWS::ECS::CapacityProvider', { settings: inherited, launchesFrom: [launch('Group', [])] }),
    resource('Bastion', 'AWS::EC2::Instance', {
      settings: { tokens: [set(number % 3 === 0 ? 'optional' : 'required', 'MetadataOptions.HttpTokens')], endpoint: [set('enabled', 'MetadataOptions.HttpEndpoint')] },
      outcome: number % 3 === 0 ? 'not required' : 'required',
    }),
  ];
}

const NAMES = ['Orders', 'Payments', 'Search', 'Catalog', 'Basket', 'Invoices', 'Stock', 'Mail', 'Reviews', 'Images', 'Login', 'Audit'];

const stackNumber = (number: number) => Math.floor(number / 10) + 1;

/** A shop with this number of services, ten in a stack. */
export function shopReport(services: number): Report {
  const resources = Array.from({ length: services }, (_, number) => {
    const name = `${NAMES[number % NAMES.length]}${number < NAMES.length ? '' : Math.floor(number / NAMES.length) + 1}`;
    return service(name, `Shop${stackNumber(number)}.template.json`, number);
  }).flat();
  const open = resources.filter(({ outcome }) => outcome === 'not required');
  const count = (all: readonly ReportedResource[]) => totals({
    resources: all.length,
    required: all.filter(({ outcome }) => outcome === 'required').length,
    undecided: all.filter(({ outcome }) => outcome === 'undecided').length,
    notRequired: all.filter(({ outcome }) => outcome === 'not required').length,
    errors: all.filter(({ outcome }) => outcome === 'not required').length,
  });
  return sampleReport({
    totals: count(resources),
    stacks: [...new Set(resources.map(({ template }) => template))].map((template, number) => ({
      template, path: `Shop/Services${number + 1}`, totals: count(resources.filter(resource => resource.template === template)),
    })),
    resources,
    findings: open.map(({ id, template, path }) => sampleFinding('Imdsv2::TokensRequired', {
      resource: id, template, path, line: 20, message: "MetadataOptions.HttpTokens must be 'required', got 'optional'",
    })),
    unseenScripts: [],
    notVisible: [],
    rulesOff: [],
  });
}
