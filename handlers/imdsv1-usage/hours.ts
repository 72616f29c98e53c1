/** A full hour, as the number of hours since 1970. Each datapoint covers one. */
export type Hour = number;

const MILLISECONDS = 3_600_000;

export const HOURS_OF_DAY = 24;

export function hourOf(time: number | Date): Hour {
  return Math.floor(Number(time) / MILLISECONDS);
}

export function dateOf(hour: Hour): Date {
  return new Date(hour * MILLISECONDS);
}

/** A time in the form of the record: `2026-11-30T03:00:00Z`. */
export function textOf(time: Date): string {
  return time.toISOString().replace(/\.\d+/, '');
}

export function hourText(hour: Hour): string {
  return textOf(dateOf(hour));
}

/** The hour of a time in the record. `undefined` if it is not valid. */
export function hourIn(text: string | undefined): Hour | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : hourOf(time);
}

/** The later of two hours, which can be `undefined`. */
export function later(one: Hour | undefined, other: Hour | undefined): Hour | undefined {
  return one === undefined || other === undefined ? one ?? other : Math.max(one, other);
}
