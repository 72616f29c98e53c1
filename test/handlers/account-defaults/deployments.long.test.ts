import { CloudFormationStack, MAIN } from './cloudformation-stack';
import { inAccount, type Properties, type Stack } from './stack';

// Refused calls are retried many times.
jest.setTimeout(30_000);

const REQUIRED = { HttpTokens: 'required' };
const ENFORCED = { HttpTokens: 'required', HttpTokensEnforced: 'enabled' };

/** The account of the reported issue: tokens were required before, and the resource never wrote that. */
const HARDENED = { 'eu-west-1': { defaults: REQUIRED }, 'us-east-1': {} };

const WRITES = { action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation' };
const READS = { action: 'GetInstanceMetadataDefaults', code: 'UnauthorizedOperation' };

/** Whether each deletion, and each request of a rollback, succeeded. */
function wentThrough({ sent }: CloudFormationStack): boolean {
  return sent.filter(({ type, isWayBack }) => isWayBack || type === 'Delete').every(({ answer }) => answer?.Status === 'SUCCESS');
}

beforeEach(() => { jest.spyOn(process.stdout, 'write').mockReturnValue(true); });
afterEach(() => { jest.restoreAllMocks(); });

describe('the rollback of a creation leaves the account unchanged', () => {
  test.each([
    ['a Region is misspelt', { Defaults: ENFORCED, Regions: ['eu-west-1', 'eu-wst-2'] }, {}],
    ['another resource fails before it', { Defaults: ENFORCED }, { anotherFailsAfter: 0 }],
    ['another resource fails after it', { Defaults: ENFORCED }, { anotherFailsAfter: 1 }],
  ])('if %s', (_, properties, trouble) => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    expect(await cloudFormation.deploy({ [MAIN]: properties }, trouble)).toBe(false);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
    expect(wentThrough(cloudFormation)).toBe(true);
  }));

  test.each([
    ['reading is denied in a Region', { ...READS, region: 'eu-west-1' }],
    ['writing is denied in a Region', { ...WRITES, region: 'us-east-1' }],
    ['writing is denied everywhere', WRITES],
    ['the second step is denied', { ...WRITES, when: ({ parameters }: { parameters: object }) => 'HttpTokensEnforced' in parameters }],
    ['Regions cannot be listed', { action: 'DescribeRegions', code: 'UnauthorizedOperation' }],
  ])('if %s', (_, fault) => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.failWith(fault);
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } })).toBe(false);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
    expect(wentThrough(cloudFormation)).toBe(true);
  }));

  test('also twice in a row', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.failWith({ ...WRITES, region: 'us-east-1' });
    for (const trouble of [{}, { anotherFailsAfter: 1 }]) { await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } }, trouble); }
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
    expect(wentThrough(cloudFormation)).toBe(true);
  }));
});

describe('a creation without a response to CloudFormation', () => {
  test('takes back its changes, because the id that CloudFormation generates contains no changes', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.refusedResponses = Infinity;
    const deployed = cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    ec2.onCall = () => { ec2.refusedResponses = 10; };
    expect(await deployed).toBe(false);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
  }));

  test.each([0, 1, 2, 3])('leaves nothing weaker where Lambda ended it after %d writes', diesAfter => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } }, { diesAfter })).toBe(false);
    expect(defaultsOf('eu-west-1')).toHaveProperty('HttpTokens', 'required');
    expect(wentThrough(cloudFormation)).toBe(true);
  }));

  test('continues when Lambda runs it again', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } }, { diesAfter: 1, attempts: 3 })).toBe(true);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toHaveProperty('HttpTokens', 'required');
  }));

  test('may still run during its rollback', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    let goOn = () => undefined as unknown;
    const gate = new Promise(resolve => { goOn = () => resolve(undefined); });
    const creation = cloudFormation.create({ Defaults: ENFORCED });
    await new Promise(resolve => {
      ec2.onCall = async ({ action }) => { if (action === 'ModifyInstanceMetadataDefaults') { resolve(undefined); await gate; } };
    });
    const physicalId = 'Account-Resource1A2B3C4D-1M9K1D0QTRV3S';
    Object.assign(cloudFormation.resources.get(MAIN)!, { status: 'DELETE_IN_PROGRESS', physicalId });
    expect((await cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: physicalId }))?.Status).toBe('SUCCESS');
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).not.toEqual([ENFORCED, ENFORCED]);
    goOn();
    await creation;
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
  }));
});

