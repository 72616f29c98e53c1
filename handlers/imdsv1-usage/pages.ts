/** All pages of an answer. Each page has the token for the next one. */
export async function* pages<Page extends { readonly NextToken?: string }>(
  ask: (NextToken: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let token: string | undefined;
  do {
    const page = await ask(token);
    yield page;
    token = page.NextToken || undefined;
  } while (token !== undefined);
}
