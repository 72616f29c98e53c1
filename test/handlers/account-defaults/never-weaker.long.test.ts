import fc from 'fast-check';
import { MAIN, type Resources, type Trouble } from './cloudformation-stack';
import type { Defaults } from './fake-ec2';
import { inAccount, type Properties, type Stack } from './stack';

/*
 * After any failure, and after any reaction of CloudFormation, no Region is weaker than it was found, unless the settings of the user are weaker.
 * No deletion and no rollback gets stuck. The settings of a failed deployment do not count, unless its function was ended, or AWS prevented that it
 * was taken back. After a rollback, a field has the value of the remaining resources, or its former value, or a stronger one.
 */

const REGIONS = ['eu-west-1', 'us-east-1', 'ap-east-1'];

/** The values of each field from strong to weak, with equivalent ones together. A hop limit without a preference is 1, or 2 with some AMIs. */
const STRENGTH: { readonly [field: string]: readonly (readonly string[])[] } = {
  HttpTokens: [['required'], ['no-preference'], ['optional']],
  HttpTokensEnforced: [['enabled'], ['disabled', 'no-preference']],
  HttpPutResponseHopLimit: [['1'], ['-1'], ['2'], ['3']],
  HttpEndpoint: [['disabled'], ['enabled', 'no-preference']],
  InstanceMetadataTags: [['disabled', 'no-preference'], ['enabled']],
};
const FIELDS = Object.keys(STRENGTH);

const valueOf = (defaults: Defaults, field: string) => defaults[field] ?? (field === 'HttpPutResponseHopLimit' ? '-1' : 'no-preference');
const weakness = (field: string, value: string) => STRENGTH[field].findIndex(values => values.includes(value));

/** No enforcement is equivalent to no preference. */
const plain = ({ HttpTokensEnforced, ...others }: Defaults) => HttpTokensEnforced === 'enabled' ? { ...others, HttpTokensEnforced } : others;

const values = (field: string) => fc.constantFrom(...STRENGTH[field].flat());
const defaults = (least: number): fc.Arbitrary<Defaults> => fc.subarray(FIELDS, { minLength: least })
  .chain(fields => fc.record(Object.fromEntries(fields.map(field => [field, values(field)]))));

/** The defaults of an account. Those without a preference are missing. */
const found = defaults(0).map(all => Object.fromEntries(Object.entries(all).filter(([, value]) => !['no-preference', '-1'].includes(value))));

/** Only required tokens can be enforced. */
const enforceable = (all: Defaults): Defaults => all.HttpTokensEnforced === 'enabled' ? { ...all, HttpTokens: 'required' } : all;

const properties: fc.Arbitrary<Properties> = fc.record({
  Defaults: defaults(1),
  Regions: fc.option(fc.subarray(REGIONS, { minLength: 1 }), { nil: undefined }),
});

/** An event of the history, with a text for counterexamples. */
interface Step {
  readonly about: object;
  run(stack: Stack, law: Law): Promise<void>;
}

/** The found values in each Region, and the values of the user. */
class Law {
  private readonly weakest = new Map<string, number>();

  public constructor(private readonly stack: Stack) {
    REGIONS.forEach(region => this.found(region, FIELDS));
  }

  /** From now on, fields of a Region must not become weaker than this, unless the deployed settings, to which CloudFormation returns, require it. */
  public found(region: string, fields: readonly string[]): void {
    fields.forEach(field => this.weakest.set(region + field, weakness(field, valueOf(this.stack.defaultsOf(region), field))));
    const deployed = [...this.stack.cloudFormation.resources].map(([id, { properties: each }]) => [id, each] as const);
    this.asked(Object.fromEntries(deployed), region, fields);
  }

  public asked(resources: Resources, where?: string, fields: readonly string[] = FIELDS): void {
    for (const { Defaults: asked, Regions = REGIONS } of Object.values(resources)) {
      for (const region of Regions.filter(each => each === (where ?? each))) {
        for (const [field, value] of Object.entries(asked).filter(([name]) => fields.includes(name))) {
          this.weakest.set(region + field, Math.max(this.weakest.get(region + field)!, weakness(field, value)));
        }
      }
    }
  }

  public check(): void {
    for (const region of REGIONS) {
      for (const field of FIELDS) {
        const value = valueOf(this.stack.defaultsOf(region), field);
        expect({ region, field, value, isWeaker: weakness(field, value) > this.weakest.get(region + field)! }).toMatchObject({ isWeaker: false });
      }
    }
    const { sent } = this.stack.cloudFormation;
    expect(sent.filter(({ type, isWayBack, answer }) => (isWayBack || type === 'Delete') && answer?.Status !== 'SUCCESS')).toEqual([]);
  }
}

const trouble: fc.Arbitrary<Trouble> = fc.record({
  anotherFailsAfter: fc.constantFrom(0, 1),
  diesAfter: fc.constantFrom(0, 1, 2, 4),
  attempts: fc.constantFrom(1, 2),
  disableRollback: fc.constant(true),
  takesOverFailedId: fc.boolean(),
}, { requiredKeys: [] });

const deployment = fc.record({ resources: fc.dictionary(fc.constantFrom(MAIN, 'Renamed'), properties, { minKeys: 1 }), trouble: fc.option(trouble, { nil: {} }) });