describe('an update', () => {
  const ONE = { [MAIN]: { Defaults: ENFORCED, Regions: ['eu-west-1'] } };
  const OTHER = { [MAIN]: { Defaults: { ...ENFORCED, HttpPutResponseHopLimit: '2' }, Regions: ['us-east-1'] } };

  test('keeps the id if there is nothing else to remember', () => inAccount(HARDENED, async ({ cloudFormation }) => {
    await cloudFormation.deploy(ONE);
    const [id] = [...cloudFormation.resources.values()].map(({ physicalId }) => physicalId);
    await cloudFormation.deploy(OTHER, { anotherFailsAfter: 1 });
    await cloudFormation.deploy({ [MAIN]: { ...ONE[MAIN], Defaults: { HttpTokensEnforced: 'enabled', HttpTokens: 'required' } } });
    expect([...cloudFormation.resources.values()].map(({ physicalId }) => physicalId)).toEqual([id]);
  }));

  test('moves to other Regions, and the clean-up of the former id undoes nothing', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy(ONE);
    expect(await cloudFormation.deploy(OTHER)).toBe(true);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, OTHER[MAIN].Defaults]);
    expect(cloudFormation.sent.map(({ type }) => type)).toEqual(['Create', 'Update', 'Delete']);
    expect(cloudFormation.sent[2].answer?.Reason).toBe('nothing is undone: the resource has another physical id in CloudFormation');
  }));

  test.each([
    ['another resource fails', {}, { anotherFailsAfter: 1 }],
    ['a Region denies to write', { ...WRITES, region: 'us-east-1' }, {}],
    ['Lambda ends it', {}, { diesAfter: 1 }],
  ])('is rolled back if %s', (_, fault, trouble) => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy(ONE);
    if ('action' in fault) { ec2.failWith(fault); }
    expect(await cloudFormation.deploy(OTHER, trouble)).toBe(false);
    expect(wentThrough(cloudFormation)).toBe(true);
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect(wentThrough(cloudFormation)).toBe(true);
  }));

  test('whose rollback cannot read a Region is still rolled back, with a report', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.failWith({ ...READS, region: 'eu-west-1', message: 'explicit deny' });
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } })).toBe(false);
    expect(cloudFormation.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    const { answer } = cloudFormation.sent.find(({ isWayBack }) => isWayBack)!;
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Regions: 'eu-west-1,us-east-1' } });
    expect(answer?.Reason).toContain('the rollback continues, but some defaults are not set: 1 of 2 Regions failed. eu-west-1: UnauthorizedOperation: explicit deny');
    expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
  }));

  test('that fails itself is not a rollback', () => inAccount(HARDENED, async ({ cloudFormation, ec2 }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.failWith({ ...WRITES, region: 'eu-west-1' });
    expect((await cloudFormation.update({ Defaults: ENFORCED }))?.Status).toBe('FAILED');
  }));

  test('skips a Region that cannot be reset, reports and remembers it, and resets it the next time', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    ec2.failWith({ ...WRITES, region: 'us-east-1', times: 10 });
    expect(await cloudFormation.deploy(ONE)).toBe(true);
    expect(cloudFormation.sent[1].answer?.Reason).toContain('us-east-1: not undone: UnauthorizedOperation');
    expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
    await cloudFormation.deploy({ [MAIN]: { ...ONE[MAIN], Defaults: REQUIRED } });
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
  }));

  test('writes nothing if CloudFormation does not respond, and is rolled back', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    ec2.failWith({ action: 'DescribeStackResource', code: 'AccessDenied', times: 10 });
    expect(await cloudFormation.deploy(ONE)).toBe(false);
    expect(cloudFormation.sent[1].answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^CloudFormation did not answer: AccessDenied/) as string });
    expect(wentThrough(cloudFormation)).toBe(true);
    expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
    await cloudFormation.delete();
    expect(defaultsOf('us-east-1')).toEqual({});
  }));

  test('never resets a value that somebody has made stronger since', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpTokens: 'optional' } } });
    ec2.regions['eu-west-1'].defaults = REQUIRED;
    await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

  test('from an older version of the library undoes nothing that this version did not write', () => inAccount({ 'eu-west-1': { defaults: REQUIRED } }, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    cloudFormation.resources.get(MAIN)!.physicalId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Account/51af3dc0/Resource1A2B3C4D';
    await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));
});

