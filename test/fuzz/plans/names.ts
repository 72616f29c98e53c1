import * as fc from 'fast-check';

/** The day on which exemptions are looked at. */
export const TODAY = '2026-01-15';

/** Control characters, what turns the direction of text, and what a pipeline takes for a command. */
export const NAME = fc.constantFrom('web', 'a b', '\u202Eevil', 'bell\u0007', '\n::error::no', '##[error]x', '\u2066x\u2069', '${x}', '<b>', '|', '`', '\u0000', 'é\u200D', '__proto__', 'constructor');
