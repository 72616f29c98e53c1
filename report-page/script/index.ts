/**
 * The script of the page. Without it, the whole report is readable. With it, a reader can filter and sort the resources, and follow links to them.
 */
import { followAddress } from './follow-address';
import { highlightEdges } from './highlight-edges';
import { ResourceFilter } from './resource-filter';

const form = document.querySelector<HTMLFormElement>('#filters');
const table = document.querySelector<HTMLTableElement>('#table');
const graph = document.querySelector('#launches');

followAddress(form && table ? new ResourceFilter(form, table) : undefined);
if (graph) { highlightEdges(graph); }
