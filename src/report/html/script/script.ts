import { FILTER } from './filter';
import { HIGHLIGHT } from './highlight';
import { PLACES } from './places';
import { SORT } from './sort';

/** The one script of the page. Without it everything is there to be read; with it, it can be filtered, sorted and followed. */
export const SCRIPT = `'use strict';
(() => {
${SORT}${FILTER}${PLACES}${HIGHLIGHT}})();
`;
