import { CloudFormationStack, MAIN } from './cloudformation-stack';
import { inAccount, type Properties, type Stack } from './stack';

// What AWS refuses is asked for again and again.
jest.setTimeout(30_000);

const REQUIRED = { HttpTokens: 'required' };
const ENFORCED = { HttpTokens: 'required', HttpTokensEnforced: 'enabled' };

/** The account that issue reports were about: tokens were required before, and nobody here ever wrote that. */
const HARDENED = { 'eu-west-1': { defaults: REQUIRED }, 'us-east-1': {} };

const WRITES = { action: 'ModifyInstanceMetadataDefaults', code: 'UnauthorizedOperation' };
const READS = { action: 'GetInstanceMetadataDefaults', code: 'UnauthorizedOperation' };

/** Whether each deletion, and each request on the way back, went through. */
function wentThrough({ sent }: CloudFormationStack): boolean {
  return sent.filter(({ type, isWayBack }) => isWayBack || type === 'Delete').every(({ answer }) => answer?.Status === 'SUCCESS');
}

beforeEach(() => { jest.spyOn(process.stdout, 'write').mockReturnValue(true); });
afterEach(() => { jest.restoreAllMocks(); });

describe('a creation that CloudFormation takes back leaves the account as it was', () => {
  test.each([
    ['a Region is misspelt', { Defaults: ENFORCED, Regions: ['eu-west-1', 'eu-wst-2'] }, {}],
    ['another resource fails before it', { Defaults: ENFORCED }, { anotherFailsAfter: 0 }],
    ['another resource fails after it', { Defaults: ENFORCED }, { anotherFailsAfter: 1 }],
  ])('where %s', (_, properties, trouble) => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
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
  ])('where %s', (_, fault) => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
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

describe('a creation of which CloudFormation hears nothing', () => {
  test('takes back what it set, since nothing can be undone by an id that CloudFormation made up', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
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

  test('goes on where it was when Lambda runs it again', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } }, { diesAfter: 1, attempts: 3 })).toBe(true);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toHaveProperty('HttpTokens', 'required');
  }));

  test('may still run while it is taken back', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
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

  test('keeps the id where there is nothing else to remember', () => inAccount(HARDENED, async ({ cloudFormation }) => {
    await cloudFormation.deploy(ONE);
    const [id] = [...cloudFormation.resources.values()].map(({ physicalId }) => physicalId);
    await cloudFormation.deploy(OTHER, { anotherFailsAfter: 1 });
    await cloudFormation.deploy({ [MAIN]: { ...ONE[MAIN], Defaults: { HttpTokensEnforced: 'enabled', HttpTokens: 'required' } } });
    expect([...cloudFormation.resources.values()].map(({ physicalId }) => physicalId)).toEqual([id]);
  }));

  test('moves Regions, and the clean-up of the former id takes nothing back', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
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
  ])('is taken back where %s', (_, fault, trouble) => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy(ONE);
    if ('action' in fault) { ec2.failWith(fault); }
    expect(await cloudFormation.deploy(OTHER, trouble)).toBe(false);
    expect(wentThrough(cloudFormation)).toBe(true);
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    expect(wentThrough(cloudFormation)).toBe(true);
  }));

  test('whose way back meets a Region that cannot be read goes back all the same, and says so', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.failWith({ ...READS, region: 'eu-west-1', message: 'explicit deny' });
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } })).toBe(false);
    expect(cloudFormation.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    const { answer } = cloudFormation.sent.find(({ isWayBack }) => isWayBack)!;
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Regions: 'eu-west-1,us-east-1' } });
    expect(answer?.Reason).toContain('the rollback continues, but some defaults are not set: 1 of 2 Regions failed. eu-west-1: UnauthorizedOperation: explicit deny');
    expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
  }));

  test('that fails by itself does not count as a way back', () => inAccount(HARDENED, async ({ cloudFormation, ec2 }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.failWith({ ...WRITES, region: 'eu-west-1' });
    expect((await cloudFormation.update({ Defaults: ENFORCED }))?.Status).toBe('FAILED');
  }));

  test('leaves a Region that it cannot undo, says so, remembers it, and undoes it the next time', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    ec2.failWith({ ...WRITES, region: 'us-east-1', times: 10 });
    expect(await cloudFormation.deploy(ONE)).toBe(true);
    expect(cloudFormation.sent[1].answer?.Reason).toContain('us-east-1: not undone: UnauthorizedOperation');
    expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
    await cloudFormation.deploy({ [MAIN]: { ...ONE[MAIN], Defaults: REQUIRED } });
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
  }));

  test('writes nothing where CloudFormation cannot be asked, and goes back', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    ec2.failWith({ action: 'DescribeStackResource', code: 'AccessDenied', times: 10 });
    expect(await cloudFormation.deploy(ONE)).toBe(false);
    expect(cloudFormation.sent[1].answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^CloudFormation did not answer: AccessDenied/) as string });
    expect(wentThrough(cloudFormation)).toBe(true);
    expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
    await cloudFormation.delete();
    expect(defaultsOf('us-east-1')).toEqual({});
  }));

  test('of what somebody made stronger since never takes that away later', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpTokens: 'optional' } } });
    ec2.regions['eu-west-1'].defaults = REQUIRED;
    await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

  test('from the former version of the library undoes nothing that this version did not write', () => inAccount({ 'eu-west-1': { defaults: REQUIRED } }, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    cloudFormation.resources.get(MAIN)!.physicalId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Account/51af3dc0/Resource1A2B3C4D';
    await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } });
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));
});

