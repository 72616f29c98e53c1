import { type Defaults, type Field, missing, type Setting, type Value, valueIn } from './defaults';
import { strongest } from './stronger';

/** The value of a field before it was written, and the written value. */
export interface Change {
  readonly before: Value;
  readonly written: Value;
}

/** The changes in one Region. A field that already had the wanted value is not among them, so it is never reset. */
export type Changes = ReadonlyMap<Field, Change>;

/** The changes of the account defaults, by Region. */
export type ChangesByRegion = ReadonlyMap<string, Changes>;

/** The changes whose field is, or is not, among the settings. */
export function changesOf(changes: Changes, settings: readonly Setting[], are: boolean): Changes {
  return new Map([...changes].filter(([field]) => settings.some(([name]) => name === field) === are));
}

/**
 * The changes to remember after the settings are set.
 *
 * If somebody else changed a field since it was written, the stronger of its former and its current value counts as the former value. So a later
 * reset never makes it weaker than either.
 *
 * @param changes the remembered changes
 * @param settings the new settings
 * @param found the values in EC2 before the settings were written
 * @param inherited the value before another resource wrote the current one, if it did
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
    // An inherited value is always kept, because its resource can outlive this one.
    if (before === written && others === undefined) { result.delete(field); } else { result.set(field, { before, written }); }
  }
  return result;
}
