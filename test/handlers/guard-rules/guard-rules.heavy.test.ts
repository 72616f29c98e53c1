import { brotliCompressSync } from 'zlib';
import { handler } from '../../../handlers/guard-rules';
import { GUARD_RULES_HANDLER } from '../../../src/org/guard-hook/handler-code.generated';
import { deployed, type Deployed, PHYSICAL_ID, request } from '../harness/cloudformation';
import { beside, type Handler, loaded } from '../harness/lambda';
import { BUCKET, FakeS3, KEY } from './fake-s3';

const RULES = 'let imds_template = this\n\n# Rules – with more than ASCII in them\nrule imdsv2 { this exists }\n';
const OTHERS = 'rule imdsv2 { this !exists }\n';
const SENT = { Rules: 'e200a226' };

/** The properties of the rules. Their bucket has none. */
interface Properties {
  readonly Rules?: string;
}

interface Stack extends Deployed<Properties, { readonly VersionId: string }> {
  readonly s3: FakeS3;
  /** Gives the function other rules, as an update of its code does. */
  rulesAre(text: string): void;
  /** Deletes the bucket as CloudFormation does. */
  removed(): Promise<{ readonly Status: string; readonly Reason: string }>;
}

const packed = (text: string) => brotliCompressSync(text).toString('base64');

/** Runs a test with an empty bucket, by default with the original function. */
async function inAccount(test: (stack: Stack) => Promise<void>, runs: Handler = handler): Promise<void> {
  await beside(new FakeS3(), async s3 => {
    Object.assign(process.env, { BUCKET, KEY });
    const rulesAre = (text: string) => { Object.assign(globalThis, { GUARD_RULES: packed(text) }); };
    rulesAre(RULES);
    const stack = deployed<Properties, { VersionId: string }>(runs, s3);
    const removed = async () => {
      s3.state = { type: 'Custom::ImdsGuardRulesBucket', status: 'DELETE_IN_PROGRESS' };
      return stack.remove({});
    };
    await test({ ...stack, s3, rulesAre, removed });
  });
}

