import { handler } from '../../../handlers/image-imds-support';
import { IMAGE_IMDS_SUPPORT_HANDLER } from '../../../src/ami/image-imds-support/handler-code.generated';
import { deployed, type Deployed, PHYSICAL_ID, request } from '../harness/cloudformation';
import { beside, type Handler, loaded } from '../harness/lambda';
import { FakeEc2 } from '../images/fake-ec2';

interface Stack extends Deployed<{ readonly ImageId: string }, { readonly ImageId: string }> {
  readonly ec2: FakeEc2;
}

/** Runs a test with an account with images, by default with the original function. */
async function inAccount(test: (stack: Stack) => Promise<void>, runs: Handler = handler): Promise<void> {
  await beside(new FakeEc2(), async ec2 => {
    ec2.add('ami-own');
    ec2.add('ami-set', { imdsSupport: 'v2.0' });
    ec2.add('ami-foreign', { owner: '999988887777' });
    await test({ ...deployed<{ ImageId: string }, { ImageId: string }>(runs, ec2), ec2 });
  });
}

const OWN = { ImageId: 'ami-own' };

describe('creation', () => {
  test('sets the attribute of this image of the account only', () => inAccount(async ({ create, ec2 }) => {
    ec2.add('ami-neighbour');
    expect(await create(OWN)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'ami-own', Data: OWN, Reason: 'ami-own now has ImdsSupport v2.0, permanently' });
    expect(ec2.images.get('ami-own')!.imdsSupport).toBe('v2.0');
    expect(ec2.images.get('ami-neighbour')!.imdsSupport).toBeUndefined();
  }));

  test('sends only the attribute', () => inAccount(async ({ create, ec2 }) => {
    await create(OWN);
    expect(ec2.callsOf('ModifyImageAttribute').map(({ region, parameters }) => ({ region, parameters })))
      .toEqual([{ region: 'eu-west-1', parameters: { 'ImageId': 'ami-own', 'ImdsSupport.Value': 'v2.0' } }]);
  }));

  test('changes nothing if it is already set', () => inAccount(async ({ create, ec2 }) => {
    expect(await create({ ImageId: 'ami-set' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'ami-set', Reason: 'ami-set already has ImdsSupport v2.0' });
    expect(ec2.callsOf('ModifyImageAttribute')).toEqual([]);
  }));

  test('rejects an image of another account, before a change', () => inAccount(async ({ create, ec2 }) => {
    const { Status, Reason, PhysicalResourceId } = await create({ ImageId: 'ami-foreign' });
    expect(Status).toBe('FAILED');
    expect(Reason).toBe('ami-foreign belongs to 999988887777: only the owner of an image can set its ImdsSupport, so copy it into 111122223333');
    expect(PhysicalResourceId).toBe(PHYSICAL_ID);
    expect(ec2.callsOf('ModifyImageAttribute')).toEqual([]);
  }));

  test('rejects an image of another account even if it has the attribute', () => inAccount(async ({ create, ec2 }) => {
    ec2.images.get('ami-foreign')!.imdsSupport = 'v2.0';
    expect((await create({ ImageId: 'ami-foreign' })).Status).toBe('FAILED');
  }));

  test('waits for a pending image', () => inAccount(async ({ create, ec2 }) => {
    ec2.add('ami-new', { state: 'pending', polls: 3 });
    expect((await create({ ImageId: 'ami-new' })).Status).toBe('SUCCESS');
    expect(ec2.images.get('ami-new')!.imdsSupport).toBe('v2.0');
  }));

  test('reads until the change is visible', () => inAccount(async ({ create, ec2 }) => {
    ec2.lag = 4;
    expect((await create(OWN)).Status).toBe('SUCCESS');
    expect(ec2.callsOf('ModifyImageAttribute')).toHaveLength(1);
  }));

  test.each(['DescribeImages', 'ModifyImageAttribute'])('retries if %s is throttled, or if its permission is new', action => inAccount(async ({ create, ec2 }) => {
    ec2.failWith({ action, code: 'RequestLimitExceeded', times: 3 });
    ec2.failWith({ action, code: 'UnauthorizedOperation', times: 3 });
    expect((await create(OWN)).Status).toBe('SUCCESS');
  }));

  test('fails if the image does not exist', () => inAccount(async ({ create }) => {
    expect(await create({ ImageId: 'ami-gone' })).toMatchObject({ Status: 'FAILED', Reason: "InvalidAMIID.NotFound: The image id '[ami-gone]' does not exist" });
  }));

  test('fails if the image fails', () => inAccount(async ({ create, ec2 }) => {
    ec2.add('ami-new', { state: 'pending', becomes: 'failed', reason: 'Snapshot is corrupt' });
    expect((await create({ ImageId: 'ami-new' })).Reason).toBe('ami-new is failed: Snapshot is corrupt');
  }));

  test('fails if EC2 did not take the value', () => inAccount(async ({ create, ec2 }) => {
    ec2.fate = { ...ec2.fate, ignoresImdsSupport: true };
    expect((await create(OWN)).Reason).toBe('EC2 did not apply the change: ImdsSupport of ami-own is unset, not v2.0');
  }));

  test.each([[undefined], [{}], [{ ImageId: '' }]])('fails for the properties %j', properties => inAccount(async ({ create }) => {
    expect(await create(properties as never)).toMatchObject({ Status: 'FAILED', Reason: 'ImageId is empty' });
  }));

  test('fails if no time is left', () => inAccount(async ({ invoke, ec2 }) => {
    await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: OWN }, 1_000);
    expect(JSON.parse(ec2.responses[0].body)).toMatchObject({ Status: 'FAILED', Reason: 'out of time' });
  }));
});

