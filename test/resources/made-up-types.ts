import { httpOptions } from '../../src/resources/dialects';
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
