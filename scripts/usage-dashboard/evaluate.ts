import type { Line } from './replay';

/** A line of a graph: its name, and a value for each time. */
export interface Series {
  readonly name: string;
  readonly points: ReadonlyMap<number, number>;
}

const SEARCH = /SEARCH\('\{"cdk-imdsv2",([^}]+)\} MetricName="(\w+)"/;

/** The series of an expression of the dashboard: the results of a search, or their sum. */
export function seriesOf(expression: string, label: string, lines: readonly Line[]): Series[] {
  const [, dimensions, metric] = SEARCH.exec(expression)!;
  const found = new Map<string, Map<number, number>>();
  for (const { at, metrics } of lines) {
    if (metrics === undefined || Object.keys(metrics.dimensions).join() !== dimensions || metrics.values[metric] === undefined) { continue; }
    const name = expression.startsWith('SUM') ? label : label.replace(/\$\{PROP\('Dim\.(\w+)'\)\}/g, (_, dimension: string) => metrics.dimensions[dimension]);
    const points = found.get(name) ?? new Map<number, number>();
    found.set(name, points.set(at, (points.get(at) ?? 0) + metrics.values[metric]));
  }
  return [...found].map(([name, points]) => ({ name, points }));
}

type Row = { readonly [title: string]: string | number | undefined };

/** The rows of a query of the dashboard, which is grouped, filtered and sorted. */
export function rowsOf(query: string, lines: readonly Line[]): { readonly titles: readonly string[]; readonly rows: readonly Row[] } {
  const commands = query.split('|').map(part => part.trim());
  const [values, keys] = commands.find(command => command.startsWith('stats '))!.slice(6).split(' by ');
  const columns = [...values.matchAll(/(\w+)\(launcher\.(\w+)\) as (\w+)/g)].map(([, by, field, title]) => ({ by, field, title }));
  const names = [...keys.matchAll(/launcher\.\w+ as (\w+)/g)].map(([, name]) => name);
  const groups = new Map<string, { [title: string]: string | number | undefined }>();
  for (const { launcher } of lines) {
    if (launcher === undefined) { continue; }
    const fields = launcher as unknown as Row;
    const key = names.map(name => fields[name]).join(' ');
    const row = groups.get(key) ?? Object.fromEntries(names.map(name => [name, fields[name]]));
    for (const { by, field, title } of columns) { row[title] = by === 'sum' ? Number(row[title] ?? 0) + Number(fields[field]) : fields[field] ?? row[title]; }
    groups.set(key, row);
  }
  const wanted = /filter state = "([^"]+)"/.exec(query)![1];
  const [, order] = /sort (\w+) desc/.exec(query)!;
  const rows = [...groups.values()].filter(row => row.state === wanted).sort((one, other) => (one[order]! < other[order]! ? 1 : -1));
  return { titles: commands.find(command => command.startsWith('display '))!.slice(8).split(', '), rows };
}
