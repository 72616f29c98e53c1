import * as fc from 'fast-check';

/** The day for which exemptions are evaluated. */
export const TODAY = '2026-01-15';

/** Control characters, characters that change the direction of text, and workflow commands. */
export const NAME = fc.constantFrom('web', 'a b', '\u202Eevil', 'bell\u0007', '\n::error::no', '##[error]x', '\u2066x\u2069', '${x}', '<b>', '|', '`', '\u0000', 'é\u200D', '__proto__', 'constructor');
