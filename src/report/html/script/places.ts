/** Follows the fragment of the address: to the resources that match, or to one thing, which is shown whatever the filter hides. */
export const PLACES = `
function open(element) {
  for (let outer = element; outer; outer = outer.parentElement.closest('details')) {
    outer.querySelector(':scope > .more > td > details')?.setAttribute('open', '');
    if (outer.tagName === 'DETAILS') {
      outer.open = true;
    }
  }
}

function show(element) {
  if (element.hidden) {
    NAMES.forEach(name => {
      form.elements[name].value = '';
    });
    filter();
  }
  open(element);
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
}

function follow() {
  const fragment = location.hash.slice(1);
  if (fragment.includes('=')) {
    if (form) {
      readState(new URLSearchParams(fragment));
      document.getElementById('resources').scrollIntoView();
    }
    return;
  }
  const element = /^(resource|finding)-\\d+$/.test(fragment) ? document.getElementById(fragment) : null;
  if (element) {
    show(element);
  }
}

addEventListener('hashchange', follow);
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link && link.getAttribute('href') === location.hash) {
    follow();
  }
});
follow();
`;
