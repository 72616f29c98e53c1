/** The message of an error, with its AWS error code. */
export function messageOf(error: unknown): string {
  return (error as Error).name === 'AbortError' ? 'out of time' : String(error).replace(/^Error: /, '');
}
