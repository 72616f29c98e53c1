import { bandsOf, neighboursOf } from '../../../src/report/html/graph/columns';
import { graphOf } from '../../../src/report/html/graph/graph';
import { layoutOf } from '../../../src/report/html/graph/places';
import { pageIndex } from '../../../src/report/html/page-index';
import type { ReportedLaunch, ReportedResource } from '../../../src/report/reported-resource';
import { sampleReport, sampleResource } from '../sample-report';

const OTHER = 'Other.template.json';

/** A resource that launches from the named ones, all of one template. */
function launcher(logicalId: string, ...launchesFrom: readonly (string | Partial<ReportedLaunch>)[]): ReportedResource {
  return sampleResource({
    logicalId,
    type: 'AWS::AutoScaling::AutoScalingGroup',
    launchesFrom: launchesFrom.map(launch => ({
      kind: 'resource',
      name: 'it',
      versions: [],
      isFollowed: true,
      where: 'LaunchTemplate',
      ...typeof launch === 'string' ? { resource: sampleResource({ logicalId: launch, type: 'any' }).id, name: launch } : launch,
    })),
  });
}

const graph = (...resources: readonly ReportedResource[]) => graphOf(pageIndex(sampleReport({ resources })));
const edges = (...resources: readonly ReportedResource[]) => graph(...resources).edges.map(({ from, to }) => `${from.name} -> ${to.name}`);

/** The names in each column, by template. */
const columns = (...resources: readonly ReportedResource[]) => bandsOf(graph(...resources)).map(band => band.columns.map(column => column.map(({ name }) => name).join(' ')));

function layout(...resources: readonly ReportedResource[]) {
  const drawn = graph(...resources);
  const leaving = new Map(drawn.nodes.map(node => [node, drawn.edges.filter(({ from }) => from === node).length]));
  return { drawn, ...layoutOf(bandsOf(drawn), { neighbours: neighboursOf(drawn), leaving }) };
}

test('a capacity provider, its group and the template are three columns', () => {
  expect(columns(launcher('T'), launcher('G', 'T'), launcher('C', 'G'))).toEqual([['C', 'G', 'T']]);
});

test('a launcher is to the left of its most distant source', () => {
  expect(columns(launcher('C', 'T', 'G'), launcher('G', 'T'), launcher('T'))).toEqual([['C', 'G', 'T']]);
});

test('connected nodes are at the same height, so that edges do not cross', () => {
  const names = ['1', '2', '3', '4', '5'];
  const crossed = [...names.map(name => launcher(`G${name}`, `T${name}`)), ...names.map(name => launcher(`T${name}`)).reverse()];
  const [[left, right]] = columns(...crossed);
  expect(right.replace(/T/g, 'G')).toBe(left);
});

test('a resource of another stack is drawn with its own stack', () => {
  const shared = sampleResource({ logicalId: 'Shared', type: 'AWS::EC2::LaunchTemplate', template: OTHER });
  expect(columns(launcher('G', { resource: shared.id }), shared)).toEqual([['G', ''], ['', 'Shared']]);
});

test('cycles, and resources that launch from themselves, are supported', () => {
  expect(edges(launcher('A', 'B'), launcher('B', 'A'), launcher('C', 'C'))).toEqual(['A -> B', 'B -> A', 'C -> C']);
  expect(columns(launcher('A', 'B'), launcher('B', 'A'), launcher('C', 'C')).flat().filter(Boolean).join(' ').split(' ').sort()).toEqual(['A', 'B', 'C']);
});

test('a chain of 5,000 is drawn in few columns', () => {
  const chain = Array.from({ length: 5000 }, (_, index) => launcher(`N${index}`, ...index < 4999 ? [`N${index + 1}`] : []));
  const { places, drawn } = layout(...chain);
  expect(places.size).toBe(5000);
  expect(drawn.edges).toHaveLength(4999);
  expect(new Set([...places.values()].map(({ x }) => x)).size).toBe(6);
});

test('an outside source is one node for a stack; an unknown source is one for each launcher', () => {
  const outside: Partial<ReportedLaunch> = { kind: 'outside', name: 'lt-1' };
  const unknown: Partial<ReportedLaunch> = { kind: 'unknown', name: 'known later' };
  const { nodes } = graph(launcher('A', outside, unknown), launcher('B', outside, unknown));
  expect(nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['resource A', 'outside lt-1', 'unknown known later', 'resource B', 'unknown known later']);
});

test('launches that look the same are one edge, and another version is another edge', () => {
  const version = (versions: string[], isFollowed: boolean) => ({ resource: launcher('T').id, versions, isFollowed });
  const { edges: drawn } = graph(launcher('T'), launcher('G', version(['1'], false), version(['1'], false), version(['$Latest'], true)));
  expect(drawn.map(({ label, isFollowed }) => [label, isFollowed])).toEqual([['version 1', false], ['$Latest', true]]);
});

test('a source that is not in the report counts as outside', () => {
  expect(graph(launcher('G', 'Gone')).nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['resource G', 'outside Gone']);
});

test('a resource without launches is left out', () => {
  expect(graph(launcher('Alone'), launcher('G', 'T'), launcher('T')).nodes.map(({ name }) => name)).toEqual(['G', 'T']);
});

test('nodes neither overlap nor leave the picture, whatever the edges are', () => {
  const many = Array.from({ length: 60 }, (_, index) => launcher(`G${index}`, ...[index % 7, index % 5, index % 3].map(number => `T${number}`)));
  const { places, width, height } = layout(...many, ...Array.from({ length: 7 }, (_, index) => launcher(`T${index}`)));
  const all = [...places.values()];
  expect(all.filter(({ x, y, height: own }) => x < 0 || y < 0 || x + 250 > width || y + own > height)).toEqual([]);
  expect(all.filter((one, index) => all.slice(0, index).some(other =>
    one.x === other.x && one.y < other.y + other.height && other.y < one.y + one.height))).toEqual([]);
});
