import { SdkSupport } from '../../src';
import { folderOf, foundIn } from './folders';
import type { Files } from './folders';

/** A file that requests one package. */
const ASKING: { readonly [name: string]: (range: string) => Files } = {
  'boto3': range => ({ 'requirements.txt': `boto3${range}` }),
  'poetry boto3': range => ({ 'pyproject.toml': `[tool.poetry.dependencies]\nboto3 = "${range}"` }),
  'aws-sdk': range => ({ 'package.json': JSON.stringify({ dependencies: { 'aws-sdk': range } }) }),
  'aws-sdk-core': range => ({ Gemfile: `gem "aws-sdk-core", "${range}"` }),
  'gem aws-sdk': range => ({ Gemfile: `gem "aws-sdk", "${range}"` }),
  'aws-sdk-php': range => ({ 'composer.json': JSON.stringify({ require: { 'aws/aws-sdk-php': range } }) }),
  'java': range => ({ 'build.gradle': `implementation 'com.amazonaws:aws-java-sdk-s3:${range}'` }),
  'maven': range => ({ 'pom.xml': `<project><dependencies><dependency><groupId>com.amazonaws</groupId><artifactId>aws-java-sdk</artifactId><version>${range}</version></dependency></dependencies></project>` }),
  'AWSSDK.Core': range => ({ 'a.csproj': `<Project><PackageReference Include="AWSSDK.Core" Version="${range}"/></Project>` }),
  'aws-config': range => ({ 'Cargo.toml': `[dependencies]\naws-config = "${range}"` }),
};

test.each([
  ['^2.1.0', 'it accepts several versions: ^2.1.0'],
  ['latest', 'latest is a name, not a version'],
  ['github:aws/aws-sdk-js', 'it has a source, not a version: github:aws/aws-sdk-js'],
  ['git+ssh://git@github.com/aws/aws-sdk-js.git#abc', 'it has a source, not a version: git+ssh://git@github.com/aws/aws-sdk-js.git#abc'],
  ['aws/aws-sdk-js#v2.1.0', 'it has a source, not a version: aws/aws-sdk-js#v2.1.0'],
  ['', 'it sets no version'],
  ['x', 'it accepts several versions: x'],
])('%s is unknown, with a reason', (range, because) => {
  expect(SdkSupport.scan(folderOf(ASKING['aws-sdk'](range))).sdks.map(sdk => sdk.because)).toEqual([because]);
});

