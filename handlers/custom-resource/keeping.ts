import type { Context } from './event';

/** A context with less time, so that the rest is reserved for later work. In milliseconds. */
export function keeping(context: Context, milliseconds: number): Context {
  return { getRemainingTimeInMillis: () => context.getRemainingTimeInMillis() - milliseconds };
}
