import type { RegisterImageRequest } from '@aws-sdk/client-ec2';
import type { Event as EventWith } from '../custom-resource/event';

/** The properties of `Custom::ImdsRegisteredImage`. */
export interface Properties {
  /** The parameters of `RegisterImage`, every number and every boolean as a text. The name is what the name of the image begins with. */
  readonly Image?: Readonly<Record<string, unknown>>;

  /** Whether the snapshots go with the image: `true` as a text. */
  readonly DeleteSnapshots?: string;

  /** Whether CloudFormation retains images: `true` as a text, or missing. */
  readonly Retain?: string;
}

/** What CloudFormation sends. */
export type Event = EventWith<Properties>;

const NUMBERS = ['VolumeSize', 'Iops', 'Throughput'];
const BOOLEANS = ['EnaSupport', 'DeleteOnTermination', 'Encrypted'];

/** The parameters as EC2 takes them. */
export function parametersIn({ Image }: Properties): RegisterImageRequest {
  return JSON.parse(JSON.stringify(Image), (key, value: unknown) => {
    if (NUMBERS.includes(key)) { return Number(value); }
    return BOOLEANS.includes(key) ? String(value) === 'true' : value;
  }) as RegisterImageRequest;
}
