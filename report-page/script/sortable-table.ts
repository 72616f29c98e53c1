const NEXT = { '': 'ascending', 'ascending': 'descending', 'descending': '' } as const;

/** The direction of a sort: ascending, descending, or none. */
type Direction = keyof typeof NEXT;

/** The table of the resources. Its headings are buttons: ascending, descending, original order. */
export class SortableTable {
  /** The bodies of the table. Each resource is one, with the row of the resource and the row of its details. */
  public readonly groups: readonly HTMLTableSectionElement[];
  private readonly headings: readonly HTMLTableCellElement[];
  private readonly collator = new Intl.Collator('en', { numeric: true });
  private column = -1;
  private direction: Direction = '';

  public constructor(private readonly table: HTMLTableElement, private readonly onSort: () => void) {
    this.groups = Array.from(table.tBodies);
    this.headings = Array.from(table.tHead!.rows[0].cells);
    this.headings.forEach((heading, column) => heading.replaceChildren(this.button(heading.textContent, column)));
  }

  /** Adds the sort to a state, if the table is sorted. */
  public writeTo(state: URLSearchParams): void {
    if (this.direction === '') { return; }
    state.set('sort', this.headings[this.column].textContent);
    state.set('direction', this.direction);
  }

  /** Sorts the table according to a state. */
  public readFrom(state: URLSearchParams): void {
    const column = this.headings.findIndex(heading => heading.textContent === state.get('sort'));
    const wanted = state.get('direction');
    const direction = column >= 0 && isDirection(wanted) ? wanted : '';
    if (direction !== this.direction || column !== this.column) { this.sort(column, direction); }
  }

  /** Opens or closes the details of every resource. */
  public openAll(isOpen: boolean): void {
    this.table.querySelectorAll<HTMLDetailsElement>('.more > td > details').forEach(details => {
      details.open = isOpen;
    });
  }

  private button(label: string, column: number): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', () => {
      this.sort(column, NEXT[this.column === column ? this.direction : '']);
      this.onSort();
    });
    return button;
  }

  private sort(column: number, direction: Direction): void {
    const sign = direction === 'descending' ? -1 : 1;
    const keys = new Map(this.groups.map(group => [group, direction === '' ? '' : keyOf(group, column)]));
    const sorted = [...this.groups].sort((one, other) => sign * this.collator.compare(keys.get(one)!, keys.get(other)!));
    this.table.append(...sorted);
    this.headings.forEach((heading, index) => {
      if (index === column && direction !== '') {
        heading.setAttribute('aria-sort', direction);
      } else {
        heading.removeAttribute('aria-sort');
      }
    });
    this.column = direction === '' ? -1 : column;
    this.direction = direction;
  }
}

function isDirection(text: string | null): text is Direction {
  return text !== null && text in NEXT;
}

function keyOf(group: HTMLTableSectionElement, column: number): string {
  return group.rows[0].cells[column].dataset.key ?? '';
}
