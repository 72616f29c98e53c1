/** The most events in one call of EventBridge. */
const MOST_EVENTS = 10;

/** Splits events into batches for EventBridge. */
export function eventBatches<Event>(events: readonly Event[]): Event[][] {
  return Array.from({ length: Math.ceil(events.length / MOST_EVENTS) }, (_, index) => events.slice(index * MOST_EVENTS, (index + 1) * MOST_EVENTS));
}