describe('a creation that is tried again without going back', () => {
  test('is not undone by the deletion of the first one', () => inAccount(HARDENED, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.failWith({ ...WRITES, region: 'us-east-1', times: 10 });
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } }, { disableRollback: true })).toBe(false);
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } })).toBe(true);
    expect(cloudFormation.sent.map(({ type }) => type)).toEqual(['Create', 'Create', 'Delete']);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
    await cloudFormation.delete();
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, {}]);
  }));

  test('remembers what the first one could not take back', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } }, 'us-east-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
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

  test('that this one is renamed to in an update that is taken back leaves them to this one', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: ALL });
    expect(await cloudFormation.deploy({ Renamed: ALL }, { anotherFailsAfter: 1 })).toBe(false);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
  }));

  test('gets a Region that this one leaves out', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    const [ireland, virginia] = [['eu-west-1'], ['us-east-1']].map(Regions => ({ Defaults: ENFORCED, Regions }));
    const both = { Defaults: ENFORCED, Regions: ['eu-west-1', 'us-east-1'] };
    await cloudFormation.deploy({ Other: ireland, [MAIN]: virginia });
    await cloudFormation.deploy({ Other: both, [MAIN]: { Defaults: REQUIRED, Regions: ['eu-west-1'] } });
    expect(defaultsOf('us-east-1')).toEqual(ENFORCED);
  }));

  test('that holds other Regions keeps nothing', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    const [ireland, virginia] = [['eu-west-1'], ['us-east-1']].map(Regions => ({ Defaults: ENFORCED, Regions }));
    await cloudFormation.deploy({ [MAIN]: ireland, Other: virginia });
    await cloudFormation.deploy({ [MAIN]: ireland });
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, {}]);
  }));

  test('whose id does not say what it holds keeps everything', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: ALL, Other: { ...ALL, Regions: ['us-east-1'] } });
    cloudFormation.resources.get('Other')!.physicalId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Account/51af3dc0/Other';
    await cloudFormation.deploy({ Other: { ...ALL, Regions: ['us-east-1'] } });
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([ENFORCED, ENFORCED]);
  }));

  test('that is being changed keeps everything, since its id may not say yet what it holds', () => inAccount(HARDENED, async ({ cloudFormation, remove, defaultsOf }) => {
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

describe('a deployment with another resource for the same Region that is taken back', () => {
  const STRONG = { Defaults: { ...ENFORCED, HttpPutResponseHopLimit: '1' } };
  const WEAK = { Defaults: { HttpTokens: 'optional', HttpTokensEnforced: 'disabled', HttpPutResponseHopLimit: '3' } };

  test.each([
    ['is renamed to a weaker one', { Renamed: WEAK }],
    ['gets a weaker one beside it', { [MAIN]: STRONG, Renamed: WEAK }],
  ])('leaves the first one as it was where it %s', (_, resources) => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: STRONG });
    expect(await cloudFormation.deploy(resources, { anotherFailsAfter: 1 })).toBe(false);
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([STRONG.Defaults, STRONG.Defaults]);
    expect(wentThrough(cloudFormation)).toBe(true);
  }));

  test('gives back what only the second one wrote', () => inAccount({ 'eu-west-1': { defaults: ENFORCED } }, async ({ cloudFormation, defaultsOf }) => {
    const first = { Defaults: { HttpEndpoint: 'disabled' }, Regions: ['eu-west-1'] };
    await cloudFormation.deploy({ [MAIN]: first });
    await cloudFormation.deploy({ [MAIN]: first, Other: WEAK }, { anotherFailsAfter: 1 });
    expect(defaultsOf('eu-west-1')).toEqual({ ...ENFORCED, HttpEndpoint: 'disabled' });
  }));

  test('gives back what the second one wrote, which is what was there before the first one', () => inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'optional' } } }, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await cloudFormation.deploy({ Renamed: { Defaults: { HttpTokens: 'optional' } } }, { anotherFailsAfter: 1 });
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));
});

