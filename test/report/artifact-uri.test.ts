import { artifactUri } from '../../src/report/artifact-uri';

describe('the URI of a file below a directory of the sources is relative to their root', () => {
  test.each([
    ['cdk.out', 'cdk.out/Web.json'],
    ['cdk.out/', 'cdk.out/Web.json'],
    ['./cdk.out', 'cdk.out/Web.json'],
    ['.//./cdk.out//', 'cdk.out/Web.json'],
    ['apps\\web\\cdk.out', 'apps/web/cdk.out/Web.json'],
    ['../out', '../out/Web.json'],
    ['.out', '.out/Web.json'],
    ['', 'Web.json'],
    ['.', 'Web.json'],
    ['./', 'Web.json'],
    ['a b/100%/#1?/ü', 'a%20b/100%25/%231%3F/%C3%BC/Web.json'],
    ['a:b', 'a%3Ab/Web.json'],
  ])('%j', (directory, uri) => {
    expect(artifactUri(directory, 'Web.json')).toEqual({ uri, uriBaseId: '%SRCROOT%' });
  });
});

describe('the URI of a file below an absolute directory is absolute', () => {
  test.each([
    ['/tmp/cdk out', 'file:///tmp/cdk%20out/Web.json'],
    ['/', 'file:///Web.json'],
    ['C:\\builds\\a b', 'file:///C:/builds/a%20b/Web.json'],
    ['d:/out/', 'file:///d:/out/Web.json'],
    ['\\\\server\\share', 'file://server/share/Web.json'],
  ])('%j', (directory, uri) => {
    expect(artifactUri(directory, 'Web.json')).toEqual({ uri });
    expect(new URL(uri).href).toBe(uri);
  });
});

test.each([
  ['assembly-Prod/Batch.json', 'cdk.out/assembly-Prod/Batch.json'],
  ['a\\b "c".json', 'cdk.out/a%5Cb%20%22c%22.json'],
  ['\uD800half.json', 'cdk.out/%EF%BF%BDhalf.json'],
])('characters that a URI cannot contain are encoded in the name of a file, too: %j', (file, uri) => {
  expect(artifactUri('cdk.out', file).uri).toBe(uri);
});
