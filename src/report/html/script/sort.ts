/** Makes the headings of the table of resources buttons that sort it: upwards, downwards, and as it was. */
export const SORT = `
const table = document.getElementById('table');
const groups = table ? Array.from(table.tBodies) : [];
const headings = table ? Array.from(table.tHead.rows[0].cells) : [];
const collator = new Intl.Collator('en', { numeric: true });
const sorting = { column: -1, direction: '' };

function keyOf(group, column) {
  return group.rows[0].cells[column].dataset.key;
}

function sortBy(column, direction) {
  const sign = direction === 'descending' ? -1 : 1;
  const keys = new Map(groups.map(group => [group, direction === '' ? '' : keyOf(group, column)]));
  const sorted = groups.slice().sort((one, other) => sign * collator.compare(keys.get(one), keys.get(other)));
  table.append(...sorted);
  headings.forEach((heading, index) => {
    if (index === column && direction !== '') {
      heading.setAttribute('aria-sort', direction);
    } else {
      heading.removeAttribute('aria-sort');
    }
  });
  Object.assign(sorting, { column: direction === '' ? -1 : column, direction });
}

const NEXT = { '': 'ascending', 'ascending': 'descending', 'descending': '' };

headings.forEach((heading, index) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = heading.textContent;
  button.addEventListener('click', () => {
    sortBy(index, NEXT[sorting.column === index ? sorting.direction : '']);
    keepState();
  });
  heading.replaceChildren(button);
});
`;