describe('a resource that is renamed', () => {
  test('takes its defaults back but for those that the other one sets', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpPutResponseHopLimit: '3' } } });
    await cloudFormation.deploy({ Renamed: { Defaults: REQUIRED } });
    expect(defaultsOf('eu-west-1')).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: '1' });
  }));

  test('hands on what was there before, so that a deletion brings it back', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, defaultsOf }) => {
    const weak = { Defaults: { HttpPutResponseHopLimit: '3' } };
    await cloudFormation.deploy({ [MAIN]: weak });
    await cloudFormation.deploy({ Renamed: weak });
    expect(defaultsOf('eu-west-1')).toEqual(weak.Defaults);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));

  test('leaves the stronger of two values', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, defaultsOf }) => {
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

  test('weakens nothing before everything else is through in all Regions', () => inAccount(TWO, async ({ cloudFormation, ec2 }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpEndpoint: 'enabled' } } });
    ec2.failWith({ ...WRITES, region: 'us-east-1' });
    expect(await cloudFormation.deploy({ [MAIN]: WEAKER })).toBe(false);
    expect(ec2.writesIn('eu-west-1').some(({ HttpPutResponseHopLimit }) => HttpPutResponseHopLimit === '3')).toBe(false);
  }));

  test('says what may be left where Lambda ended it', () => inAccount(TWO, async ({ cloudFormation }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await cloudFormation.deploy({ [MAIN]: WEAKER }, { diesAfter: 2 });
    expect(cloudFormation.sent[2].answer?.Reason).toContain('eu-west-1: the failed update may have left HttpPutResponseHopLimit is 3');
  }));
});

describe('a response that CloudFormation never takes', () => {
  test('is of a creation that is taken back, so that the next attempt remembers what was there before', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.refusedResponses = 10;
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: { ...ENFORCED, HttpPutResponseHopLimit: '3' } } }, { attempts: 2, anotherFailsAfter: 1 })).toBe(false);
    expect(cloudFormation.sent[0].answer?.Status).toBe('SUCCESS');
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));
});

