/** A table; the cells may hold Markdown. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Code within a line. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A block of TypeScript. */
export function codeBlock(source: string): string {
  return `\`\`\`ts\n${source}\n\`\`\``;
}

/** The end of a link to a heading of the same page, as GitHub makes it. */
export function anchor(heading: string): string {
  return heading.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-');
}

/** A text with a capital at its beginning. */
export function capitalized(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
