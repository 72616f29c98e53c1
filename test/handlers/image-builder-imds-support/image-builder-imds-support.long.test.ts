import { handler } from '../../../handlers/image-builder-imds-support';
import { IMAGE_BUILDER_HANDLER } from '../../../src/ami/image-builder/handler-code.generated';
import { complaintsAbout } from '../../iam/authorization-data';
import { ACCOUNT, ATTEMPTS } from '../harness/cloudformation';
import { beside, type Handler, invoke, loaded } from '../harness/lambda';
import type { Ami, Built } from './fake-aws';
import { FakeAws } from './fake-aws';

const BUILDER = `arn:aws:imagebuilder:eu-west-1:${ACCOUNT}`;
const IMAGE = `${BUILDER}:image/golden/1.0.0/7`;
const PIPELINE = `${BUILDER}:image-pipeline/golden`;
const OTHER = '999988887777';
const ROLE = 'Distribution';
const ROLE_IN_OTHER = `arn:aws:iam::${OTHER}:role/${ROLE}`;

/** An event of EventBridge. */
const AVAILABLE = {
  'version': '0',
  'detail-type': 'EC2 Image Builder Image State Change',
  'source': 'aws.imagebuilder',
  'account': ACCOUNT,
  'region': 'eu-west-1',
  'resources': [IMAGE],
  'detail': { 'previous-state': { status: 'INTEGRATING' }, 'state': { status: 'AVAILABLE' } },
};

const AT_HOME: Ami = { region: 'eu-west-1', image: 'ami-home', accountId: ACCOUNT };
const ABROAD: Ami = { region: 'us-east-1', image: 'ami-abroad', accountId: ACCOUNT };
const ELSEWHERE: Ami = { region: 'us-east-1', image: 'ami-elsewhere', accountId: OTHER };

interface Account {
  readonly aws: FakeAws;
  available(time?: number): Promise<void>;
}

/** The differences from the usual case. */
interface More {
  readonly settings?: object;
  readonly built?: Partial<Built>;
  readonly runs?: Handler;
}

/** Runs a test in an account in which Image Builder has created an image with these AMIs. */
async function afterBuild(amis: readonly Ami[], test: (account: Account) => Promise<void>, more: More = {}): Promise<void> {
  const { settings, built, runs = handler } = more;
  await beside(new FakeAws(), async aws => {
    Object.assign(process.env, { CROSS_ACCOUNT_ROLE: ROLE, ...settings });
    aws.built.set(IMAGE, { sourcePipelineArn: PIPELINE, outputResources: { amis }, ...built });
    amis.forEach(({ image, region, accountId = ACCOUNT }) => aws.add(image, { region, owner: accountId }));
    await test({ aws, available: async time => invoke(runs, AVAILABLE, time) });
  });
}

const stateOf = (aws: FakeAws) => Object.fromEntries([...aws.images].map(([id, { imdsSupport }]) => [id, imdsSupport]));

test('sets the attribute in every Region of the account', () => afterBuild([AT_HOME, ABROAD], async ({ aws, available }) => {
  await available();
  expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0', 'ami-abroad': 'v2.0' });
  expect(aws.callsOf('ModifyImageAttribute').map(({ region, parameters }) => [region, parameters]).sort()).toEqual([
    ['eu-west-1', { 'ImageId': 'ami-home', 'ImdsSupport.Value': 'v2.0' }],
    ['us-east-1', { 'ImageId': 'ami-abroad', 'ImdsSupport.Value': 'v2.0' }],
  ]);
}));

test('reads the image of the event from Image Builder', () => afterBuild([AT_HOME], async ({ aws, available }) => {
  await available();
  expect(aws.callsOf('GetImage').map(({ service, parameters }) => [service, parameters])).toEqual([['imagebuilder', { imageBuildVersionArn: IMAGE }]]);
}));

test('treats an AMI without an account as one of its own', () => afterBuild([{ region: 'eu-west-1', image: 'ami-home' }], async ({ aws, available }) => {
  await available();
  expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0' });
  expect(aws.callsOf('AssumeRole')).toEqual([]);
}));