describe('the deletion of an id to which an update changed the resource, which is taken back,', () => {
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

  test.each([true, false])('brings back what the resource has by then, without an update before (%s)', without => inAccount(FOUND, async stack => {
    await takenBack(stack, WEAK, without);
    expect(stack.defaultsOf('eu-west-1')).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: '1' });
  }));

  test.each([true, false])('brings it back where the update wrote what was there before the resource, without an update before (%s)', without =>
    inAccount({ 'eu-west-1': { defaults: { HttpTokens: 'optional' } } }, async stack => {
      await takenBack(stack, { Defaults: { HttpTokens: 'optional' } }, without);
      expect(stack.defaultsOf('eu-west-1')).toEqual(REQUIRED);
    }));

  test('leaves what is as good as what the resource wants, and is remembered', () => inAccount({ 'eu-west-1': { defaults: ENFORCED } }, async ({ cloudFormation, defaultsOf }) => {
    const notEnforced = (HttpTokensEnforced: string) => ({ [MAIN]: { Defaults: { HttpTokensEnforced, HttpEndpoint: 'disabled' } } });
    await cloudFormation.deploy(notEnforced('no-preference'));
    await cloudFormation.deploy(notEnforced('disabled'), { anotherFailsAfter: 1 });
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
  }));

  test('makes nothing weaker by an id that somebody wrote', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    cloudFormation.status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';
    await cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: 'imds-defaults:0000000f:TrH1:*;ToH9=eu-w-1' });
    expect(defaultsOf('eu-west-1')).toEqual({ ...REQUIRED, HttpPutResponseHopLimit: '1' });
  }));
});

describe('what CloudFormation says of a request', () => {
  test('may be late: a deletion waits for it', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    const resource = cloudFormation.resources.get(MAIN)!;
    const deletion = cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: resource.physicalId });
    let asked = 0;
    ec2.onCall = ({ action }) => { if (action === 'DescribeStackResource' && ++asked === 2) { resource.status = 'DELETE_IN_PROGRESS'; } };
    await deletion;
    expect(defaultsOf('eu-west-1')).toEqual({});
  }));

  test('is needed by a creation', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    ec2.failWith({ action: 'ListStackResources', code: 'AccessDenied' });
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } })).toBe(false);
    expect(cloudFormation.sent[0].answer?.Reason).toMatch(/^CloudFormation did not answer: AccessDenied/);
    expect(ec2.writesIn('eu-west-1')).toEqual([]);
    expect(defaultsOf('eu-west-1')).toEqual({});
  }));

  test('is needed by no rollback: one that asks for what the resource already is goes on', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2 }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.failWith({ action: 'DescribeStacks', code: 'AccessDenied' });
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: ENFORCED } })).toBe(false);
    expect(cloudFormation.sent.map(({ answer }) => answer?.Status)).toEqual(['SUCCESS', 'FAILED', 'SUCCESS']);
    expect(cloudFormation.sent[2].answer?.Reason).toContain('the rollback continues, but some defaults are not set: CloudFormation did not answer');
  }));
});

describe('a deletion', () => {
  test('leaves tokens required while others enforce it', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.regions['eu-west-1'].defaults = ENFORCED;
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual(ENFORCED);
    expect(cloudFormation.sent[1].answer?.Reason).toBe('eu-west-1: kept: HttpTokens, because HttpTokensEnforced is enabled elsewhere');
  }));

  test('reads again what may be an answer of before', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' } } }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpPutResponseHopLimit: '3' } } });
    ec2.answersAsBefore('eu-west-1', { HttpPutResponseHopLimit: '1' }, 2);
    await cloudFormation.delete();
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));

  test('follows a creation whose writes EC2 did not answer: they are taken back all the same', () => inAccount({ 'eu-west-1': { defaults: { HttpPutResponseHopLimit: '1' }, lag: 30 } }, async ({ cloudFormation, defaultsOf }) => {
    expect(await cloudFormation.deploy({ [MAIN]: { Defaults: { HttpPutResponseHopLimit: '3' } } })).toBe(false);
    expect(defaultsOf('eu-west-1')).toEqual({ HttpPutResponseHopLimit: '1' });
  }));
});

describe('a resource in another stack for the same Region', () => {
  test('never takes away what the first one set', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, anotherStack, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    const other = anotherStack();
    expect(await other.deploy({ [MAIN]: { Defaults: ENFORCED } }, { anotherFailsAfter: 1 })).toBe(false);
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
    await other.deploy({ [MAIN]: { Defaults: ENFORCED } });
    await other.delete();
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

  test('gets its defaults again by a look with repair, after the first one took its own back', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, anotherStack, look, defaultsOf }) => {
    const first = anotherStack();
    await first.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await first.delete();
    expect(defaultsOf('eu-west-1')).toEqual({});
    await look(true);
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));
});

