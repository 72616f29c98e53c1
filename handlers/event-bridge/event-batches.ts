/** How many events EventBridge takes at once. */
const MOST_EVENTS = 10;

/** Events, so many at a time as EventBridge takes. */
export function eventBatches<Event>(events: readonly Event[]): Event[][] {
  return Array.from({ length: Math.ceil(events.length / MOST_EVENTS) }, (_, index) => events.slice(index * MOST_EVENTS, (index + 1) * MOST_EVENTS));
}