describe('an update', () => {
  test('to another image changes that one too, and replaces the resource', () => inAccount(async ({ create, update, ec2 }) => {
    await create(OWN);
    ec2.add('ami-next');
    expect(await update({ ImageId: 'ami-next' }, OWN, 'ami-own')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'ami-next' });
    expect(ec2.images.get('ami-next')!.imdsSupport).toBe('v2.0');
  }));

  test('that fails keeps the id of the resource', () => inAccount(async ({ update }) => {
    expect(await update({ ImageId: 'ami-foreign' }, OWN, 'ami-own')).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'ami-own' });
  }));

  test('can be rolled back even if the former image no longer exists', () => inAccount(async ({ create, update, ec2 }) => {
    await create(OWN);
    ec2.images.delete('ami-own');
    expect(await update(OWN, { ImageId: 'ami-foreign' }, 'ami-own')).toMatchObject({ Status: 'SUCCESS', Reason: 'ami-own was set before' });
  }));

  describe('that was finished, and is rolled back,', () => {
    const gone = async ({ create, update, ec2 }: Stack, stackStatus: string) => {
      await create(OWN);
      await update({ ImageId: 'ami-set' }, OWN, 'ami-own');
      ec2.images.delete('ami-own');
      ec2.stack = { ...ec2.stack, stackStatus };
      return update(OWN, { ImageId: 'ami-set' }, 'ami-set');
    };

    test('succeeds if the former image no longer exists, and reports this', () => inAccount(async stack => {
      expect(await gone(stack, 'UPDATE_ROLLBACK_IN_PROGRESS')).toMatchObject({
        Status: 'SUCCESS', PhysicalResourceId: 'ami-own', Reason: "ami-own was set before; now InvalidAMIID.NotFound: The image id '[ami-own]' does not exist",
      });
    }));

    test('fails if it is not a rollback, or CloudFormation does not confirm this', () => inAccount(async stack => {
      expect((await gone(stack, 'UPDATE_IN_PROGRESS')).Status).toBe('FAILED');
      stack.ec2.failWith({ action: 'DescribeStacks', code: 'AccessDenied' });
      expect((await stack.update(OWN, { ImageId: 'ami-set' }, 'ami-set')).Status).toBe('FAILED');
    }));
  });

  test('is rolled back without a further change', () => inAccount(async ({ create, update, ec2 }) => {
    await create(OWN);
    expect(await update(OWN, { ImageId: 'ami-foreign' }, 'ami-own')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'ami-own' });
    expect(ec2.callsOf('ModifyImageAttribute')).toHaveLength(1);
  }));
});

test.each([['ami-own'], [PHYSICAL_ID]])('a deletion of %s leaves the image as it is, and says so', physicalId => inAccount(async ({ create, remove, ec2 }) => {
  await create(OWN);
  const before = ec2.calls.length;
  expect(await remove(OWN, physicalId)).toMatchObject({ Status: 'SUCCESS', Reason: 'ami-own keeps its ImdsSupport: EC2 cannot unset it' });
  expect(ec2.calls).toHaveLength(before);
  expect(ec2.images.get('ami-own')!.imdsSupport).toBe('v2.0');
}));

test('an existing image is described once', () => inAccount(async ({ create, ec2 }) => {
  await create(OWN);
  const actions = ec2.calls.map(({ action }) => action);
  expect(actions.slice(0, actions.indexOf('ModifyImageAttribute'))).toEqual(['DescribeImages']);
}));

describe('a failed creation is followed by a deletion that ends', () => {
  test.each(['DescribeImages', 'ModifyImageAttribute'])('if %s is denied', action => inAccount(async ({ create, remove, ec2 }) => {
    ec2.failWith({ action, code: 'UnauthorizedOperation' });
    const { Status, PhysicalResourceId } = await create(OWN);
    expect(Status).toBe('FAILED');
    expect((await remove(OWN, PhysicalResourceId)).Status).toBe('SUCCESS');
  }));

  test.each(['DescribeImages', 'ModifyImageAttribute'])('if %s does not respond', action => inAccount(async ({ invoke, ec2 }) => {
    ec2.neverAnswer(call => call.action === action);
    await invoke({ ...request(ec2), RequestType: 'Create', ResourceProperties: OWN }, 31_500);
    await invoke({ ...request(ec2), RequestType: 'Delete', PhysicalResourceId: PHYSICAL_ID, ResourceProperties: OWN }, 31_500);
    expect(ec2.responses.map(({ body }) => (JSON.parse(body) as { Status: string }).Status)).toEqual(['FAILED', 'SUCCESS']);
  }));
});

describe('the bundle', () => {
  test('fits into a template, with characters that every template accepts, and needs only the AWS SDK', () => {
    expect(IMAGE_IMDS_SUPPORT_HANDLER.length).toBeLessThanOrEqual(10_240);
    expect(IMAGE_IMDS_SUPPORT_HANDLER).toMatch(/^[\n -~]+$/);
    expect([...IMAGE_IMDS_SUPPORT_HANDLER.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name).sort())
      .toEqual(['"@aws-sdk/client-cloudformation"', '"@aws-sdk/client-ec2"']);
  });

  test('sets the attribute, loaded as Lambda loads it', () => inAccount(async ({ create, ec2 }) => {
    expect((await create(OWN)).Status).toBe('SUCCESS');
    expect(ec2.images.get('ami-own')!.imdsSupport).toBe('v2.0');
  }, loaded(IMAGE_IMDS_SUPPORT_HANDLER)));
});
