import type { Event as EventWith } from '../custom-resource/event';
import type { Defaults } from './defaults';

/** The properties of `Custom::ImdsAccountDefaults`. CloudFormation sends every number as a text. */
export interface Properties {
  readonly Defaults?: Defaults;

  /** The Regions that get them; without, every Region that is enabled in the account. */
  readonly Regions?: readonly string[];
}

/** What CloudFormation sends. */
export type Event = EventWith<Properties>;
