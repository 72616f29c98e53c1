import type { AwsServer } from './aws-server';
import { type Handler, invoke } from './lambda';

/** The account that the stack is in. */
export const ACCOUNT = '111122223333';

/** The stack. */
export const STACK_ID = `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/Account/51af3dc0-da77-11e4-872e-1234567db123`;
const LOGICAL_ID = 'Resource1A2B3C4D';

/** How often a handler asks for what AWS refuses at first. */
export const ATTEMPTS = 10;

/** The id that a resource has where its handler gives it none. */
export const PHYSICAL_ID = `${STACK_ID}/${LOGICAL_ID}`;

/** What CloudFormation gets. */
export interface Result<Data> {
  readonly Status: string;
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Data;
}

/** A custom resource in a stack. */
export interface Deployed<Properties, Data> {
  create(properties: Properties): Promise<Result<Data>>;
  update(properties: Properties, former: Properties, physicalId?: string): Promise<Result<Data>>;
  remove(properties: Properties, physicalId?: string): Promise<Result<Data>>;

  /** Invokes the function with an event, whatever it is, and with the time left in milliseconds. */
  invoke(event: unknown, time?: number): Promise<void>;
}

/** A custom resource whose handler is invoked as CloudFormation does. */
export function deployed<Properties, Data>(handler: Handler, server: AwsServer): Deployed<Properties, Data> {
  const send = async (event: object): Promise<Result<Data>> => {
    const before = server.responses.length;
    await invoke(handler, { ...request(server), ...event });
    expect(server.responses).toHaveLength(before + 1);
    return JSON.parse(server.responses[before].body) as Result<Data>;
  };
  return {
    create: async ResourceProperties => send({ RequestType: 'Create', ResourceProperties }),
    update: async (ResourceProperties, OldResourceProperties, PhysicalResourceId = PHYSICAL_ID) =>
      send({ RequestType: 'Update', PhysicalResourceId, ResourceProperties, OldResourceProperties }),
    remove: async (ResourceProperties, PhysicalResourceId = PHYSICAL_ID) => send({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties }),
    invoke: async (event, time) => invoke(handler, event, time),
  };
}

/** What every request holds. */
export function request(server: AwsServer): object {
  return { ResponseURL: `${server.url}/response?signed`, StackId: STACK_ID, RequestId: 'request-1', LogicalResourceId: LOGICAL_ID, ResourceType: 'Custom::Resource' };
}

/** What a template says, as CloudFormation sends it: every number and every boolean as a text. */
export function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => typeof part === 'number' || typeof part === 'boolean' ? String(part) : part);
}
