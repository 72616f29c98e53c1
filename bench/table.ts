/** The heading of a column, and its cell for a row. */
export interface Column<Row> {
  readonly title: string;
  /** The contents of the cell. `undefined` for an empty one. */
  readonly cell: (row: Row) => string | number | undefined;
}

/** Rows as plain text. The first column is aligned to the left, numbers to the right. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [columns.map(column => column.title), ...rows.map(row => columns.map(column => text(column.cell(row))))];
  const widths = columns.map((_, index) => Math.max(...lines.map(line => line[index].length)));
  return lines
    .map(line => line.map((cell, index) => index === 0 ? cell.padEnd(widths[index]) : cell.padStart(widths[index])).join('  ').trimEnd())
    .join('\n');
}

function text(cell: string | number | undefined): string {
  return typeof cell === 'number' ? count(cell) : cell ?? '';
}

/** A whole number with separators between thousands. */
export function count(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