describe('a creation that is retried without a rollback', () => {
  test('is not undone by the deletion of the first one', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.failWith({ ...WRITES, region: 'us-east-1', times: 10 });
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } }, { disableRollback: true })).toBe(false);
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } })).toBe(true);
    expect(cloudFormation.sent.map(({ type }) => type)).toEqual(['Create', 'Create', 'Delete']);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
    await cloudFormation.delete();
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
  }));

  test('remembers the changes that the first one could not take back', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } }, 'us-east-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    let writes = 0;
    ec2.failWith({ ...WRITES, region: 'us-east-1', times: 10 });
    ec2.failWith({ ...WRITES, region: 'eu-west-1', when: () => ++writes > 1, times: 10 });
    const weak = { [MAIN]: { Defaults: { HttpPutResponseHopLimit: '3' } } };
    await cloudFormation.deploy(weak, { disableRollback: true });
    expect(defaultsOf('eu-west-1')).toEqual(weak[MAIN].Defaults);
    await cloudFormation.deploy(weak);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));
});

describe('another resource of the stack', () => {
  const ALL = { Defaults: ENFORCED };

  test.each([
    ['that this one is renamed to', { Renamed: ALL }],
    ['that holds the Region by its name', { Renamed: { ...ALL, Regions: ['eu-west-1', 'us-east-1'] } }],
  ])('%s keeps the defaults', (_, renamed) => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: ALL });
    expect(await cloudFormation.deploy(renamed)).toBe(true);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
    expect(cloudFormation.sent[2].answer?.Reason).toBe('eu-west-1: kept for another resource of the stack: HttpTokensEnforced; '
      + 'us-east-1: kept for another resource of the stack: HttpTokens, HttpTokensEnforced');
  }));

  test('that this one is renamed to, in an update that is rolled back, leaves them to this one', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: ALL });
    expect(await cloudFormation.deploy({ Renamed: ALL }, { anotherFailsAfter: 1 })).toBe(false);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
  }));

  test('gets a Region that this one gives up', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    const [ireland, virginia] = [['eu-west-1'], ['us-east-1']].map(Regions => ({ Defaults: ENFORCED, Regions }));
    const both = { Defaults: ENFORCED, Regions: ['eu-west-1', 'us-east-1'] };
    await cloudFormation.deploy({ Other: ireland, [MAIN]: virginia });
    await cloudFormation.deploy({ Other: both, [MAIN]: { Defaults: REQUIRED, Regions: ['eu-west-1'] } });
    expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
  }));

  test('with other Regions keeps nothing', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    const [ireland, virginia] = [['eu-west-1'], ['us-east-1']].map(Regions => ({ Defaults: ENFORCED, Regions }));
    await cloudFormation.deploy({ [MAIN]: ireland, Other: virginia });
    await cloudFormation.deploy({ [MAIN]: ireland });
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, {}]);
  }));

  test('with an id without data keeps everything', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: ALL, Other: { ...ALL, Regions: ['us-east-1'] } });
    cloudFormation.resources.get('Other')!.physicalId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Account/51af3dc0/Other';
    await cloudFormation.deploy({ Other: { ...ALL, Regions: ['us-east-1'] } });
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
  }));

  test('that is being changed keeps everything, because its id may be outdated', () => inAccount(HARDENED, async ({ cloudFormation, remove, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: ALL });
    cloudFormation.resources.set('Other', { properties: ALL, physicalId: 'imds-defaults:0000000f::=ap-e-1', status: 'UPDATE_IN_PROGRESS' });
    await remove();
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
  }));

  test('that failed keeps nothing', () => inAccount(HARDENED, async ({ cloudFormation, remove, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: ALL });
    cloudFormation.resources.set('Failed', { properties: ALL, physicalId: 'imds-defaults:0000000f::', status: 'CREATE_FAILED' });
    await remove();
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
  }));
});

