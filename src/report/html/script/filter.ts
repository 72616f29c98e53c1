/** Shows the resources that match, says how many they are, and keeps what is searched for in the address. */
export const FILTER = `
const form = document.getElementById('filters');
const shown = document.getElementById('shown');
const none = document.getElementById('none');
const expand = document.getElementById('expand');
const texts = new Map(groups.map(group => [group, (group.dataset.path + ' ' + group.textContent).toLowerCase()]));
const NAMES = ['q', 'outcome', 'stack', 'findings'];

function matches(group) {
  const words = form.elements.q.value.toLowerCase().split(/\\s+/);
  const { outcome, stack, findings } = form.elements;
  return (outcome.value === '' || group.dataset.outcome === outcome.value)
    && (stack.value === '' || group.dataset.stack === stack.value)
    && (findings.value === '' || group.dataset.findings.split(' ').includes(findings.value))
    && words.every(word => texts.get(group).includes(word));
}

function filter() {
  let count = 0;
  for (const group of groups) {
    const isMatch = matches(group);
    if (group.hidden === isMatch) {
      group.hidden = !isMatch;
    }
    count += isMatch ? 1 : 0;
  }
  none.hidden = count > 0;
  shown.textContent = count === groups.length
    ? groups.length + (count === 1 ? ' resource shown' : ' resources shown')
    : count + ' of ' + groups.length + ' resources shown';
}

function keepState() {
  const state = new URLSearchParams();
  for (const name of NAMES) {
    if (form.elements[name].value !== '') {
      state.set(name, form.elements[name].value);
    }
  }
  if (sorting.direction !== '') {
    state.set('sort', headings[sorting.column].textContent);
    state.set('direction', sorting.direction);
  }
  history.replaceState(null, '', '#' + (state.toString() || 'resources'));
}

function readState(state) {
  for (const name of NAMES) {
    form.elements[name].value = state.get(name) ?? '';
    form.elements[name].value ||= ''; // a choice that there is not chooses everything
  }
  const column = headings.findIndex(heading => heading.textContent === state.get('sort'));
  const direction = column >= 0 && state.get('direction') in NEXT ? state.get('direction') : '';
  if (direction !== sorting.direction || column !== sorting.column) {
    sortBy(column, direction);
  }
  filter();
}

function openAll(isOpen) {
  table.querySelectorAll('.more > td > details').forEach(details => {
    details.open = isOpen;
  });
  expand.setAttribute('aria-pressed', String(isOpen));
}

if (form) {
  form.hidden = false;
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', () => {
    filter();
    keepState();
  });
  document.getElementById('clear').addEventListener('click', () => {
    readState(new URLSearchParams());
    keepState();
    form.elements.q.focus();
  });
  expand.addEventListener('click', () => openAll(expand.getAttribute('aria-pressed') !== 'true'));
}
`;