const deploy = deployment.map((about): Step => ({
  about,
  run: async (stack, law) => {
    const { cloudFormation, ec2 } = stack;
    const { diesAfter, disableRollback } = about.trouble as Trouble;
    const canGoBack = diesAfter === undefined && !disableRollback && !ec2.mayFail && !cloudFormation.status.endsWith('FAILED');
    const before = new Law(stack);
    if (!await cloudFormation.deploy(about.resources, about.trouble) && canGoBack) { before.check(); } else { law.asked(about.resources); }
  },
}));

const remove = fc.constant<Step>({ about: { deletes: true }, run: async ({ cloudFormation }) => cloudFormation.delete() });

const fault = fc.record({
  region: fc.constantFrom(...REGIONS),
  action: fc.constantFrom('GetInstanceMetadataDefaults', 'ModifyInstanceMetadataDefaults', 'DescribeRegions', 'DescribeStackResource', 'ListStackResources'),
  code: fc.constantFrom('UnauthorizedOperation', 'RequestLimitExceeded', 'InternalError'),
  times: fc.constantFrom(1, 12, 200),
}).map((about): Step => ({ about, run: async ({ ec2 }) => ec2.failWith(about) }));

/** Makes a Region stronger, field by field, as somebody else can do. */
const harden = fc.record({ region: fc.constantFrom(...REGIONS), to: found }).map((about): Step => ({
  about,
  run: async ({ ec2, defaultsOf }, law) => {
    const before = defaultsOf(about.region);
    const stronger = Object.entries(about.to).filter(([field, value]) => weakness(field, value) < weakness(field, valueOf(before, field)));
    ec2.regions[about.region].defaults = { ...before, ...Object.fromEntries(stronger) };
    law.found(about.region, stronger.map(([field]) => field));
  },
}));

const look = fc.record({ repairs: fc.boolean() }).map((about): Step => ({
  about,
  run: async ({ cloudFormation, look: start }) => { if (cloudFormation.resources.has(MAIN)) { await start(about.repairs); } },
}));

/** A request with any contents, as somebody who can invoke the function can send it. */
const forged = fc.record({
  RequestType: fc.constantFrom('Create', 'Update', 'Delete'),
  PhysicalResourceId: fc.constantFrom('imds-defaults:0000000f:ToEd:*;T-E-=eu-w-1,us-e-1', 'imds-defaults:0000000f:TrEe:;ToEd=!eu-w-1', 'true'),
  ResourceProperties: properties,
}).map((about): Step => ({
  about,
  run: async ({ cloudFormation }) => {
    const physicalId = cloudFormation.resources.get(MAIN)?.physicalId;
    await cloudFormation.send(MAIN, { ...about, ...about.PhysicalResourceId === 'true' && { PhysicalResourceId: physicalId } });
    cloudFormation.sent.pop();
  },
}));

const step = fc.oneof({ arbitrary: deploy, weight: 5 }, { arbitrary: fault, weight: 2 }, remove, harden, look, forged);
const steps = fc.array(step, { minLength: 2, maxLength: 7 });
const account = fc.tuple(...REGIONS.map(() => found));

beforeEach(() => { jest.spyOn(process.stdout, 'write').mockReturnValue(true); });
afterEach(() => { jest.restoreAllMocks(); });

test('no Region becomes weaker than it was found, and nothing gets stuck', async () => {
  await fc.assert(fc.asyncProperty(account, steps, async (initial, sequence) => {
    const regions = Object.fromEntries(REGIONS.map((region, index) => [region, { defaults: initial[index] }]));
    await inAccount(regions, async stack => {
      const law = new Law(stack);
      for (const next of sequence) {
        await next.run(stack, law);
        law.check();
      }
      await stack.cloudFormation.delete();
      law.check();
    }, undefined, 5_000);
  }), { numRuns: 30 });
}, 240_000);

test('if only other resources fail, the wanted values are set, and a deletion restores the found values', async () => {
  const lawful = properties.map(all => ({ ...all, Defaults: enforceable(all.Defaults) }));
  const attempt = fc.record({ wanted: lawful, fails: fc.boolean() });
  const accounts = account.map(all => all.map(enforceable));
  await fc.assert(fc.asyncProperty(accounts, fc.array(attempt, { minLength: 1, maxLength: 4 }), async (initial, attempts) => {
    const regions = Object.fromEntries(REGIONS.map((region, index) => [region, { defaults: initial[index] }]));
    await inAccount(regions, async ({ cloudFormation, defaultsOf }) => {
      for (const { wanted, fails } of attempts) {
        const before = REGIONS.map(region => plain(defaultsOf(region)));
        expect(await cloudFormation.deploy({ [MAIN]: wanted }, fails ? { anotherFailsAfter: 1 } : {})).toBe(!fails);
        if (fails) { expect(REGIONS.map(region => plain(defaultsOf(region)))).toEqual(before); continue; }
        for (const region of wanted.Regions ?? REGIONS) {
          const isSet = ([field, value]: [string, string]) => weakness(field, valueOf(defaultsOf(region), field)) === weakness(field, value);
          const differ = Object.entries(wanted.Defaults).filter(setting => !isSet(setting));
          expect(differ).toEqual([]);
        }
      }
      await cloudFormation.delete();
      expect(REGIONS.map(region => plain(defaultsOf(region)))).toEqual(initial.map(plain));
    }, undefined, 5_000);
  }), { numRuns: 30 });
}, 240_000);
