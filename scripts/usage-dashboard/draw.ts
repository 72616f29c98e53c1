import type { Body, Widget } from '../../test/transition/dashboard-body';
import type { Series } from './evaluate';
import { rowsOf, seriesOf } from './evaluate';
import type { Line } from './replay';

/** A unit of the dashboard's grid, in pixels. */
const [STEP_X, STEP_Y] = [60, 48];

const COLORS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#17becf', '#bcbd22', '#d62728'];

/** The dashboard as a page: its widgets, with the data that they find in the lines. */
export function pageOf({ widgets }: Body, lines: readonly Line[]): string {
  const height = Math.max(...widgets.map(({ y, height: rows }) => y + rows)) * STEP_Y;
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main style="height:${height}px">${widgets.map(widget => box(widget, lines)).join('')}</main>`;
}

function box(widget: Widget, lines: readonly Line[]): string {
  const { x, y, width, height, properties: { title } } = widget;
  const place = `left:${x * STEP_X}px;top:${y * STEP_Y}px;width:${width * STEP_X - 8}px;height:${height * STEP_Y - 8}px`;
  return `<section class="${widget.type}" style="${place}">${title === undefined ? '' : `<h2>${escaped(title)}</h2>`}${inside(widget, lines)}</section>`;
}

function inside(widget: Widget, lines: readonly Line[]): string {
  const { type, properties: { markdown = '', query = '', metrics = [], stacked = false, alarms = [], title } } = widget;
  switch (type) {
    case 'text': return markdown.split('\n').map(text => text.startsWith('## ') ? `<h1>${text.slice(3)}</h1>` : `<p>${marked(text)}</p>`).join('');
    case 'log': return table(query, lines);
    case 'alarm': return alarms.map(name => alarm(name, lines)).join('');
    default: {
      const series = metrics.flatMap(([{ expression, label }]) => seriesOf(expression, label, lines));
      const colors = metrics.map(([{ color }]) => color);
      return /as of the last run/.test(title ?? '') ? numbers(series, colors) : graph(series, stacked, colors, widget);
    }
  }
}

function numbers(series: readonly Series[], colors: readonly (string | undefined)[]): string {
  return `<div class="numbers">${series.map(({ name, points }, index) =>
    `<div><b style="border-color:${colors[index]}">${[...points.values()].at(-1) ?? '--'}</b><span>${escaped(name)}</span></div>`).join('')}</div>`;
}

function graph(series: readonly Series[], stacked: boolean, colors: readonly (string | undefined)[], { width, height }: Widget): string {
  const [wide, high] = [width * STEP_X - 90, height * STEP_Y - 112];
  const times = [...new Set(series.flatMap(({ points }) => [...points.keys()]))].sort((one, other) => one - other);
  const tops = stacked ? stackedTops(series, times) : series.map(({ points }) => times.map(time => points.get(time) ?? 0));
  const most = Math.max(1, ...tops.flat());
  const at = (index: number, value: number) => `${(index / Math.max(1, times.length - 1) * wide).toFixed(1)},${(high - value / most * high).toFixed(1)}`;
  const colorOf = (index: number) => colors[index] ?? COLORS[index % COLORS.length];
  const shapes = tops.map((values, index) => {
    const line = values.map((value, position) => at(position, value)).join(' ');
    return stacked ? `<polygon points="0,${high} ${line} ${wide},${high}" fill="${colorOf(index)}" fill-opacity=".85"/>`
      : `<polyline points="${line}" fill="none" stroke="${colorOf(index)}" stroke-width="1.8"/>`;
  });
  const grid = [0, 0.5, 1].map(part => `<line x1="0" x2="${wide}" y1="${high * part}" y2="${high * part}" class="grid"/>`
    + `<text x="-8" y="${high * part + 4}" text-anchor="end">${Math.round(most * (1 - part))}</text>`);
  const days = times.flatMap((time, index) => new Date(time).getUTCHours() === 0 && new Date(time).getUTCDate() % 2 === 0
    ? [`<text x="${(index / times.length * wide).toFixed(1)}" y="${high + 18}" text-anchor="middle">${new Date(time).toISOString().slice(5, 10)}</text>`] : []);
  const legend = series.map(({ name }, index) => `<span><i style="background:${colorOf(index)}"></i>${escaped(name)}</span>`);
  return `<svg width="${wide + 60}" height="${high + 26}"><g transform="translate(48,6)">${grid.join('')}${(stacked ? shapes.reverse() : shapes).join('')}${days.join('')}</g></svg>`
    + `<div class="legend">${legend.join('')}</div>`;
}

function stackedTops(series: readonly Series[], times: readonly number[]): number[][] {
  const sums = times.map(() => 0);
  return series.map(({ points }) => times.map((time, index) => sums[index] += points.get(time) ?? 0));
}

function table(query: string, lines: readonly Line[]): string {
  const { titles, rows } = rowsOf(query, lines);
  const head = titles.map(title => `<th>${escaped(title)}</th>`).join('');
  return `<table><tr>${head}</tr>${rows.map(row => `<tr>${titles.map(title => `<td>${escaped(String(row[title] ?? '-'))}</td>`).join('')}</tr>`).join('')}</table>`;
}

/** Whether an alarm is on, according to the last run, or to the runs of the last 25 hours. */
function alarm(name: string, lines: readonly Line[]): string {
  const [, short] = /Alarms([A-Z][a-z]+)/.exec(name)!;
  const metric = { Refused: 'RejectedCalls', Returned: 'ReturnedLaunchers', Unread: 'UnreadRegions' }[short];
  const runs = lines.filter(({ metrics }) => metrics && Object.keys(metrics.dimensions).join() === 'Account');
  const looked = short === 'Unread' ? runs.slice(-1) : runs.filter(({ at }) => at > runs.at(-1)!.at - 25 * 3_600_000);
  const isOn = metric !== undefined && looked.some(({ metrics }) => metrics!.values[metric] > 0);
  return `<span class="${isOn ? 'on' : 'off'}">${short} <small>${isOn ? 'In alarm' : 'OK'}</small></span>`;
}

function marked(text: string): string {
  return text.replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>').replace(/\[([^\]]+)\]\([^)]+\)/g, '<a>$1</a>');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
body { margin: 0; background: #f2f3f3; color: #16191f; font: 13px/1.35 system-ui, 'DejaVu Sans', sans-serif; }
main { position: relative; width: ${24 * STEP_X}px; margin: 8px 0 0 8px; }
section { position: absolute; box-sizing: border-box; padding: 10px 14px; overflow: hidden; background: #fff; border: 1px solid #d5dbdb; border-radius: 6px; }
section.text { background: none; border: 0; padding: 2px 6px; }
h1 { margin: 4px 0 6px; font-size: 22px; } h2 { margin: 0 0 8px; font-size: 14px; } p { margin: 0; max-width: 1300px; font-size: 14px; } a { color: #0972d3; }
table { border-collapse: collapse; width: 100%; font-size: 11px; } th, td { padding: 4px 6px; border-bottom: 1px solid #eaeded; text-align: left; vertical-align: top; }
th { color: #545b64; font-weight: 600; }
.numbers { display: flex; } .numbers div { flex: 1; } .numbers b { display: block; padding-left: 10px; border-left: 4px solid; font-size: 34px; font-weight: 500; line-height: 1.1; }
.numbers span { color: #545b64; padding-left: 14px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; padding-left: 46px; font-size: 11px; } .legend i { display: inline-block; width: 10px; height: 10px; margin-right: 5px; }
svg { display: block; } svg text { font-size: 11px; fill: #545b64; } .grid { stroke: #eaeded; }
.alarm span { display: inline-block; min-width: 170px; margin-right: 12px; padding: 14px 16px; border-radius: 4px; font-weight: 600; }
.alarm small { display: block; font-weight: 400; } .on { background: #fdf3f1; border-left: 4px solid #d13212; } .off { background: #f2f8f0; border-left: 4px solid #1d8102; }
`;
