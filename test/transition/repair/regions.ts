import { Duration } from 'aws-cdk-lib';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { VirtualClock } from '../../harness/states-language/virtual-clock';
import type { Run } from './executions';
import type { FakeInstance } from './fake-region';
import { fakeInstance, FakeRegion } from './fake-region';

export const MODIFY = 'ec2:modifyInstanceMetadataOptions';
export const QUICK = { waves: RepairWaves.atOnce(), waitBetweenWaves: Duration.minutes(15) };

/** An entry of a plan or a report. */
export interface Entry {
  readonly id: string;
  readonly is: string;
  readonly because: string;
  readonly outcome: string;
}

/** The output of an execution. */
export interface Output {
  readonly run: string;
  readonly outcomes: { readonly [outcome: string]: number };
}

/** A Region with one instance for each setting. */
export function regionWith(...settings: Partial<FakeInstance>[]): FakeRegion {
  const region = new FakeRegion(new VirtualClock());
  region.add(...settings.map((each, index) => fakeInstance(idOf(index), region.clock.now, each)));
  return region;
}

export const idOf = (index: number) => `i-${index.toString(16).padStart(8, '0')}`;
export const outputOf = ({ output }: Run) => output as Output;
export const reportIn = (region: FakeRegion) => region.json<Entry[]>('report/00000.json').map(({ outcome }) => outcome);
export const optionsOf = (region: FakeRegion) => [...region.instances.values()].map(({ tokens, hops }) => `${tokens} ${hops}`);
export const changesIn = (region: FakeRegion) => region.made.filter(({ name }) => name === MODIFY).map(({ args }) => args as object);
