import type { Surroundings } from '../../src/launch/surroundings';
import { surroundingsOf, typesWithSurroundings } from '../../src/launch/surroundings';
import { ROWS, resourceTypeOf } from '../../src/resources/resource-types';
import { ServiceSpec } from '../resources/service-spec';

const spec = new ServiceSpec();

/** The paths of a type, by what they tell. */
function pathsOf(type: string): readonly (readonly [keyof Surroundings, string])[] {
  return Object.entries(surroundingsOf(type)).flatMap(([name, paths]) => Array.isArray(paths)
    ? (paths as string[][]).map(path => [name as keyof Surroundings, path.join('.').replace(/\.\[\]/g, '[]')] as const)
    : []);
}

const PLACES = typesWithSurroundings().flatMap(type => pathsOf(type).map(([name, path]) => [type, name, path] as const));

/** What a type has and tells nothing about the instances that its metadata options, or those of its template, are for; each with the reason. */
const NOT_TOLD: { readonly [place: string]: string } = {
  'AWS::AutoScaling::AutoScalingGroup InstanceId': 'an instance to copy: nothing of it is in the app',
};

/** Types that launch and tell nothing of this; each with the reason. */
const NOTHING_TO_TELL: { readonly [type: string]: string } = {
  'AWS::ECS::CapacityProvider': 'its group tells',
  'AWS::EMR::Cluster': 'its security configuration has neither IPv6 nor tags nor an endpoint',
  'AWS::ImageBuilder::DistributionConfiguration': 'launches to make snapshots, from its template as it is',
  'AWS::ImageBuilder::Image': 'the infrastructure configuration has tokens and a hop limit alone',
  'AWS::ImageBuilder::ImagePipeline': 'the infrastructure configuration has tokens and a hop limit alone',
  'AWS::ImageBuilder::InfrastructureConfiguration': 'has tokens and a hop limit alone',
};

describe('what a type says about its instances', () => {
  test('is told of every launcher and carrier with instances of EC2\'s own', () => {
    expect(typesWithSurroundings().filter(type => !resourceTypeOf(type))).toEqual([]);
    const types = ROWS.filter(row => row.kind === 'carrier' ? row.dialect.title === 'HTTP options' : row.kind === 'referrer').map(({ type }) => type);
    expect([...new Set(types)].filter(type => !typesWithSurroundings().includes(type)).sort()).toEqual(Object.keys(NOTHING_TO_TELL).sort());
  });

  test.each(PLACES)('%s: %s are at %s', (type, _, path) => {
    expect(spec.placeAt(type, path)?.type).toBe(type);
  });

  test.each([...new Set(typesWithSurroundings())])('%s has no other instance types, subnets, user data or key pairs', type => {
    const known = pathsOf(type).map(([, path]) => path.replace(/\[\]$/, ''));
    const name = /^(InstanceTypes?|InstanceRequirements|SubnetIds?|Subnets|VPCZoneIdentifier|VpcSubnets|UserData|ImageId|KeyName|IamInstanceProfile(Arn)?)$/;
    const strays = spec.placesOf(type).map(({ path }) => path)
      .filter(path => name.test(path.slice(path.lastIndexOf('.') + 1)) && !known.some(other => path === other || path.startsWith(`${other}.`)))
      .filter(path => !/LaunchSpecifications|ManagedInstancesProvider/.test(path) && !NOT_TOLD[`${type} ${path}`]);
    expect(strays).toEqual([]);
  });

  test('is nothing for other types', () => {
    expect(pathsOf('AWS::S3::Bucket')).toEqual([]);
    expect(surroundingsOf('AWS::S3::Bucket').hasStackTags).toBe(false);
  });
});
