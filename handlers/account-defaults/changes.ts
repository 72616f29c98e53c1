import { type Defaults, type Field, missing, type Setting, type Value, valueIn } from './defaults';
import { strongest } from './stronger';

/** What a field was before it was written, and what was written. */
export interface Change {
  readonly before: Value;
  readonly written: Value;
}

/** What was changed in one Region. A field that already was as wanted is not in it, so that it is never taken away. */
export type Changes = ReadonlyMap<Field, Change>;

/** Changes of the account defaults, by Region. */
export type ChangesByRegion = ReadonlyMap<string, Changes>;

/** Those of the changes whose field is, or is not, among the settings. */
export function changesOf(changes: Changes, settings: readonly Setting[], are: boolean): Changes {
  return new Map([...changes].filter(([field]) => settings.some(([name]) => name === field) === are));
}

/**
 * What there is to remember of a Region once the settings hold.
 *
 * Where somebody else changed a field since it was written, the stronger of what was there before and of what was found counts as what was before:
 * what is taken back later is never weaker than either.
 *
 * @param changes what is remembered until now
 * @param settings what holds from now on
 * @param found what EC2 answered before they were written
 * @param inherited what was there before another resource wrote what was found, if one did
 */
export function remembered(
  changes: Changes, settings: readonly Setting[], found: Defaults, inherited: (field: Field, value: Value) => Value | undefined = () => undefined,
): Changes {
  const result = new Map(changes);
  for (const [field, wanted] of settings) {
    const former = changes.get(field);
    const value = valueIn(found, field);
    const written = missing([[field, wanted]], found).length > 0 ? wanted : value;
    const others = former ? undefined : inherited(field, value);
    const before = former ? (value === former.written ? former.before : strongest(field, [former.before, value])) : others ?? value;
    // What is inherited is kept in any case: the resource that it is from may survive this one.
    if (before === written && others === undefined) { result.delete(field); } else { result.set(field, { before, written }); }
  }
  return result;
}
