import { SortableTable } from './sortable-table';

const FIELDS = ['q', 'outcome', 'stack', 'findings', 'usage'] as const;

/** The name of a field. The field for the usage of IMDSv1 exists only with a usage record. */
type FieldName = typeof FIELDS[number];

/** Shows the matching resources and their number, and keeps the filter in the address. */
export class ResourceFilter {
  private readonly table: SortableTable;
  private readonly texts: ReadonlyMap<HTMLElement, string>;
  private readonly count = element('shown');
  private readonly noMatch = element('none');
  private readonly expand = element('expand');

  public constructor(private readonly form: HTMLFormElement, table: HTMLTableElement) {
    this.table = new SortableTable(table, () => this.keepState());
    this.texts = new Map(this.table.groups.map(group => [group, `${group.dataset.path} ${group.textContent}`.toLowerCase()]));
    form.hidden = false;
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('input', () => {
      this.apply();
      this.keepState();
    });
    element('clear').addEventListener('click', () => {
      this.readState(new URLSearchParams());
      this.keepState();
      this.field('q')!.focus();
    });
    this.expand.addEventListener('click', () => this.openAll(this.expand.getAttribute('aria-pressed') !== 'true'));
  }

  /** Filters and sorts according to the fragment of an address. */
  public readState(state: URLSearchParams): void {
    for (const name of FIELDS) { this.choose(name, state.get(name) ?? ''); }
    this.table.readFrom(state);
    this.apply();
  }

  /** Shows every resource in the current order. */
  public showAll(): void {
    for (const name of FIELDS) { this.choose(name, ''); }
    this.apply();
  }

  private apply(): void {
    const { groups } = this.table;
    let count = 0;
    for (const group of groups) {
      const isMatch = this.matches(group);
      if (group.hidden === isMatch) { group.hidden = !isMatch; }
      count += isMatch ? 1 : 0;
    }
    this.noMatch.hidden = count > 0;
    this.count.textContent = count === groups.length
      ? `${count} ${count === 1 ? 'resource' : 'resources'} shown`
      : `${count} of ${groups.length} resources shown`;
  }

  private matches(group: HTMLElement): boolean {
    const [q, outcome, stack, findings, usage] = FIELDS.map(name => this.valueOf(name));
    const text = this.texts.get(group)!;
    return (outcome === '' || group.dataset.outcome === outcome)
      && (stack === '' || group.dataset.stack === stack)
      && (usage === '' || group.dataset.usage === usage)
      && (findings === '' || group.dataset.findings!.split(' ').includes(findings))
      && q.toLowerCase().split(/\s+/).every(word => text.includes(word));
  }

  private keepState(): void {
    const state = new URLSearchParams(FIELDS.map(name => [name, this.valueOf(name)]).filter(([, value]) => value !== ''));
    this.table.writeTo(state);
    history.replaceState(null, '', `#${state.toString() || 'resources'}`);
  }

  private openAll(isOpen: boolean): void {
    this.table.openAll(isOpen);
    this.expand.setAttribute('aria-pressed', String(isOpen));
  }

  /** Selects a value. An unknown value selects all. */
  private choose(name: FieldName, value: string): void {
    const field = this.field(name);
    if (!field) { return; }
    field.value = value;
    field.value ||= '';
  }

  private valueOf(name: FieldName): string {
    return this.field(name)?.value ?? '';
  }

  private field(name: FieldName): HTMLInputElement | HTMLSelectElement | null {
    return this.form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
  }
}

/** An element outside the table. */
function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}