describe('the rollback of a deployment with another resource for the same Region', () => {
  const STRONG = { Defaults: { ...ENFORCED, HttpPutResponseHopLimit: '1' } };
  const WEAK = { Defaults: { HttpTokens: 'optional', HttpTokensEnforced: 'disabled', HttpPutResponseHopLimit: '3' } };

  test.each([
    ['is renamed to a weaker one', { Renamed: WEAK }],
    ['gets a weaker one beside it', { [MAIN]: STRONG, Renamed: WEAK }],
  ])('does not change the values of the first one if it %s', (_, resources) => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: STRONG });
    expect(await cloudFormation.deploy(resources, { anotherFailsAfter: 1 })).toBe(false);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([STRONG.Defaults, STRONG.Defaults]);
    expect(wentThrough(cloudFormation)).toBe(true);
  }));

  test('resets only the changes of the second one', () => inAccount({ 'eu-west-1': { defaults: ENFORCED } }, async ({ cloudFormation, defaultsOf }) => {
    const first = { Defaults: { HttpEndpoint: 'disabled' }, Regions: ['eu-west-1'] };
    await cloudFormation.deploy({ [MAIN]: first });
    await cloudFormation.deploy({ [MAIN]: first, Other: WEAK }, { anotherFailsAfter: 1 });
    expect(defaultsOf('eu-west-1')).toEqual({ ...ENFORCED, HttpEndpoint: 'disabled' });
  }));

  test('resets the changes of the second one to the values before the first one', () => inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'optional' } } }, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await cloudFormation.deploy({ Renamed: { Defaults: { HttpTokens: 'optional' } } }, { anotherFailsAfter: 1 });
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));
});

describe('a renamed resource', () => {
  test('resets its defaults, except those that the other one sets', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpPutResponseHopLimit: '3' } } });
    await cloudFormation.deploy({ Renamed: { Defaults: REQUIRED } });
    expect(defaultsOf('eu-west-1')).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: '1' });
  }));

  test('passes on the former values, so that a deletion restores them', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, defaultsOf }) => {
    const weak = { Defaults: { HttpPutResponseHopLimit: '3' } };
    await cloudFormation.deploy({ [MAIN]: weak });
    await cloudFormation.deploy({ Renamed: weak });
    expect(defaultsOf('eu-west-1')).toEqual(weak.Defaults);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));

  test('keeps the stronger one of two values', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, defaultsOf }) => {
    const [strong, weak] = ['1', '3'].map(HttpPutResponseHopLimit => ({ Defaults: { HttpPutResponseHopLimit } }));
    await cloudFormation.deploy({ Other: strong });
    await cloudFormation.deploy({ Other: strong, [MAIN]: weak });
    await cloudFormation.deploy({ Other: strong });
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));
});

