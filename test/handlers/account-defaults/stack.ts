import { handler } from '../../../handlers/account-defaults';
import { FakeEc2, type Defaults, type Region } from './fake-ec2';
import { quickClock } from './quick-clock';

const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Account/51af3dc0-da77-11e4-872e-1234567db123';
const LOGICAL_ID = 'DefaultsResource1A2B3C4D';

/** How often the handler asks for what EC2 refuses at first. */
export const ATTEMPTS = 7;

/** The id that the handler gives to the resource. */
export const PHYSICAL_ID = `${STACK_ID}/${LOGICAL_ID}`;

/** What the function runs in, besides the rest of the environment. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};
const UNWANTED = ['AWS_PROFILE', 'AWS_MAX_ATTEMPTS', 'AWS_RETRY_MODE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];

const LAMBDA_TIME = 300_000;

/** The properties of the resource, as the construct writes them. */
export interface Properties {
  readonly Defaults: Defaults;
  readonly Regions?: readonly string[];
}

/** What CloudFormation gets. */
export interface Result {
  readonly Status: string;
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: { readonly Regions: string; readonly SkippedRegions: string };
}

/** A stack with the resource, in an account of its own. */
export interface Stack {
  readonly ec2: FakeEc2;
  create(properties: Properties): Promise<Result>;
  update(properties: Properties, former: Properties): Promise<Result>;
  remove(properties: Properties, physicalId?: string): Promise<Result>;

  /** Invokes the function with an event, whatever it is, and with the time left in milliseconds. */
  invoke(event: unknown, time?: number): Promise<void>;

  /** What was done about account defaults in a Region. */
  defaultsOf(region: string): Defaults;
}

/** The Regions of an account; nothing is set in them, unless it is said. */
export interface Regions {
  readonly [name: string]: Partial<Region>;
}

/** The function, as Lambda calls it. */
type Handler = (event: never, context: never) => Promise<void>;

/**
 * Runs a test against an account with these Regions.
 *
 * @param runs the function to run; the one that was written, unless it is said
 */
export async function inAccount(regions: Regions, test: (stack: Stack) => Promise<void>, runs: Handler = handler): Promise<void> {
  const ec2 = new FakeEc2(Object.fromEntries(Object.entries(regions).map(([name, region]) => [name, { defaults: {}, ...region }])));
  await ec2.start();
  const restore = [quickClock(), environment(ec2.url), silence()];
  try {
    await test(stackWith(ec2, runs));
  } finally {
    restore.forEach(back => back());
    await ec2.stop();
  }
}

function stackWith(ec2: FakeEc2, runs: Handler): Stack {
  const invoke = async (event: unknown, time = LAMBDA_TIME) => {
    const end = Date.now() + time;
    await runs(event as never, { getRemainingTimeInMillis: () => end - Date.now() } as never);
  };
  const send = async (event: object): Promise<Result> => {
    const before = ec2.responses.length;
    await invoke({ ...request(ec2), ...event });
    expect(ec2.responses).toHaveLength(before + 1);
    return JSON.parse(ec2.responses[before].body) as Result;
  };
  return {
    ec2,
    invoke,
    create: async ResourceProperties => send({ RequestType: 'Create', ResourceProperties }),
    update: async (ResourceProperties, OldResourceProperties) =>
      send({ RequestType: 'Update', PhysicalResourceId: PHYSICAL_ID, ResourceProperties, OldResourceProperties }),
    remove: async (ResourceProperties, PhysicalResourceId = PHYSICAL_ID) => send({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties }),
    defaultsOf: region => ec2.regions[region].defaults,
  };
}

/** What every request holds. */
export function request(ec2: FakeEc2): object {
  return { ResponseURL: `${ec2.url}/response?signed`, StackId: STACK_ID, RequestId: 'request-1', LogicalResourceId: LOGICAL_ID, ResourceType: 'Custom::ImdsAccountDefaults' };
}

function environment(url: string): () => void {
  const before = { ...process.env };
  UNWANTED.forEach(name => { delete process.env[name]; });
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL_EC2: url });
  return () => {
    Object.keys(process.env).forEach(name => { delete process.env[name]; });
    Object.assign(process.env, before);
  };
}

/** The log is for CloudWatch. */
function silence(): () => void {
  const log = jest.spyOn(console, 'log').mockImplementation();
  return () => log.mockRestore();
}
