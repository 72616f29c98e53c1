import { handler } from '../../../handlers/account-defaults';
import { STACK_ID } from '../harness/cloudformation';
import { beside, type Handler, invoke } from '../harness/lambda';
import { type Answered, CloudFormationStack, MAIN, type Properties } from './cloudformation-stack';
import { FakeEc2, type Defaults, type Region } from './fake-ec2';

export { ATTEMPTS, PHYSICAL_ID, request } from '../harness/cloudformation';
export { MAIN, type Properties } from './cloudformation-stack';

/** A stack with the resource, in its own account. */
export interface Stack {
  readonly ec2: FakeEc2;
  readonly cloudFormation: CloudFormationStack;

  /** Creates the resource, and returns the response. */
  create(properties: Properties): Promise<Answered>;

  /** Updates it, and cleans up its former id. */
  update(properties: Properties): Promise<Answered>;
  remove(): Promise<Answered>;

  /** A second stack in the account. */
  anotherStack(): CloudFormationStack;

  /** Invokes the function as the schedule does. */
  look(repairs?: boolean): Promise<void>;

  /** Invokes the function with any event, and with the milliseconds that are left. */
  invoke(event: unknown, time?: number): Promise<void>;

  /** The calls about account defaults in a Region. */
  defaultsOf(region: string): Defaults;
}

/** The Regions of an account, by default without defaults. */
export interface Regions {
  readonly [name: string]: Partial<Region>;
}

/**
 * Runs a test with an account with these Regions.
 *
 * @param runs the function to run, by default the original one
 * @param quicker the factor by which waits are shortened
 */
export async function inAccount(regions: Regions, test: (stack: Stack) => Promise<void>, runs: Handler = handler, quicker?: number): Promise<void> {
  const server = new FakeEc2(Object.fromEntries(Object.entries(regions).map(([name, region]) => [name, { defaults: {}, ...region }])));
  await beside(server, async ec2 => {
    const cloudFormation = new CloudFormationStack(runs, ec2);
    await test({
      ec2,
      cloudFormation,
      create: async properties => {
        const answer = await cloudFormation.create(properties);
        cloudFormation.status = 'CREATE_COMPLETE';
        return answer!;
      },
      update: async properties => {
        cloudFormation.status = 'UPDATE_IN_PROGRESS';
        const answer = await cloudFormation.update(properties);
        await cloudFormation.cleanUpIds();
        cloudFormation.status = 'UPDATE_COMPLETE';
        return answer!;
      },
      remove: async () => {
        cloudFormation.status = 'DELETE_IN_PROGRESS';
        return (await cloudFormation.remove())!;
      },
      anotherStack: () => new CloudFormationStack(runs, ec2, 'b'),
      look: async (repairs = false) => {
        cloudFormation.configure(MAIN);
        ec2.stack = cloudFormation.view();
        Object.assign(process.env, { AWS_LAMBDA_FUNCTION_NAME: 'cdk-imdsv2-function', IMDS_REPAIRS: String(repairs), IMDS_STACK: STACK_ID });
        await invoke(runs, { 'source': 'aws.events', 'detail-type': 'Scheduled Event', 'detail': {} });
      },
      invoke: async (event, time) => invoke(runs, event, time),
      defaultsOf: region => ec2.regions[region].defaults,
    });
  }, quicker);
}
