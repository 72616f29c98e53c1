import { RECORDS } from '../../src/resources/all-records';
import type { InstanceFacts, UserDataUpdate } from '../../src/resources/record';
import { NO_FACTS } from '../../src/resources/record-builder';
import { instancesOf } from '../../src/resources/record-table';
import type { Replacement } from './service-spec';
import { ServiceSpec } from './service-spec';

const spec = new ServiceSpec();

/** The types with facts about their instances. */
const TYPES = RECORDS.filter(({ instances }) => instances !== NO_FACTS).map(({ type }) => type);

/** The paths of a type, by the fact. */
function pathsOf(type: string): readonly (readonly [keyof InstanceFacts, string])[] {
  return Object.entries(instancesOf(type)).flatMap(([name, paths]) => Array.isArray(paths) && name !== 'serviceTags'
    ? (paths as string[][]).map(path => [name as keyof InstanceFacts, path.join('.').replace(/\.\[\]/g, '[]')] as const)
    : []);
}

const PLACES = TYPES.flatMap(type => pathsOf(type).map(([name, path]) => [type, name, path] as const));

/** Properties of types with no facts about the instances of the metadata options, with reasons. */
const NOT_TOLD: { readonly [place: string]: string } = {
  'AWS::AutoScaling::AutoScalingGroup InstanceId': 'an instance to copy: nothing of it is in the app',
};

/** Types that launch instances without these facts, with reasons. */
const NOTHING_TO_TELL: { readonly [type: string]: string } = {
  'AWS::ElasticBeanstalk::Environment': 'its options say tokens alone',
  'AWS::EMR::Cluster': 'its security configuration has neither IPv6 nor tags nor an endpoint',
  'AWS::ImageBuilder::DistributionConfiguration': 'launches to make snapshots, from its template as it is',
  'AWS::ImageBuilder::Image': 'the infrastructure configuration has tokens and a hop limit alone',
  'AWS::ImageBuilder::ImagePipeline': 'the infrastructure configuration has tokens and a hop limit alone',
  'AWS::ImageBuilder::InfrastructureConfiguration': 'has tokens and a hop limit alone',
};

/** What a deployment can do with a changed property, by the specification. */
const USER_DATA_UPDATES: { readonly [replacement in Replacement]: readonly UserDataUpdate[] } = {
  yes: ['replacement'],
  maybe: ['replacement', 'restart'],
  no: ['restart', 'new version'],
};

describe('the facts of a type about its instances', () => {
  test('exist for every launcher and carrier with EC2 instances', () => {
    const types = RECORDS.filter(({ carriers, launchesFrom }) => launchesFrom || carriers.some(({ dialect }) => dialect.title === 'HTTP options'));
    const silent = types.filter(({ type }) => pathsOf(type).length === 0).map(({ type }) => type);
    expect(silent.sort()).toEqual(Object.keys(NOTHING_TO_TELL).sort());
  });

  test.each(PLACES)('%s: %s are at %s', (type, _, path) => {
    expect(spec.placeAt(type, path)?.type).toBe(type);
  });

  test.each(TYPES)('%s has no other instance types, subnets, user data or key pairs', type => {
    const known = pathsOf(type).map(([, path]) => path.replace(/\[\]$/, ''));
    const name = /^(InstanceTypes?|InstanceRequirements|SubnetIds?|Subnets|VPCZoneIdentifier|VpcSubnets|UserData|ImageId|KeyName|IamInstanceProfile(Arn)?)$/;
    const strays = spec.placesOf(type).map(({ path }) => path)
      .filter(path => name.test(path.slice(path.lastIndexOf('.') + 1)) && !known.some(other => path === other || path.startsWith(`${other}.`)))
      .filter(path => !/LaunchSpecifications|ManagedInstancesProvider/.test(path) && !NOT_TOLD[`${type} ${path}`]);
    expect(strays).toEqual([]);
  });

  test('say what a change of user data does, as the specification', () => {
    const wrong = RECORDS.filter(({ type, instances: { userData, onNewUserData } }) => {
      const replacements = userData.map(path => spec.placeAt(type, path.join('.').replaceAll('.[]', '[]'))!.replacement);
      return userData.length === 0
        ? onNewUserData !== undefined
        : replacements.some(replacement => !USER_DATA_UPDATES[replacement].includes(onNewUserData!));
    });
    expect(wrong.map(({ type }) => type)).toEqual([]);
  });

  test('do not exist for other types', () => {
    expect(pathsOf('AWS::S3::Bucket')).toEqual([]);
    expect(instancesOf('AWS::S3::Bucket').tagsOf).toBeUndefined();
  });
});
