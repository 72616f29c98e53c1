import type { ResourceFilter } from './resource-filter';

/** Follows the fragment of the address: it filters the resources, or shows one target even if the filter hides it. */
export function followAddress(filter: ResourceFilter | undefined): void {
  const follow = () => {
    const fragment = location.hash.slice(1);
    if (fragment.includes('=')) {
      showMatches(fragment, filter);
      return;
    }
    const element = /^(resource|finding)-\d+$/.test(fragment) ? document.getElementById(fragment) : null;
    if (element) { show(element, filter); }
  };
  addEventListener('hashchange', follow);
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a[href^="#"]') : null;
    if (link && link.getAttribute('href') === location.hash) { follow(); }
  });
  follow();
}

function showMatches(fragment: string, filter: ResourceFilter | undefined): void {
  if (!filter) { return; }
  filter.readState(new URLSearchParams(fragment));
  document.getElementById('resources')!.scrollIntoView();
}

function show(element: HTMLElement, filter: ResourceFilter | undefined): void {
  if (element.hidden) { filter?.showAll(); }
  open(element);
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
}

/** Opens the elements around a target, and the details of a resource. */
function open(element: HTMLElement): void {
  for (let outer: HTMLElement | null | undefined = element; outer; outer = outer.parentElement?.closest('details')) {
    outer.querySelector(':scope > .more > td > details')?.setAttribute('open', '');
    if (outer instanceof HTMLDetailsElement) { outer.open = true; }
  }
}