test('assumes the role in another account, once for all of its AMIs', () => {
  const second: Ami = { region: 'eu-west-1', image: 'ami-second', accountId: OTHER };
  return afterBuild([AT_HOME, ELSEWHERE, second], async ({ aws, available }) => {
    aws.roles.add(ROLE_IN_OTHER);
    await available();
    expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0', 'ami-elsewhere': 'v2.0', 'ami-second': 'v2.0' });
    expect(aws.callsOf('AssumeRole').map(({ parameters: { RoleArn } }) => RoleArn)).toEqual([ROLE_IN_OTHER]);
    expect(new Set(aws.callsOf('ModifyImageAttribute').map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['AKIDEXAMPLE', `AKID${OTHER}`]));
  });
});

test('assumes the role with permissions for the attribute only', () => afterBuild([ELSEWHERE], async ({ aws, available }) => {
  aws.roles.add(ROLE_IN_OTHER);
  await available();
  const { Policy } = aws.callsOf('AssumeRole')[0].parameters;
  const { Version, Statement } = JSON.parse(Policy) as { Version: string; Statement: object[] };
  expect(Version).toBe('2012-10-17');
  expect(Statement).toEqual([
    { Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' },
    { Effect: 'Allow', Action: 'ec2:ModifyImageAttribute', Resource: '*', Condition: { StringEquals: { 'ec2:Attribute/ImdsSupport': 'v2.0' } } },
  ]);
  expect((await Promise.all(Statement.map(complaintsAbout))).flat()).toEqual([]);
}));

describe('a forged event', () => {
  const forged = (event: object) => async ({ aws }: Account) => {
    await invoke(handler, { ...AVAILABLE, ...event }).catch(() => undefined);
    return aws;
  };

  test('does not affect which accounts the AMIs belong to', () => afterBuild([{ region: 'eu-west-1', image: 'ami-home' }], async account => {
    const aws = await forged({ account: OTHER })(account);
    expect(aws.callsOf('AssumeRole')).toEqual([]);
    expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0' });
  }));

  test('does not affect which AMIs are changed', () => afterBuild([AT_HOME], async account => {
    account.aws.add('ami-precious');
    const aws = await forged({ detail: { ...AVAILABLE.detail, amis: ['ami-precious'] }, resources: [IMAGE, 'ami-precious'] })(account);
    expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0', 'ami-precious': undefined });
  }));

  test('does not affect which pipelines are selected', () => afterBuild([AT_HOME], async account => {
    const aws = await forged({ detail: { sourcePipelineArn: PIPELINE } })(account);
    expect(stateOf(aws)).toEqual({ 'ami-home': undefined });
  }, { settings: { PIPELINE_ARNS: PIPELINE }, built: { sourcePipelineArn: `${PIPELINE}-2` } }));
});

test('assumes the role in the partition of the pipeline', () => beside(new FakeAws(), async aws => {
  Object.assign(process.env, { CROSS_ACCOUNT_ROLE: ROLE });
  const arn = IMAGE.replace('arn:aws:', 'arn:aws-cn:');
  aws.built.set(arn, { outputResources: { amis: [ELSEWHERE] } });
  aws.add(ELSEWHERE.image, { region: ELSEWHERE.region, owner: OTHER });
  aws.roles.add(ROLE_IN_OTHER.replace('arn:aws:', 'arn:aws-cn:'));
  await invoke(handler, { ...AVAILABLE, resources: [arn] });
  expect(stateOf(aws)).toEqual({ 'ami-elsewhere': 'v2.0' });
}));

test('reports the AMIs that it cannot reach, and changes the others', () => afterBuild([AT_HOME, ABROAD, ELSEWHERE], async ({ aws, available }) => {
  aws.failWith({ region: 'us-east-1', action: 'ModifyImageAttribute', code: 'UnauthorizedOperation', message: 'explicit deny' });
  await expect(available()).rejects.toThrow(new Error(`2 of 3 images of ${IMAGE} are without ImdsSupport. `
    + `ami-abroad in us-east-1 of ${ACCOUNT}: UnauthorizedOperation: explicit deny; `
    + `ami-elsewhere in us-east-1 of ${OTHER}: AccessDenied: not authorized to perform: sts:AssumeRole on resource: ${ROLE_IN_OTHER}`));
  expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0', 'ami-abroad': undefined, 'ami-elsewhere': undefined });
}));

test('changes only the remaining AMIs when Lambda retries', () => afterBuild([AT_HOME, ELSEWHERE], async ({ aws, available }) => {
  await expect(available()).rejects.toThrow('1 of 2 images');
  aws.roles.add(ROLE_IN_OTHER);
  await available();
  expect(aws.callsOf('ModifyImageAttribute').map(({ parameters }) => parameters.ImageId)).toEqual(['ami-home', 'ami-elsewhere']);
}));

test('reports a Region that does not respond in time', () => afterBuild([AT_HOME, ABROAD], async ({ aws, available }) => {
  aws.neverAnswerIn('us-east-1');
  await expect(available(31_000)).rejects.toThrow(/^1 of 2 images of .*ami-abroad in us-east-1 of \d+: out of time$/);
  expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0', 'ami-abroad': undefined });
}));

test('does not delay AMIs because of one that cannot be reached', () => {
  const many = Array.from({ length: 12 }, (_, index): Ami => ({ region: 'eu-west-1', image: `ami-${index}` }));
  return afterBuild([ABROAD, ...many], async ({ aws, available }) => {
    aws.neverAnswerIn('us-east-1');
    await expect(available(40_000)).rejects.toThrow(/^1 of 13 images/);
    expect(aws.callsOf('ModifyImageAttribute')).toHaveLength(12);
  });
});

test('reports as many failures as fit into an event', () => {
  const many = Array.from({ length: 200 }, (_, index): Ami => ({ region: 'eu-west-1', image: `ami-${index}` }));
  return afterBuild(many, async ({ aws, available }) => {
    aws.failWith({ action: 'DescribeImages', code: 'UnauthorizedOperation', message: 'Encoded authorization failure message: '.padEnd(2_000, 'x') });
    const { message } = await available().then(() => new Error('it went through'), (error: Error) => error);
    expect(message).toMatch(/^200 of 200 images/);
    expect(message.length).toBeLessThan(60_000);
    many.forEach(({ image }) => expect(message).toContain(`${image} in eu-west-1`));
  });
});

test('waits for pending AMIs', () => afterBuild([AT_HOME], async ({ aws, available }) => {
  aws.add('ami-home', { state: 'pending', polls: 3 });
  await available();
  expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0' });
}));

test('sets many AMIs', () => {
  const many = Array.from({ length: 50 }, (_, index): Ami => ({ region: 'eu-west-1', image: `ami-${index}`, accountId: ACCOUNT }));
  return afterBuild(many, async ({ aws, available }) => {
    await available();
    expect(new Set(Object.values(stateOf(aws)))).toEqual(new Set(['v2.0']));
  });
});

test('does nothing for an image with containers', () => afterBuild([], async ({ aws, available }) => {
  await available();
  expect(aws.calls.map(({ action }) => action)).toEqual(['GetImage']);
}, { built: { type: 'DOCKER', outputResources: { containers: [{ region: 'eu-west-1', imageUris: ['golden:1'] }] } } }));

test.each<[string, Partial<Built>, string]>([
  ['is not through yet', { state: { status: 'DISTRIBUTING' } }, `${IMAGE} is DISTRIBUTING`],
  ['has no state', { state: undefined }, `${IMAGE} is undefined`],
  ['names no AMIs', { outputResources: undefined }, `${IMAGE} has no AMIs`],
])('retries, and then fails, if Image Builder reports that the image %s', (_, built, message) => afterBuild([AT_HOME], async ({ aws, available }) => {
  await expect(available()).rejects.toThrow(new Error(message));
  expect(aws.callsOf('GetImage')).toHaveLength(ATTEMPTS);
}, { built }));

test.each(['FAILED', 'DEPRECATED', 'DISABLED'])('sets the existing AMIs of an image that is %s', status => afterBuild([AT_HOME], async ({ aws, available }) => {
  await available();
  expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0' });
}, { built: { state: { status } } }));

test('does nothing for a build that failed before it had AMIs', () => afterBuild([], async ({ aws, available }) => {
  await available();
  expect(aws.calls.map(({ action }) => action)).toEqual(['GetImage']);
}, { built: { state: { status: 'FAILED' }, outputResources: undefined } }));

test('waits for a delayed response of Image Builder', () => afterBuild([AT_HOME], async ({ aws, available }) => {
  aws.late = 3;
  await available();
  expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0' });
}));

test.each(['GetImage', 'AssumeRole', 'DescribeImages', 'ModifyImageAttribute'])('retries if %s is throttled, or if its permission is new', action =>
  afterBuild([ELSEWHERE], async ({ aws, available }) => {
    aws.roles.add(ROLE_IN_OTHER);
    aws.failWith({ action, code: 'UnauthorizedOperation', times: 3 });
    await available();
    expect(stateOf(aws)).toEqual({ 'ami-elsewhere': 'v2.0' });
  }));

describe('if pipelines are named', () => {
  const settings = { PIPELINE_ARNS: `${BUILDER}:image-pipeline/silver,${PIPELINE}` };

  test('selects none with an empty list', () => afterBuild([AT_HOME], async ({ aws, available }) => {
    await available();
    expect(stateOf(aws)).toEqual({ 'ami-home': undefined });
  }, { settings: { PIPELINE_ARNS: '' } }));

  test('sets the attribute on their images', () => afterBuild([AT_HOME], async ({ aws, available }) => {
    await available();
    expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0' });
  }, { settings }));

  test('does not read the results of another one', () => afterBuild([], async ({ aws, available }) => {
    await available();
    expect(aws.callsOf('GetImage')).toHaveLength(1);
  }, { settings, built: { sourcePipelineArn: `${PIPELINE}-2` } }));

  test('ignores a pipeline whose name only starts with a given one', () => afterBuild([AT_HOME], async ({ aws, available }) => {
    await available();
    expect(stateOf(aws)).toEqual({ 'ami-home': undefined });
  }, { settings: { PIPELINE_ARNS: `${PIPELINE}-2` } }));

  test.each([`${PIPELINE}-2`, undefined])('leaves alone an image of %s', sourcePipelineArn => afterBuild([AT_HOME], async ({ aws, available }) => {
    await available();
    expect(stateOf(aws)).toEqual({ 'ami-home': undefined });
  }, { settings, built: { sourcePipelineArn } }));
});

test('fails if Image Builder does not return the image', () => afterBuild([AT_HOME], async ({ aws, available }) => {
  aws.failWith({ action: 'GetImage', code: 'ForbiddenException' });
  await expect(available()).rejects.toThrow();
}));

describe('the bundle', () => {
  test('fits into a template, with characters that every template accepts, and needs only the AWS SDK', () => {
    expect(IMAGE_BUILDER_HANDLER.length).toBeLessThanOrEqual(10_240);
    expect(IMAGE_BUILDER_HANDLER).toMatch(/^[\n -~]+$/);
    expect([...IMAGE_BUILDER_HANDLER.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name).sort())
      .toEqual(['"@aws-sdk/client-ec2"', '"@aws-sdk/client-imagebuilder"', '"@aws-sdk/client-sts"']);
  });

  test('sets the attribute, loaded as Lambda loads it', () => afterBuild([AT_HOME, ELSEWHERE], async ({ aws, available }) => {
    aws.roles.add(ROLE_IN_OTHER);
    await available();
    expect(stateOf(aws)).toEqual({ 'ami-home': 'v2.0', 'ami-elsewhere': 'v2.0' });
  }, { runs: loaded(IMAGE_BUILDER_HANDLER) }));
});