describe('an open version', () => {
  test.each([
    ['boto3', '<1.10'], ['boto3', '~=1.11.0, !=1.11.3'], ['boto3', '>=1.9,<1.12.6'], ['boto3', '==1.9.*'], ['boto3', '<=1.12.5'],
    ['poetry boto3', '~1.9'], ['poetry boto3', '^0.5'], ['poetry boto3', '<1.5 || ~1.9.1'],
    ['aws-sdk', '~2.600.0'], ['aws-sdk', '2.600'], ['aws-sdk', '2.1.x'], ['aws-sdk', '2.1 - 2.600'], ['aws-sdk', '^1.0.0'], ['aws-sdk', '<=2.600'], ['aws-sdk', '< 2.722.0'], ['aws-sdk', '2.1.x || 2.2.x'],
    ['aws-sdk-core', '~> 3.70.0'], ['aws-sdk-core', '~> 3.0", "< 3.50'], ['aws-sdk-core', '~> 2'], ['gem aws-sdk', '~> 2'],
    ['aws-sdk-php', '~3.100.1'], ['aws-sdk-php', '3.100.*'], ['aws-sdk-php', '^2.8'],
    ['java', '[1.11,1.11.600)'], ['java', '1.10.+'], ['maven', '(,1.11.677]'], ['maven', '[1.10,1.10.5),[1.11.1,1.11.2]'],
    ['AWSSDK.Core', '3.2.*'], ['AWSSDK.Core', '(,3.3.103.66)'], ['AWSSDK.Core', '[3.3.3.10, 3.4)'],
  ])('%s %s is too old if all its versions are', (name, range) => {
    expect(foundIn(ASKING[name](range)).map(found => found.replace(/^.* /, ''))).toEqual(['old']);
  });

  test.each([
    ['boto3', '>=1.26'], ['boto3', '~=1.12.6'], ['boto3', '==1.35.*'], ['poetry boto3', '^1.12.6'], ['poetry boto3', '^1.26 || ^2'],
    ['aws-sdk', '^2.722.0'], ['aws-sdk', '~2.800'], ['aws-sdk', '2.800 - 2.900'], ['aws-sdk', '>2.722.0 <3'],
    ['aws-sdk-core', '~> 3.79'], ['aws-sdk-core', '>= 3.100'], ['aws-sdk-php', '^3.147.7'], ['aws-sdk-php', '~3.200|^4'],
    ['java', '[1.11.678,2)'], ['java', '1.12.+'], ['AWSSDK.Core', '[3.7,4)'], ['AWSSDK.Core', '3.7.*'], ['aws-config', '1'], ['aws-config', '*'],
  ])('%s %s is accepted if all its versions are', (name, range) => {
    expect(foundIn(ASKING[name](range)).map(found => found.replace(/^.* /, ''))).toEqual(['supported']);
  });

  test.each([
    ['boto3', ''], ['boto3', '>=1.9'], ['boto3', '<2'], ['boto3', '!=1.9.0'], ['boto3', '~=1.12'], ['boto3', '==1.*'], ['boto3', '<1.13'], ['poetry boto3', '^1.9'], ['poetry boto3', '*'], ['poetry boto3', '<1.5 || >1.9'],
    ['aws-sdk', '^2.1.0'], ['aws-sdk', '2'], ['aws-sdk', 'latest'], ['aws-sdk', '<=2.722'], ['aws-sdk', '~2'], ['aws-sdk', 'github:aws/aws-sdk-js'], ['aws-sdk', ''], ['aws-sdk', '<2.1 || ^2.2.0'],
    ['aws-sdk-core', '~> 3.70'], ['aws-sdk-core', '~> 3'], ['gem aws-sdk', '~> 3'], ['gem aws-sdk', '>= 2'], ['aws-sdk-php', '~3.100'], ['aws-sdk-php', '^3.0'],
    ['java', '1.+'], ['java', 'latest.release'], ['java', '[1.11,)'], ['java', '1.11.+'], ['AWSSDK.Core', '3.*'], ['AWSSDK.Core', '(3.3,3.3.200)'],
  ])('%s %s is unknown if some versions are', (name, range) => {
    expect(foundIn(ASKING[name](range)).map(found => found.replace(/^.* /, ''))).toEqual(['unknown']);
  });
});

test('an unset property of a pom is named as the reason', () => {
  const { sdks } = SdkSupport.scan(folderOf(ASKING.maven('${aws.version}')));
  expect(sdks.map(({ because }) => because)).toEqual(['its version is the property aws.version, which is not set here']);
});

test.each<readonly [what: string, files: Files, found: readonly string[]]>([
  ['by the versions of pip-compile', { 'requirements.in': 'boto3', 'requirements.txt': '#\n# This file is autogenerated by pip-compile with Python 3.11\n#\nboto3==1.26.0\n    # via -r requirements.in\n' }, ['boto3 1.26.0']],
  ['by versions with hashes', { 'setup.py': "install_requires=['boto3']", 'requirements.txt': 'boto3==1.26.0 --hash=sha256:0f \\\n --hash=sha256:1f' }, ['boto3 1.26.0']],
  ['by constraints', { 'requirements.txt': '-c constraints.txt\nboto3', 'constraints.txt': 'boto3==1.26.0' }, ['boto3 1.26.0']],
  ['by the installed package in the same project', { 'fn/requirements.txt': 'boto3', 'fn/boto3-1.26.0.dist-info/METADATA': 'Name: boto3\nVersion: 1.26.0' }, ['boto3 1.26.0']],
  ['by the installed package of Node.js', { 'app/package.json': '{"dependencies":{"aws-sdk":"^2.1.0"}}', 'app/node_modules/aws-sdk/package.json': '{"name":"aws-sdk","version":"2.900.0"}' }, ['aws-sdk 2.900.0']],
  ['not by an installed package elsewhere', { 'a/requirements.txt': 'boto3', 'b/boto3-1.26.0.dist-info/METADATA': 'Name: boto3\nVersion: 1.26.0' }, ['boto3 ?', 'boto3 1.26.0']],
  ['not by the installs of a Dockerfile', { 'requirements.txt': 'boto3', 'docker/Dockerfile': 'FROM debian\nRUN pip install boto3==1.26.0' }, ['boto3 1.26.0', 'boto3 ?']],
])('is known %s', (_, files, found) => {
  expect(foundIn(files).map(each => each.replace(/^\S+ (\S+ \S+) .*$/, '$1'))).toEqual(found);
});
