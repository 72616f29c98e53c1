import type { RegisterImageRequest } from '@aws-sdk/client-ec2';
import type { Event as EventWith } from '../custom-resource/event';

/** The properties of `Custom::ImdsRegisteredImage`. */
export interface Properties {
  /** The parameters of `RegisterImage`. Numbers and booleans are texts. The name is the prefix of the image's name. */
  readonly Image?: Readonly<Record<string, unknown>>;

  /** Whether the snapshots are deleted with the image: `true` as a text. */
  readonly DeleteSnapshots?: string;

  /** Whether CloudFormation retains images: `true` as a text, or missing. */
  readonly Retain?: string;
}

/** A request of CloudFormation. */
export type Event = EventWith<Properties>;

const NUMBERS = ['VolumeSize', 'Iops', 'Throughput'];
const BOOLEANS = ['EnaSupport', 'DeleteOnTermination', 'Encrypted'];

/** The parameters in EC2's types. */
export function parametersIn({ Image }: Properties): RegisterImageRequest {
  return JSON.parse(JSON.stringify(Image), (key, value: unknown) => {
    if (NUMBERS.includes(key)) { return Number(value); }
    return BOOLEANS.includes(key) ? String(value) === 'true' : value;
  }) as RegisterImageRequest;
}
