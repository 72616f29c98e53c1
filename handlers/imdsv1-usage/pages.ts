/** All pages of an answer, each asked for by the token that the one before it gave. */
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