describe('creation and update', () => {
  test('write the rules, and return their version', () => inAccount(async ({ create, s3 }) => {
    expect(await create(SENT)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'v1', Data: { VersionId: 'v1' }, Reason: 'the rules are version v1' });
    expect(s3.versions).toEqual([{ id: 'v1', key: KEY, text: RULES }]);
  }));

  test('write the rules of the function to the bucket in its environment, whatever the event contains', () => inAccount(async ({ create, s3 }) => {
    const forged = { Rules: 'rule anything {}', Bucket: 'other', Key: 'other.guard', GUARD_RULES: packed('rule anything {}') };
    expect((await create(forged)).Status).toBe('SUCCESS');
    expect(s3.versions).toEqual([{ id: 'v1', key: KEY, text: RULES }]);
  }));

  test('keep the former version, because a hook uses it', () => inAccount(async ({ create, remove, rulesAre, s3 }) => {
    await create(SENT);
    rulesAre(OTHERS);
    expect((await create({ Rules: 'other' })).Data).toEqual({ VersionId: 'v2' });
    expect(await remove(SENT, 'v1')).toMatchObject({ Status: 'SUCCESS', Reason: `the rules are kept as long as ${BUCKET} exists` });
    expect(s3.versions.map(({ id, text }) => [id, text])).toEqual([['v2', OTHERS], ['v1', RULES]]);
  }));

  test('return to the former version with former rules, even without the permission to write', () => inAccount(async ({ create, rulesAre, s3 }) => {
    await create(SENT);
    rulesAre(OTHERS);
    await create({ Rules: 'other' });
    rulesAre(RULES);
    s3.denied.set('PutObject', Infinity);
    expect(await create(SENT)).toMatchObject({ Status: 'SUCCESS', Data: { VersionId: 'v1' } });
    expect(s3.versions).toHaveLength(2);
  }));

  test.each<[string, (s3: FakeS3) => void, string]>([
    ['may not be asked', s3 => { s3.denied.set('ListObjectVersions', Infinity); }, 'AccessDenied: no right to ListObjectVersions'],
    ['has no such bucket any more', s3 => { s3.isThere = false; }, 'NoSuchBucket: The specified bucket does not exist'],
    ['keeps no versions any more', s3 => { s3.keepsVersions = false; s3.versions = []; }, `${BUCKET} must have versioning enabled`],
  ])('keep their version in an update or its rollback if S3 %s', (_, breaks, words) => inAccount(async ({ create, update, s3 }) => {
    const { PhysicalResourceId } = await create(SENT);
    breaks(s3);
    expect(await update(SENT, SENT, PhysicalResourceId))
      .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'v1', Data: { VersionId: 'v1' }, Reason: `the rules remain at version v1: ${words}` });
  }));

  test('fail in an update to other rules without a version', () => inAccount(async ({ create, update, s3 }) => {
    const { PhysicalResourceId } = await create(SENT);
    s3.denied.set('ListObjectVersions', Infinity);
    expect(await update({ Rules: 'other' }, SENT, PhysicalResourceId)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'v1' });
    expect((await update(SENT, SENT, PHYSICAL_ID)).Status).toBe('FAILED'); // an id without a version
  }));

  test('are written again as another resource if their version was deleted', () => inAccount(async ({ create, update, s3 }) => {
    await create(SENT);
    s3.versions = [];
    expect(await update(SENT, SENT, 'v1')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'v2', Data: { VersionId: 'v2' } });
  }));

  test('write nothing if they are sent again', () => inAccount(async ({ create, update, s3 }) => {
    await create(SENT);
    await create(SENT);
    expect((await update(SENT, SENT, 'v1')).PhysicalResourceId).toBe('v1');
    expect(s3.versions).toHaveLength(1);
  }));

  test('do not use an object with another key', () => inAccount(async ({ create, s3 }) => {
    s3.add(`${KEY}.bak`, RULES);
    expect((await create(SENT)).Data).toEqual({ VersionId: 'v2' });
  }));

  test.each(['ListObjectVersions', 'PutObject'])('retry if the permission for %s is new', operation => inAccount(async ({ create, s3 }) => {
    s3.denied.set(operation, 3);
    expect((await create(SENT)).Status).toBe('SUCCESS');
  }));

  test('fail without the permission to write', () => inAccount(async ({ create, s3 }) => {
    s3.denied.set('PutObject', Infinity);
    expect(await create(SENT)).toMatchObject({ Status: 'FAILED', Reason: 'AccessDenied: no right to PutObject', PhysicalResourceId: PHYSICAL_ID });
  }));

  test('fail if the bucket keeps no versions, because the hook needs a fixed one', () => inAccount(async ({ create, s3 }) => {
    s3.keepsVersions = false;
    expect((await create(SENT)).Reason).toBe(`${BUCKET} must have versioning enabled`);
  }));
});

