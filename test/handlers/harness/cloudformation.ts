import type { AwsServer } from './aws-server';
import { type Handler, invoke } from './lambda';

/** The account of the stack. */
export const ACCOUNT = '111122223333';

/** The stack. */
export const STACK_ID = `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/Account/51af3dc0-da77-11e4-872e-1234567db123`;
const LOGICAL_ID = 'Resource1A2B3C4D';

/** How often a handler retries refused calls. */
export const ATTEMPTS = 10;

/** The id of a resource whose handler returns none. */
export const PHYSICAL_ID = `${STACK_ID}/${LOGICAL_ID}`;

/** A response to CloudFormation. */
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

  /** Invokes the function with any event, and with the milliseconds that are left. */
  invoke(event: unknown, time?: number): Promise<void>;
}

/** A custom resource. It invokes the handler as CloudFormation does. */
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

/** The common part of all requests. */
export function request(server: AwsServer): object {
  return { ResponseURL: `${server.url}/response?signed`, StackId: STACK_ID, RequestId: 'request-1', LogicalResourceId: LOGICAL_ID, ResourceType: 'Custom::Resource' };
}

/** Properties of a template as CloudFormation sends them: numbers and booleans are texts. */
export function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => typeof part === 'number' || typeof part === 'boolean' ? String(part) : part);
}
