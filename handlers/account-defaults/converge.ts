import type { InstanceMetadataDefaultsResponse } from '@aws-sdk/client-ec2';
import { type Changes, changesOf, remembered } from './changes';
import { type Field, missing, type Setting, type Value, valueIn } from './defaults';
import { governed } from './policy';
import type { RegionDefaults } from './region-defaults';
import { isStronger } from './stronger';
import { type Target, undo } from './undo';

/**
 * Sets the defaults of one Region in two steps. The second step can make the Region weaker. It runs after the first step has succeeded in all
 * Regions.
 */
export class Convergence {
  private found: InstanceMetadataDefaultsResponse = {};

  /**
   * @param defaults the account defaults of the Region
   * @param settings the wanted settings
   * @param changes the remembered changes
   */
  public constructor(public readonly defaults: RegionDefaults, private readonly settings: readonly Setting[], private readonly changes: Changes) {}

  /**
   * Writes the settings that do not make the Region weaker, and that are not set already.
   *
   * @throws Error if EC2 refuses a setting, or did not take it
   */
  public async harden(): Promise<void> {
    this.found = await this.defaults.read();
    const change = missing(this.settings, this.found);
    const policy = governed(change, this.found);
    if (policy) { throw new Error(policy); }
    await this.defaults.write(change.filter(setting => !this.weakens(setting)), this.found);
  }

  /**
   * Writes the remaining settings, and undoes changes of fields that are no longer wanted. It turns enforcement off first, because the other changes
   * may need this.
   *
   * @param target returns the value for a field that is no longer wanted; left out if nothing may be undone
   * @returns a message, which is empty if there is nothing to report, and the changes that were not undone
   * @throws Error if EC2 refuses a setting, or did not take it
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

  /** The changes to remember after both steps. */
  public remembered(left: Changes, inherited: (field: Field, value: Value) => Value | undefined): Changes {
    const kept = changesOf(this.changes, this.settings, true);
    return new Map([...left, ...this.found.ManagedBy === 'declarative-policy' ? kept : remembered(kept, this.settings, this.found, inherited)]);
  }

  /** The settings of a failed update that are set, but neither wanted nor remembered, in words. */
  public unknown(failed: readonly Setting[]): string {
    const isKnown = (field: Field) => this.changes.has(field) || this.settings.some(([name]) => name === field);
    return failed.filter(([field, value]) => !isKnown(field) && valueIn(this.found, field) === value).map(([field, value]) => `${field} is ${value}`).join(', ');
  }

  private weakens([field, value]: Setting): boolean {
    return isStronger(field, valueIn(this.found, field), value);
  }
}