describe('deletion', () => {
  test('deletes every version and the bucket', () => inAccount(async ({ create, removed, s3 }) => {
    await create(SENT);
    s3.add(KEY, OTHERS);
    s3.add(KEY); // somebody deleted it
    expect(await removed()).toMatchObject({ Status: 'SUCCESS', Reason: `${BUCKET} is deleted` });
    expect([s3.versions, s3.isThere]).toEqual([[], false]);
  }));

  test('reads all pages of versions', () => inAccount(async ({ removed, s3 }) => {
    ['a', 'b', 'c'].forEach(text => s3.add(KEY, text));
    s3.page = 2;
    await removed();
    expect(s3.versions).toEqual([]);
  }));

  test('after a failed creation finds an empty bucket', () => inAccount(async ({ create, removed, s3 }) => {
    s3.denied.set('PutObject', 99);
    await create(SENT);
    expect(await removed()).toMatchObject({ Status: 'SUCCESS', Reason: `${BUCKET} is deleted` });
    expect(s3.isThere).toBe(false);
  }));

  test('succeeds a second time', () => inAccount(async ({ create, removed }) => {
    await create(SENT);
    await removed();
    expect(await removed()).toMatchObject({ Status: 'SUCCESS', Reason: `${BUCKET} is deleted` });
  }));

  test.each(['ListObjectVersions', 'DeleteObject', 'DeleteBucket', 'DescribeStackResource'])('ends if %s is denied, and reports what is left', operation =>
    inAccount(async ({ create, removed, s3 }) => {
      await create(SENT);
      s3.denied.set(operation, Infinity);
      expect(await removed()).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringMatching(new RegExp(`^${BUCKET} remains: `)) });
      expect(s3.isThere).toBe(true);
    }));

  test('keeps other objects, and the bucket with them', () => inAccount(async ({ create, removed, s3 }) => {
    await create(SENT);
    s3.add(`${KEY}.bak`, RULES);
    expect((await removed()).Reason).toBe(`${BUCKET} remains: BucketNotEmpty: The bucket you tried to delete is not empty.`);
    expect(s3.versions.map(({ key }) => key)).toEqual([`${KEY}.bak`]);
  }));

  test.each([
    { status: 'CREATE_COMPLETE', type: 'Custom::ImdsGuardRulesBucket' },
    { status: 'UPDATE_IN_PROGRESS', type: 'Custom::ImdsGuardRulesBucket' },
    { status: 'DELETE_IN_PROGRESS', type: 'Custom::ImdsGuardRules' },
    { status: 'DELETE_IN_PROGRESS', type: 'AWS::IAM::Policy' },
  ])('with a forged request deletes nothing while CloudFormation reports %j', state => inAccount(async ({ create, remove, s3 }) => {
    await create(SENT);
    s3.state = state;
    expect(await remove({})).toMatchObject({ Status: 'SUCCESS', Reason: `${BUCKET} is kept: CloudFormation is not deleting it` });
    expect(s3.versions).toHaveLength(1);
    expect(s3.operations).not.toContain('DeleteObject');
  }));

  test('of the rules alone deletes nothing, and calls nothing', () => inAccount(async ({ create, remove, s3 }) => {
    await create(SENT);
    s3.calls.length = 0;
    expect((await remove(SENT, 'v1')).Status).toBe('SUCCESS');
    expect(s3.calls).toEqual([]);
    expect(s3.versions).toHaveLength(1);
  }));

  test('reads the stack of the event; the role can only read its own stack', () => inAccount(async ({ create, removed, s3 }) => {
    await create(SENT);
    await removed();
    const { StackId, LogicalResourceId } = request(s3) as { StackId: string; LogicalResourceId: string };
    expect(s3.callsOf('DescribeStackResource').map(({ parameters }) => parameters)).toEqual([{ StackName: StackId, LogicalResourceId }]);
  }));
});

test('the creation and the update of the bucket resource do nothing, because the bucket exists before the rules', () => inAccount(async ({ create, update, s3 }) => {
  expect(await create({})).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: PHYSICAL_ID, Reason: `${BUCKET} is deleted with the stack` });
  expect(await update({}, {})).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: PHYSICAL_ID });
  expect(s3.calls).toEqual([]);
}));

test('the bundle, with the rules before it, does the same', async () => {
  const bundle = loaded(`const GUARD_RULES="${packed(OTHERS)}";${GUARD_RULES_HANDLER}`);
  await inAccount(async ({ create, removed, s3 }) => {
    expect((await create(SENT)).Data).toEqual({ VersionId: 'v1' });
    expect(s3.versions[0].text).toBe(OTHERS);
    expect((await removed()).Reason).toBe(`${BUCKET} is deleted`);
  }, bundle);
});