describe('an update that fails and cannot take everything back', () => {
  const BEFORE = { HttpPutResponseHopLimit: '1' };
  const TWO = { 'eu-west-1': { defaults: BEFORE }, 'us-east-1': { defaults: BEFORE } };
  const WEAKER = { Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '3' } };

  test.each([true, false])('remembers it by its id, whether CloudFormation goes on with that (%s) or not', takesOverFailedId => inAccount(TWO, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    let writes = 0;
    ec2.failWith({ ...WRITES, region: 'us-east-1', times: 10 });
    ec2.failWith({ ...WRITES, region: 'eu-west-1', when: () => ++writes > 1, times: 10 });
    expect(await cloudFormation.deploy({ [MAIN]: WEAKER }, { takesOverFailedId })).toBe(false);
    expect(cloudFormation.sent[1].answer?.PhysicalResourceId).toBe('imds-defaults:00000001:Tr:*;T-H1>3=eu-w-1;T-=us-e-1');
    expect(wentThrough(cloudFormation)).toBe(true);
    expect(defaultsOf('us-east-1')).toEqual({ ...BEFORE, ...REQUIRED });
    if (takesOverFailedId) {
      expect(defaultsOf('eu-west-1')).toEqual({ ...BEFORE, ...REQUIRED });
    } else {
      expect(cloudFormation.sent[2].answer?.Reason).toContain('eu-west-1: the failed update may have left HttpPutResponseHopLimit is 3');
    }
  }));

  test('weakens nothing before all other changes have succeeded in all Regions', () => inAccount(TWO, async ({ cloudFormation, ec2 }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpEndpoint: 'enabled' } } });
    ec2.failWith({ ...WRITES, region: 'us-east-1' });
    expect(await cloudFormation.deploy({ [MAIN]: WEAKER })).toBe(false);
    expect(ec2.writesIn('eu-west-1').some(({ HttpPutResponseHopLimit }) => HttpPutResponseHopLimit === '3')).toBe(false);
  }));

  test('reports what may be left if Lambda ended it', () => inAccount(TWO, async ({ cloudFormation }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await cloudFormation.deploy({ [MAIN]: WEAKER }, { diesAfter: 2 });
    expect(cloudFormation.sent[2].answer?.Reason).toContain('eu-west-1: the failed update may have left HttpPutResponseHopLimit is 3');
  }));
});

describe('a response that CloudFormation never accepts', () => {
  test('is for a creation that is rolled back, so that the next try remembers the former values', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.refusedResponses = 10;
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: { ...ENFORCED, HttpPutResponseHopLimit: '3' } } }, { attempts: 2, anotherFailsAfter: 1 })).toBe(false);
    expect(cloudFormation.sent[0].answer?.Status).toBe('SUCCESS');
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));
});

describe('the deletion of an id that an update created, after the rollback of that update,', () => {
  const WEAK = { Defaults: { HttpTokens: 'optional', HttpPutResponseHopLimit: '3' } };
  const FOUND = { 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } };

  async function takenBack({ cloudFormation }: Stack, wanted: Properties, without: boolean): Promise<void> {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    if (!without) { await cloudFormation.deploy({ [MAIN]: wanted }, { anotherFailsAfter: 1 }); return; }
    const resource = cloudFormation.resources.get(MAIN)!;
    const { physicalId, properties } = resource;
    cloudFormation.status = 'UPDATE_IN_PROGRESS';
    const answer = await cloudFormation.update(wanted);
    cloudFormation.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
    Object.assign(resource, { physicalId, properties });
    await cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: answer?.PhysicalResourceId, ResourceProperties: wanted });
  }

  test.each([true, false])('restores the current values of the resource, without an update before (%s)', without => inAccount(FOUND, async stack => {
    await takenBack(stack, WEAK, without);
    expect(stack.defaultsOf('eu-west-1')).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: '1' });
  }));

  test.each([true, false])('restores them if the update wrote the values from before the resource, without an update before (%s)', without =>
    inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'optional' } } }, async stack => {
      await takenBack(stack, { Defaults: { HttpTokens: 'optional' } }, without);
      expect(stack.defaultsOf('eu-west-1')).toEqual(REQUIRED);
    }));

  test('keeps a value that is equivalent to the wanted one, and is remembered', () => inAccount({ 'eu-west-1': { defaults: ENFORCED } }, async ({ cloudFormation, defaultsOf }) => {
    const notEnforced = (HttpTokensEnforced: string) => ({ [MAIN]: { Defaults: { HttpTokensEnforced, HttpEndpoint: 'disabled' } } });
    await cloudFormation.deploy(notEnforced('no-preference'));
    await cloudFormation.deploy(notEnforced('disabled'), { anotherFailsAfter: 1 });
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
  }));

  test('makes nothing weaker because of a forged id', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    cloudFormation.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
    await cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: 'imds-defaults:0000000f:TrH1:*;ToH9=eu-w-1' });
    expect(defaultsOf('eu-west-1')).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: '1' });
  }));
});

