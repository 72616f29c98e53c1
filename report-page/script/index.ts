/**
 * The one script of the page. Without it everything is there to be read; with it, it can be filtered, sorted and followed.
 */
import { followAddress } from './follow-address';
import { highlightEdges } from './highlight-edges';
import { ResourceFilter } from './resource-filter';

const form = document.querySelector<HTMLFormElement>('#filters');
const table = document.querySelector<HTMLTableElement>('#table');
const graph = document.querySelector('#launches');

followAddress(form && table ? new ResourceFilter(form, table) : undefined);
if (graph) { highlightEdges(graph); }
