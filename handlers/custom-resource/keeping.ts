import type { Context } from './event';

/** The same time but for what is kept for something that comes after, in milliseconds. */
export function keeping(context: Context, milliseconds: number): Context {
  return { getRemainingTimeInMillis: () => context.getRemainingTimeInMillis() - milliseconds };
}
