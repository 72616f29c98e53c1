import type { InstanceMetadataDefaultsResponse } from '@aws-sdk/client-ec2';
import { type Changes, changesOf, remembered } from './changes';
import { type Field, missing, type Setting, type Value, valueIn } from './defaults';
import { governed } from './policy';
import type { RegionDefaults } from './region-defaults';
import { isStronger } from './stronger';
import { type Target, undo } from './undo';

/** One Region that gets the settings, in two steps: what makes it weaker comes last, once the first step is through in every Region. */
export class Convergence {
  private found: InstanceMetadataDefaultsResponse = {};

  /**
   * @param defaults the account defaults of the Region
   * @param settings what is wanted
   * @param changes what is remembered
   */
  public constructor(public readonly defaults: RegionDefaults, private readonly settings: readonly Setting[], private readonly changes: Changes) {}

  /**
   * Writes what does not make the Region weaker. What already is as wanted is not written.
   *
   * @throws Error where EC2 refuses a setting, or did not take it
   */
  public async harden(): Promise<void> {
    this.found = await this.defaults.read();
    const change = missing(this.settings, this.found);
    const policy = governed(change, this.found);
    if (policy) { throw new Error(policy); }
    await this.defaults.write(change.filter(setting => !this.weakens(setting)), this.found);
  }

  /**
   * Writes the rest, and undoes what was changed of fields that are wanted no longer. Ends enforcement first, which may need them.
   *
   * @param target what a field is to be that is wanted no longer; nothing where it may not be undone
   * @returns what is to be said of it; empty where there is nothing
   * @throws Error where EC2 refuses a setting, or did not take it
   */
  public async loosen(target: Target | undefined, objection: string): Promise<{ readonly words: string; readonly left: Changes }> {
    const rest = missing(this.settings, this.found).filter(setting => this.weakens(setting));
    const isEnforcement = ([field]: Setting) => field === 'HttpTokensEnforced';
    await this.defaults.write(rest.filter(isEnforcement), this.found);
    const dropped = changesOf(this.changes, this.settings, false);
    const undone = target ? await undo(this.defaults, dropped, target) : { words: dropped.size > 0 ? `not undone: ${objection}` : '', left: dropped };
    await this.defaults.write(rest.filter(setting => !isEnforcement(setting)), this.found);
    return undone;
  }

  /** What there is to remember once both steps are through. */
  public remembered(left: Changes, inherited: (field: Field, value: Value) => Value | undefined): Changes {
    const kept = changesOf(this.changes, this.settings, true);
    return new Map([...left, ...this.found.ManagedBy === 'declarative-policy' ? kept : remembered(kept, this.settings, this.found, inherited)]);
  }

  /** Those of the settings of an update that failed, in words, that hold and are neither wanted nor remembered. */
  public unknown(failed: readonly Setting[]): string {
    const isKnown = (field: Field) => this.changes.has(field) || this.settings.some(([name]) => name === field);
    return failed.filter(([field, value]) => !isKnown(field) && valueIn(this.found, field) === value).map(([field, value]) => `${field} is ${value}`).join(', ');
  }

  private weakens([field, value]: Setting): boolean {
    return isStronger(field, valueIn(this.found, field), value);
  }
}
