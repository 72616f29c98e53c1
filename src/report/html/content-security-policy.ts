/**
 * The hash of the one script of the page, and of its one style sheet: a browser runs and applies nothing else.
 * A test computes both, and says what to write here after a change.
 */
const SCRIPT_HASH = 'sha256-HPyXlREcNGELRRn6Ar+pLaMQGjCyUsE+/Sji5GgskBQ=';
const STYLES_HASH = 'sha256-xP85dIu/F0icfYY/2byAzHy1SGLJHBYYU56KOZbax1o=';

/** What a browser lets the page do: nothing but its own script and styles, and no request to anywhere. */
export const CONTENT_SECURITY_POLICY =
  `default-src 'none'; script-src '${SCRIPT_HASH}'; style-src '${STYLES_HASH}'; base-uri 'none'; form-action 'none'`;