describe('the state of a request in CloudFormation', () => {
  test('can be delayed, so a deletion waits for it', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    const resource = cloudFormation.resources.get(MAIN)!;
    const deletion = cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: resource.physicalId });
    let asked = 0;
    ec2.onCall = ({ action }) => { if (action === 'DescribeStackResource' && ++asked === 2) { resource.status = 'DELETE_IN_PROGRESS'; } };
    await deletion;
    expect(defaultsOf('eu-west-1')).toEqual({});
  }));

  test('is necessary for a creation', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.failWith({ action: 'ListStackResources', code: 'AccessDenied' });
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } })).toBe(false);
    expect(cloudFormation.sent[0].answer?.Reason).toMatch(/^CloudFormation did not answer: AccessDenied/);
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
    expect(defaultsOf('eu-west-1')).toEqual({});
  }));

  test('is not necessary for a rollback to the current values', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2 }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.failWith({ action: 'DescribeStacks', code: 'AccessDenied' });
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } })).toBe(false);
    expect(cloudFormation.sent.map(({ answer }) => answer?.Status)).toEqual(['SUCCESS', 'FAILED', 'SUCCESS']);
    expect(cloudFormation.sent[2].answer?.Reason).toContain('the rollback continues, but some defaults are not set: CloudFormation did not answer');
  }));
});

describe('a deletion', () => {
  test('keeps tokens required while others enforce them', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.regions['eu-west-1'].defaults = ENFORCED;
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
    expect(cloudFormation.sent[1].answer?.Reason).toBe('eu-west-1: kept: HttpTokens, because HttpTokensEnforced is enabled elsewhere');
  }));

  test('reads again if a value can be outdated', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpPutResponseHopLimit: '3' } } });
    ec2.answersAsBefore('eu-west-1', { HttpPutResponseHopLimit: '1' }, 2);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));

  test('after a creation without responses of EC2 still resets its writes', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' }, lag: 30 } }, async ({ cloudFormation, defaultsOf }) => {
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpPutResponseHopLimit: '3' } } })).toBe(false);
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));
});

describe('a resource in another stack for the same Region', () => {
  test('never resets the values of the first one', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, anotherStack, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    const other = anotherStack();
    expect(await other.deploy({ [MAIN]: { Defaults: ENFORCED } }, { anotherFailsAfter: 1 })).toBe(false);
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    await other.deploy({ [MAIN]: { Defaults: ENFORCED } });
    await other.delete();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

  test('gets its defaults again from a check with corrections, after the first one has reset its own', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, anotherStack, look, defaultsOf }) => {
    const first = anotherStack();
    await first.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await first.delete();
    expect(defaultsOf('eu-west-1')).toEqual({});
    await look(true);
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));
});