describe('whoever may invoke the function gains nothing by', () => {
  const FORGED = 'imds-defaults:0000000f:Tr:*;T-=eu-w-1,us-e-1';

  test('a deletion with an id that is written by hand', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    for (const status of ['UPDATE_COMPLETE', 'DELETE_IN_PROGRESS']) {
      cloudFormation.resources.get(MAIN)!.status = status;
      await cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: FORGED });
    }
    expect([defaultsOf('eu-west-1'), defaultsOf('us-east-1')]).toEqual([REQUIRED, REQUIRED]);
  }));

  test.each(['UPDATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'CREATE_COMPLETE'])('a deletion with the true id of a resource that is %s', status =>
    inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
      await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
      const resource = cloudFormation.resources.get(MAIN)!;
      resource.status = status;
      const answer = await cloudFormation.send(MAIN, { RequestType: 'Delete', PhysicalResourceId: resource.physicalId });
      expect(answer?.Reason).toBe('nothing is undone: CloudFormation is not deleting the resource');
      expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
    }));

  test('a deletion that names another resource of the stack', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await cloudFormation.send('Bucket', { RequestType: 'Delete', PhysicalResourceId: FORGED });
    await cloudFormation.send('Bucket', { RequestType: 'Delete', PhysicalResourceId: 'bucket' });
    expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
  }));

  test('an update with an id that is written by hand', () => inAccount(HARDENED, async ({ cloudFormation, defaultsOf }) => {
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

  test('a schedule: the defaults become what was deployed', () => inAccount({ ...HARDENED, 'ap-east-1': { defaults: { HttpTokens: 'optional' } } }, async ({ cloudFormation, look, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    await look(true);
    expect(defaultsOf('ap-east-1')).toEqual(REQUIRED);
  }));
});

describe('a rollback that does not know what the other resources hold leaves what they may hold', () => {
  const required = (...Regions: string[]) => ({ Defaults: REQUIRED, Regions });

  test('to the resource that was renamed, where the list is denied', () => inAccount({ 'eu-west-1': {} }, async ({ cloudFormation, ec2, defaultsOf }) => {
    await cloudFormation.deploy({ [MAIN]: { Defaults: REQUIRED } });
    ec2.failWith({ action: 'ListStackResources', code: 'AccessDenied', when: () => cloudFormation.status.includes('ROLLBACK') });
    await cloudFormation.deploy({ Renamed: { Defaults: REQUIRED } }, { anotherFailsAfter: 1 });
    expect(defaultsOf('eu-west-1')).toEqual(REQUIRED);
  }));

  test('to the resource that a Region came from, where the list is denied', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {}, 'ap-east-1': {} },
    async ({ cloudFormation, ec2, defaultsOf }) => {
      await cloudFormation.deploy({ [MAIN]: required('eu-west-1', 'us-east-1'), Other: required('ap-east-1') });
      ec2.failWith({ action: 'ListStackResources', code: 'AccessDenied', when: () => cloudFormation.status.includes('ROLLBACK') });
      await cloudFormation.deploy({ [MAIN]: required('eu-west-1'), Other: required('ap-east-1', 'us-east-1') }, { anotherFailsAfter: 2 });
      expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
    }));

  test('to the resource that a Region came from, where both go back at once', () => inAccount({ 'eu-west-1': {}, 'us-east-1': {}, 'ap-east-1': {} },
    async ({ cloudFormation, defaultsOf }) => {
      await cloudFormation.deploy({ [MAIN]: required('eu-west-1', 'us-east-1'), Other: required('ap-east-1') });
      cloudFormation.status = 'UPDATE_IN_PROGRESS';
      await cloudFormation.update(required('eu-west-1'), MAIN);
      await cloudFormation.update(required('ap-east-1', 'us-east-1'), 'Other');
      cloudFormation.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
      await cloudFormation.update(required('eu-west-1', 'us-east-1'), MAIN);
      cloudFormation.resources.get(MAIN)!.status = 'UPDATE_IN_PROGRESS'; // CloudFormation has not heard its answer yet
      await cloudFormation.update(required('ap-east-1'), 'Other');
      expect(defaultsOf('us-east-1')).toEqual(REQUIRED);
    }));
});
