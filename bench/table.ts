/** How a column is headed, and how it shows a row. */
export interface Column<Row> {
  readonly title: string;
  /** The cell; nothing where there is nothing to say. */
  readonly cell: (row: Row) => string | number | undefined;
}

/** Rows as plain text: the first column to the left, numbers to the right. */
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

/** A whole number with its thousands apart. */
export function count(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
