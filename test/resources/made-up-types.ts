import { httpOptions } from '../../src/resources/dialects';
import type { ProgramRecord } from '../../src/resources/environment';
import { variableLists } from '../../src/resources/environment';
import { carrier, gap, named, paths, record, template } from '../../src/resources/record-builder';

/** A type with most facts that a record can have. */
export const HOST = record('Acme::Compute::Host', {
  nameProperty: 'HostName',
  carriers: [carrier('Launch.Options', httpOptions('hopLimit', 'endpoint', 'ipv6', 'tags'), 'replacement', { replacement: 'Acme throws the host away' })],
  launchesFrom: { references: [template('From')], onNewVersion: 'replacement' },
  gaps: [gap({ present: 'Legacy' }, { governedBy: 'the console of Acme', source: 'https://acme.example/hosts' })],
  instances: {
    instanceTypes: paths('Launch.Size'),
    subnets: paths('Launch.Subnet'),
    tags: paths('Launch.Labels'),
    tagMaps: paths('Launch.LabelMap'),
    tagSpecifications: paths('Launch.LabelSpecifications'),
    userData: paths('Launch.Script'),
    images: paths('Launch.Image'),
    access: paths('Launch.Key'),
  },
  scripts: [{ kind: 'text', path: ['Launch', 'Command'] }],
  containers: { title: 'pod host', present: 'Pods' },
  unsetIsLeftTo: 'Acme',
  configSpelling: 'camel case',
});

/** A type that launches from it. */
export const POOL = record('Acme::Compute::Pool', {
  launchesFrom: { references: [named('Host', HOST.type)], onNewVersion: 'in place' },
});

/** What clusters launch from. */
export const CONFIG = record('Acme::Compute::Config', {
  isTemplate: true,
  carriers: [carrier('Options', httpOptions(), 'new version')],
});

/** A type with a release, managed instances, a default of the service, and instances that a usage record contains. */
export const CLUSTER = record('Acme::Compute::Cluster', {
  launchesFrom: { references: [named('Config', CONFIG.type)], onNewVersion: 'in place' },
  gaps: [gap({ absent: 'Config', unless: { path: 'Kind', values: ['borrowed'] } }, {
    governedBy: 'Acme',
    remedy: 'set Config to your own',
    remedyUnless: { path: 'Kind', values: ['sealed'] },
    source: 'https://acme.example/clusters',
  })],
  requiredByService: { when: { path: 'Kind', values: ['safe'] }, by: 'the safe kind of Acme' },
  releases: { path: 'Release', accepted: 'Acme 9', accepts: release => release === '9' },
  tagsOfManaged: { path: 'ShowsTags', byDefault: true, reachWith: { path: 'Propagates', values: ['YES'] } },
  watchedAs: 'EMR cluster',
  instances: { tags: paths('Tags'), tagsReachWith: { path: 'Propagates', values: ['YES'] } },
});

/** A type that launches from launch templates, with overrides. */
export const FLEET = record('Acme::Compute::Fleet', {
  carriers: [carrier('Launches[].Variants[].Options', httpOptions('endpoint'), 'in place', {
    inherits: true,
    countsWith: {
      path: 'Mode',
      values: ['once'],
      otherwise: 'Acme ignores them',
      remedy: 'set Mode to once',
      source: 'https://acme.example/fleets',
    },
  })],
  launchesFrom: {
    references: [template('Launches[].From')], onNewVersion: 'in place', evaluatesOnce: 'https://acme.example/versions',
  },
  instances: {
    instanceTypes: paths('Launches[].Variants[].Size'),
    takesFamilies: true,
    instanceRequirements: paths('Launches[].Variants[].Needs'),
    launchOverrides: paths('Launches[].Variants[]'),
    usesServiceImage: true,
  },
});

/** A type whose options have their limits. */
export const BOX = record('Acme::Compute::Box', {
  carriers: [carrier('Parts.Options', httpOptions('endpoint', 'tags'), 'in place', { needsParent: true, interruption: 'Acme stops the box', fixedHopLimit: 1 })],
  instances: {
    tags: paths('Tags'),
    tagsOf: 'itself and its stacks',
    choosesTags: true,
    serviceTags: ['acme:box/id of it'],
    userData: paths('Script'),
    onNewUserData: 'restart',
  },
  containers: { title: 'pod box', only: { paths: paths('Runs'), pattern: /pods/ }, unless: { path: 'Where', values: ['OUTSIDE'] } },
});

/** A type that only runs programs. */
export const PROGRAM: ProgramRecord = {
  type: 'Acme::Compute::Program',
  environment: {
    places: [variableLists('Job', { variables: 'Variables' })],
    runsOn: { kind: 'service', instancesWith: { path: ['Host'], pattern: /^own$/ } },
    operatingSystems: paths('System'),
    onNewVariables: { kind: 'new revision', effect: 'programs start again' },
  },
};
