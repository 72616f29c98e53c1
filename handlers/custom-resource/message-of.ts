/** What went wrong, with the code that AWS has for it. */
export function messageOf(error: unknown): string {
  return (error as Error).name === 'AbortError' ? 'out of time' : String(error).replace(/^Error: /, '');
}
