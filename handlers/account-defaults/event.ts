import type { Event as EventWith } from '../custom-resource/event';
import type { Defaults } from './defaults';

/** The properties of `Custom::ImdsAccountDefaults`. CloudFormation sends numbers as texts. */
export interface Properties {
  readonly Defaults?: Defaults;

  /** The Regions to set. Left out for every Region that is enabled in the account. */
  readonly Regions?: readonly string[];
}

/** A request of CloudFormation. */
export type Event = EventWith<Properties>;
