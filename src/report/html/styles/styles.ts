import { FOUNDATION } from './foundation';
import { GRAPH } from './graph';
import { MARKS } from './marks';
import { MODES } from './modes';
import { PARTS } from './parts';
import { TABLES } from './tables';

/** The one style sheet of the page. */
export const STYLES = [FOUNDATION, MARKS, PARTS, TABLES, GRAPH, MODES].join('');