describe('a principal that can invoke the function gains nothing with', () => {
  const FORGED = 'imds-defaults:0000000f:Tr:*;T-=eu-w-1,us-e-1';

  test('a deletion with a forged id', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    for (const status of ['UPDATE_COMPLETE', 'DELETE_IN_PROGRESS']) {
      cloudFormation.resources.get(MAIN)!.status = status;
      await cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: FORGED });
    }
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, REQUIRED]);
  }));

  test.each(['UPDATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'CREATE_COMPLETE'])('a deletion with the real id of a resource that is %s', status =>
    inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
      await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
      const resource = cloudFormation.resources.get(MAIN)!;
      resource.status = status;
      const answer = await cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: resource.physicalId });
      expect(answer?.Reason).toBe('nothing is undone: CloudFormation is not deleting the resource');
      expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
    }));

  test('a deletion with the logical id of another resource of the stack', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await cloudFormation.send('Bucket', { RequestType: 'Delete', PhysicalResourceId: FORGED });
    await cloudFormation.send('Bucket', { RequestType: 'Delete', PhysicalResourceId: 'bucket' });
    expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
  }));

  test('an update with a forged id', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    const properties = { Defaults: REQUIRED, Regions: ['us-east-1'] };
    await cloudFormation.deploy({ [MAIN]: properties });
    const answer = await cloudFormation.send(MAIN, { RequestType: 'Update', PhysicalResourceId: FORGED, ResourceProperties: properties, OldResourceProperties: { Defaults: REQUIRED } });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: 'the resource has another physical id in CloudFormation' });
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

  test.each(['Create', 'Update'])('%s of weaker defaults', RequestType => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    const ResourceProperties = { Defaults: { HttpTokens: 'optional', HttpTokensEnforced: 'disabled' } };
    const PhysicalResourceId = cloudFormation.resources.get(MAIN)!.physicalId;
    expect((await cloudFormation.send(MAIN, { RequestType, PhysicalResourceId, ResourceProperties }))?.Status).toBe('FAILED');
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, REQUIRED]);
  }));

  test.each(['Create', 'Update'])('%s of what is deployed, once the function is updated and the resource is not', RequestType =>
    inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, look, ec2, defaultsOf }) => {
      const weak = { Defaults: { ...REQUIRED, HttpPutResponseHopLimit: '3' } };
      await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
      const PhysicalResourceId = cloudFormation.resources.get(MAIN)!.physicalId;
      cloudFormation.status = 'UPDATE_IN_PROGRESS';
      cloudFormation.updateFunction(MAIN, weak);
      const answer = await cloudFormation.send(MAIN, { RequestType, PhysicalResourceId, ResourceProperties: weak });
      expect(answer).toMatchObject({ Status: 'FAILED', Reason: `CloudFormation is not ${RequestType.slice(0, -1).toLowerCase()}ing the resource` });
      await look(true);
      expect(ec2.events).toHaveLength(1);
      expect(defaultsOf('eu-west-1')).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: '1' });
      await cloudFormation.deploy({ [MAIN]: weak }, { anotherFailsAfter: 1 });
      expect(defaultsOf('eu-west-1')).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: '1' });
    }));

  test('a schedule: the defaults get the deployed values', () => inAccount({ ...HARDENED, 'ap-east-1': { defaults: { HttpTokens: 'optional' } } }, async ({ cloudFormation, look, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await look(true);
    expect(defaultsOf('ap-east-1')).toEqual(REQUIRED);
  }));
});

describe('a rollback without data about the other resources keeps what they may manage', () => {
  const required = (...Regions: string[]) => ({ Defaults: REQUIRED, Regions });

  test('for the renamed resource, if the list is denied', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.failWith({ action: 'ListStackResources', code: 'AccessDenied', when: () => cloudFormation.status.includes('ROLLBACK') });
    await cloudFormation.deploy({ Renamed: { Defaults: REQUIRED } }, { anotherFailsAfter: 1 });
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

  test('for the former resource of a Region, if the list is denied', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {}, 'ap-east-1': {} },
    async ({ cloudFormation, ec2, defaultsOf }) => {
      await cloudFormation.deploy({ [MAIN]: required('eu-west-1', 'us-east-1'), Other: required('ap-east-1') });
      ec2.failWith({ action: 'ListStackResources', code: 'AccessDenied', when: () => cloudFormation.status.includes('ROLLBACK') });
      await cloudFormation.deploy({ [MAIN]: required('eu-west-1'), Other: required('ap-east-1', 'us-east-1') }, { anotherFailsAfter: 2 });
      expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
    }));

  test('for the former resource of a Region, if both are rolled back at the same time', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {}, 'ap-east-1': {} },
    async ({ cloudFormation, defaultsOf }) => {
      await cloudFormation.deploy({ [MAIN]: required('eu-west-1', 'us-east-1'), Other: required('ap-east-1') });
      cloudFormation.status = 'UPDATE_IN_PROGRESS';
      await cloudFormation.update(required('eu-west-1'), MAIN);
      await cloudFormation.update(required('ap-east-1', 'us-east-1'), 'Other');
      cloudFormation.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      await cloudFormation.update(required('eu-west-1', 'us-east-1'), MAIN);
      cloudFormation.resources.get(MAIN)!.status = 'UPDATE_IN_PROGRESS'; // CloudFormation does not have its response yet
      await cloudFormation.update(required('ap-east-1'), 'Other');
      expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
    }));
});
