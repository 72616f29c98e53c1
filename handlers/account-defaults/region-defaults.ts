import type { EC2, InstanceMetadataDefaultsResponse } from '@aws-sdk/client-ec2';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { clientIn } from '../ec2/client';
import type { Change } from './changes';
import { type Defaults, type Field, inWords, missing, type Setting, steps, valueIn } from './defaults';

/** The error codes of EC2 for missing permission, such as in a Region that a service control policy denies. Nothing was written then. */
const REFUSALS = ['UnauthorizedOperation', 'AuthFailure'];

/** The account defaults of one Region. */
export class RegionDefaults {
  /** The changes of this request. */
  public readonly written = new Map<Field, Change>();

  /** The fields that EC2 has accepted, but does not return yet. */
  public readonly unseen = new Set<Field>();

  private readonly client: EC2;

  public constructor(public readonly region: string, public readonly context: Context) {
    this.client = clientIn(region);
  }

  public async read(): Promise<InstanceMetadataDefaultsResponse> {
    return eventually(() => this.readNow(), this.context);
  }

  /**
   * Writes settings, and reads them back.
   *
   * @throws Error if EC2 refuses a setting, or did not take it
   */
  public async write(settings: readonly Setting[], found: Defaults): Promise<void> {
    for (const step of steps(settings)) {
      console.log(this.region, step);
      const before = new Map(this.written);
      step.forEach(([field, value]) => this.written.set(field, { before: before.get(field)?.before ?? valueIn(found, field), written: value }));
      await this.modify(step).catch((error: Error) => {
        if (REFUSALS.includes(error.name)) { step.forEach(([field]) => this.forget(field, before)); }
        throw error;
      });
      step.forEach(([field]) => this.unseen.add(field));
      await this.readBack(step);
      step.forEach(([field]) => this.unseen.delete(field));
    }
  }

  private async readNow(): Promise<InstanceMetadataDefaultsResponse> {
    return (await this.client.getInstanceMetadataDefaults({}, inTime(this.context))).AccountLevel ?? {};
  }

  private async modify(step: readonly Setting[]): Promise<void> {
    await eventually(() => this.client.modifyInstanceMetadataDefaults(Object.fromEntries(step), inTime(this.context)), this.context);
  }

  private forget(field: Field, before: ReadonlyMap<Field, Change>): void {
    if (before.has(field)) { this.written.set(field, before.get(field)!); } else { this.written.delete(field); }
  }

  /** Reads the settings back. EC2 can return the former values for some time. */
  private async readBack(step: readonly Setting[]): Promise<void> {
    await eventually(async () => {
      const answer: Defaults = await this.readNow() as Defaults;
      const left = missing(step, answer);
      if (left.length === 0) { return; }
      // The SDK silently drops fields that it does not know, in requests and in answers.
      const hint = left[0][0] === 'HttpTokensEnforced' && !answer.HttpTokensEnforced ? ': the AWS SDK of the Lambda runtime may be too old' : '';
      throw new Error(`EC2 did not apply the change: ${inWords(left, answer)}${hint}`);
    }, this.context);
  }
}
