import { SdkSupport } from '../../src';
import { folderOf, foundIn } from './folders';
import { zipOf } from './zip';

/** The findings in a list of CycloneDX components: `package version verdict (reason)`. */
function inComponents(...components: readonly object[]): readonly string[] {
  return inFile('bom.json', { bomFormat: 'CycloneDX', specVersion: '1.5', components });
}

function inFile(name: string, content: unknown): readonly string[] {
  const { sdks } = SdkSupport.scan(folderOf({ [name]: typeof content === 'string' ? content : JSON.stringify(content) }));
  return sdks.map(({ ecosystem, packageName, version, verdict, because }) => `${ecosystem}:${packageName} ${version ?? '?'} ${verdict}${because === undefined ? '' : ` (${because})`}`);
}

test.each<readonly [component: object, found: readonly string[]]>([
  [{ group: 'com.amazonaws', name: 'aws-java-sdk-core', version: '1.11.1' }, ['maven:com.amazonaws:aws-java-sdk-core 1.11.1 too old']],
  [{ group: '@aws-sdk', name: 'client-s3', version: '3.1.0' }, ['npm:@aws-sdk/client-s3 3.1.0 supported']],
  [{ group: 'aws', name: 'aws-sdk-php', version: '3.1.0' }, ['composer:aws/aws-sdk-php 3.1.0 too old']],
  [{ name: 'github.com/aws/aws-sdk-go', version: 'v1.20.0' }, ['golang:github.com/aws/aws-sdk-go v1.20.0 too old']],
  [{ name: 'boto3', version: '1.9.0' }, ['pypi:boto3 1.9.0 too old']],
  [{ name: 'boto3' }, ['pypi:boto3 ? unknown (it sets no version)']],
  [{ name: 'pip:boto3', version: '1.9.0' }, ['pypi:boto3 1.9.0 too old']],
  // Several ecosystems have a package of this name. The result is known if it is the same in each.
  [{ name: 'aws-sdk', version: '2.100.0' }, ['npm:aws-sdk 2.100.0 too old']],
  [{ name: 'aws-sdk', version: '3.0.0' }, ['npm:aws-sdk ? unknown (it has no package URL, and may be of npm or gem)']],
  [{ name: 'python3-boto3', version: '1.9.0-1' }, ['deb:python3-boto3 1.9.0-1 too old']],
  // A product of a CPE, and an invalid package URL.
  [{ name: 'x', version: '1.12.0', cpe: 'cpe:2.3:a:amazon:botocore:1.12.0:*:*:*:*:*:*:*' }, ['pypi:botocore 1.12.0 too old']],
  [{ name: 'boto3', version: '1.9.0', purl: 'boto3' }, ['pypi:boto3 1.9.0 too old']],
  [{ purl: 'pkg:conda/boto3@1.9.0' }, ['pypi:boto3 1.9.0 too old']],
  [{ purl: 'pkg:apk/alpine/aws-cli@1.16.1-r0?arch=x86_64' }, ['apk:aws-cli 1.16.1-r0 too old']],
  [{ purl: 'pkg:rpm/amzn/python27-boto3@1.4.4-1' }, ['rpm:python27-boto3 1.4.4-1 too old']],
  [{ purl: 'pkg:docker/amazon/aws-cli@2.0.6' }, ['docker:amazon/aws-cli 2.0.6 supported']],
  // Other packages.
  [{ name: 'boto3', version: '1.9.0', purl: 'pkg:generic/boto3@1.9.0' }, []],
  [{ group: 'other', name: 'boto3', version: '1.9.0' }, []],
  [{ name: 'constructor', version: '1.0.0' }, []],
])('%j', (component, found) => {
  expect(inComponents(component)).toEqual(found);
});

test('in XML, a component is read as in JSON, and the program itself is left out', () => {
  expect(foundIn({
    'bom.xml': '<bom><metadata><component><purl>pkg:npm/aws-sdk@2.2.0</purl><components><component>\n<name>boto3</name><version>1.9.0</version></component></components></component></metadata>\n'
      + '<components><component><version>2.1.0</version>\n<purl>pkg:npm/aws-sdk</purl></component></components></bom>',
    'bom.json': '{"bomFormat":"CycloneDX","metadata":{"component":{"purl":"pkg:npm/aws-sdk@2.2.0","components":[{"name":"boto3","version":"1.9.0"}]}}}',
  })).toEqual(['bom.json:1 boto3 1.9.0 too old', 'bom.xml:4 aws-sdk 2.1.0 too old', 'bom.xml:1 boto3 1.9.0 too old']);
});

test('SPDX 2 without references, and one whose type is at its end', () => {
  const packages = [{ name: 'npm:aws-sdk', versionInfo: '2.1.0' }, { name: 'com.amazonaws:aws-java-sdk-core', versionInfo: '1.11.1' }, { name: 'x', versionInfo: '1.12.0', externalRefs: [{ referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:a:aws:botocore:1.12.0' }] }];
  expect(inFile('manifest.json', { files: [{ fileName: 'a'.repeat(10_000) }], packages, spdxVersion: 'SPDX-2.2' })).toEqual([
    'npm:aws-sdk 2.1.0 too old', 'maven:com.amazonaws:aws-java-sdk-core 1.11.1 too old', 'pypi:botocore 1.12.0 too old',
  ]);
});

test('SPDX 3, also with its identifiers', () => {
  expect(inFile('doc.json', {
    '@graph': [
      { type: 'software_Package', software_packageUrl: 'pkg:pypi/boto3@1.9.0' }, { type: 'software_Package', externalIdentifier: [{ externalIdentifierType: 'packageUrl', identifier: 'pkg:pypi/botocore@1.12.0' }] },
      { type: 'software_Package', name: 'awscli', software_packageVersion: '1.16.0' }, { type: 'software_File', name: 'boto3' },
    ],
  })).toEqual(['pypi:boto3 1.9.0 too old', 'pypi:botocore 1.12.0 too old', 'pypi:awscli 1.16.0 too old']);
});

test('components that are nested too deep are reported, at once', () => {
  const deep = `{"bomFormat":"CycloneDX","components":${'[{"name":"boto3","components":'.repeat(30_000)}[]${'}]'.repeat(30_000)}}`;
  expect(SdkSupport.scan(folderOf({ 'bom.json': deep }))).toMatchObject({ sdks: [], unreadable: [{ file: 'bom.json', because: 'it is nested too deep' }] });
});

test('a small archive with much data is not read to its end, and neither is a file with many repeated packages', () => {
  const { sdks, unreadable } = SdkSupport.scan(folderOf({
    'bomb.zip': zipOf(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}/requirements.txt`, '#'.repeat(9_000_000)]))),
    'requirements.txt': 'boto3==1.9.0\n'.repeat(60_000),
    'yarn.lock': ' '.repeat(10_000_001),
  }));
  expect(sdks).toHaveLength(50_000);
  expect(unreadable.map(({ because }) => because)).toEqual([...Array.from({ length: 5 }, () => 'too much is packed in these archives'), 'it names more than 50000 packages: the rest is not listed', 'it is larger than 10000000 bytes']);
});
