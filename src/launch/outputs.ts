import { grouped } from '../model/grouped';
import type { PartialText } from './partial-text';
import { TextIndex } from './partial-text';
import type { References } from './references';
import type { Target } from './targets';
import type { Environment, LaunchStack, LaunchWorld, Placed } from './world';
import { environmentOf, nearestTo } from './world';

/** The place of an output: the alternatives of each part, empty if it is left out. */
export interface OutputQuestion {
  readonly region: readonly Target[];
  readonly role: readonly Target[];
}

/** Finds what other stacks give out: by the name of an export, or by that of the stack. */
export class Outputs {
  private exports: TextIndex<Placed> | undefined;
  private stacks: ReadonlyMap<string | undefined, readonly LaunchStack[]> | undefined;

  public constructor(private readonly world: LaunchWorld, private readonly references: References) {}

  /** The values of an export for a stack; empty if it does not exist, or several match. */
  public exported(name: PartialText, stack: LaunchStack): Placed | undefined {
    return only(nearestTo(this.exportsByName.of(name), stack));
  }

  /** The values that a stack gets from an output of a named stack. */
  public ofStack({ known: name }: PartialText, output: PartialText, question: OutputQuestion, asking: LaunchStack): Placed | undefined {
    const where = environmentFor(question, asking);
    const byName = this.stacks ??= grouped(this.world.stacks.map(stack => [stack.name, stack] as const));
    const named = name === undefined ? [] : byName.get(name) ?? [];
    return where && only(nearestTo(named.map(stack => ({ stack })), asking, where))?.stack.output(output.words);
  }

  private get exportsByName(): TextIndex<Placed> {
    if (!this.exports) {
      const exports = new TextIndex<Placed>();
      this.exports = exports;
      for (const { name, value, stack } of this.world.exports) {
        for (const target of this.references.targetsOf(name, stack)) {
          if (target.kind === 'text') { exports.add(target.text, { value, stack }); }
        }
      }
    }
    return this.exports;
  }
}

/** The account and the Region to search, if they are known: by default those of the stack. Empty if it may be either. */
function environmentFor({ region, role }: OutputQuestion, asking: LaunchStack): Environment | undefined {
  if (region.length > 1 || role.length > 1) { return undefined; }
  const [given, byRole] = [region[0], role[0]].map(target => target?.kind === 'text' ? target.text : undefined);
  if (region.length > 0 && given === undefined) { return undefined; }
  return {
    region: given === undefined ? asking.region : given.known || undefined,
    account: role.length === 0 ? asking.account : byRole === undefined ? undefined : environmentOf(byRole).account,
  };
}

function only<T>(things: readonly T[]): T | undefined {
  return things.length === 1 ? things[0] : undefined;
}
