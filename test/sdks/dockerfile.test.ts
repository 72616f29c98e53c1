import { SdkSupport } from '../../src';
import { expectLinear } from '../harness/growth';
import { folderOf, foundIn } from './folders';

/** The findings in a Dockerfile: `line package version verdict`. */
function inDockerfile(...lines: readonly string[]): readonly string[] {
  return foundIn({ Dockerfile: lines.join('\n') }).map(found => found.replace('Dockerfile:', ''));
}

/** Why the result for a Dockerfile is unknown. */
function reasonsIn(...lines: readonly string[]): readonly (string | undefined)[] {
  return SdkSupport.scan(folderOf({ Dockerfile: lines.join('\n') })).sdks.map(({ because }) => because);
}

test.each<readonly [command: string, found: readonly string[]]>([
  ['pip install boto3==1.9.0', ['boto3 1.9.0 too old']],
  ['pip3.8 install --no-cache-dir -r requirements.txt "boto3 == 1.9.0" \'awscli>=1.16\'', ['boto3 1.9.0 too old', 'awscli ? unknown']],
  ['pip install -t boto3 botocore[crt]==1.13.25', ['botocore 1.13.25 supported']],
  ['python3 -m pip install awscli==1.16.288', ['awscli 1.16.288 too old']],
  ['/opt/venv/bin/pip install --upgrade boto', ['boto ? too old']],
  ['uv pip install boto3==1.9.0', ['boto3 1.9.0 too old']],
  ['poetry add boto3@1.9.0', ['boto3 1.9.0 too old']],
  ['conda install -y -c conda-forge boto3=1.9.66 botocore=1.12', ['boto3 1.9.66 too old', 'botocore ? too old']],
  ['npm install -g aws-sdk@2.500.0', ['aws-sdk 2.500.0 too old']],
  ['npm i --prefix aws-sdk @aws-sdk/client-s3@3.1.0 old@npm:aws-sdk@2.1.0', ['@aws-sdk/client-s3 3.1.0 supported', 'aws-sdk 2.1.0 too old']],
  ['yarn global add aws-sdk@^2.500.0', ['aws-sdk ? unknown']],
  ['npm install aws-sdk', ['aws-sdk ? unknown']],
  ['gem install aws-sdk-core -v 3.78.0', ['aws-sdk-core 3.78.0 too old']],
  ['gem install --no-document aws-sdk-core:3.79.0', ['aws-sdk-core 3.79.0 supported']],
  ['gem install aws-sdk-core --version="~> 3.0"', ['aws-sdk-core ? unknown']],
  ['apt-get install awscli=1.11.13-1ubuntu1~16.04.0', ['awscli 1.11.13-1ubuntu1~16.04.0 too old']],
  ['apt-get install -y --no-install-recommends curl awscli=1.16.113-1ubuntu2', ['awscli 1.16.113-1ubuntu2 too old']],
  ['apt install awscli', ['awscli ? unknown']],
  ['apt-get install awscli=1.16.*', ['awscli ? unknown']],
  ['apk add --no-cache -t aws-cli "aws-cli=1.15.66-r0" py3-boto3~=1.20', ['aws-cli 1.15.66-r0 too old', 'py3-boto3 ? unknown']],
  ['yum install -y awscli-1.16.102-1.amzn2.0.1 python3-botocore', ['awscli 1.16.102-1.amzn2.0.1 too old', 'python3-botocore ? unknown']],
  ['composer require aws/aws-sdk-php:3.147.6', ['aws/aws-sdk-php 3.147.6 too old']],
  ['composer require aws/aws-sdk-php "^3.0"', ['aws/aws-sdk-php ? unknown']],
  ['go get github.com/aws/aws-sdk-go@v1.25.37', ['github.com/aws/aws-sdk-go v1.25.37 too old']],
  ['dotnet add package AWSSDK.Core --version 3.3.103.65', ['AWSSDK.Core 3.3.103.65 too old']],
  ['pwsh -Command "Install-Module -Name AWSPowerShell.NetCore -RequiredVersion 3.3.1.0"', ['AWSPowerShell.NetCore 3.3.1.0 too old']],
  ['curl -o cli.zip "https://awscli.amazonaws.com/awscli-exe-linux-x86_64-2.0.0.zip"', ['awscli 2.0.0 supported']],
  ['curl https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m).zip -o awscliv2.zip', []],
  ['wget https://s3.amazonaws.com/aws-cli/awscli-bundle-1.16.200.zip', ['awscli 1.16.200 too old']],
  ['wget https://s3.amazonaws.com/aws-cli/awscli-bundle.zip', ['awscli ? unknown']],
  ['echo pip install boto3==1.9.0', []],
  ['pip uninstall boto3==1.9.0', []],
  ['pip install boto3-stubs==1.9.0 aioboto3==1.0.0', []],
])('%s', (command, found) => {
  expect(inDockerfile('FROM scratch', `RUN ${command}`)).toEqual(found.map(each => `2 ${each}`));
});

test('commands are read as their shell reads them: joined, through others, and from a list of words', () => {
  expect(inDockerfile(
    'FROM debian', '# RUN pip install boto3==1.0.0', 'RUN apt-get update && \\', '    # the SDK \\', '    pip install \\', '', '      boto3==1.9.0 \\  ', '      botocore==1.12.0; rm -rf x',
    'RUN --mount=type=cache,target=/root/.cache sudo -H pip install boto3==1.9.1', 'RUN ["pip", "install", "boto3==1.9.2"]', 'RUN ["/bin/sh", "-c", "pip install boto3==1.9.3"]',
    'run for each in boto3 botocore; do pip install $each==1.9.4; done', 'RUN if [ -f x ]; then pip install boto3==1.9.5; fi',
    'ENTRYPOINT ["pip", "install", "boto3==1.0.0"]', 'LABEL command="pip install boto3==1.0.0"',
  )).toEqual([
    '7 boto3 1.9.0 too old', '8 botocore 1.12.0 too old', '9 boto3 1.9.1 too old', '10 boto3 1.9.2 too old', '11 boto3 1.9.3 too old', '12 boto3 1.9.4 too old', '12 botocore 1.9.4 too old',
    '13 boto3 1.9.5 too old',
  ]);
});

test('variables of the file are resolved', () => {
  expect(inDockerfile(
    'ARG BASE=1.9.0', 'ARG OWN=1.9.9', 'FROM debian AS base', 'ARG BASE', 'ARG BOTO="1.9.1"', 'ENV A=1.9.2 B=${BOTO} C="${UNSET:-1.9.3}"', 'ENV D 1.9.4',
    'RUN pip install boto3==$BASE boto3==${BOTO}', 'RUN pip install "boto3==$A" boto3==$B boto3==$C boto3==${D:+1.9.4}', 'RUN E=1.9.5; pip install boto3==$E',
    'ARG URL=https://s3.amazonaws.com/aws-cli', 'ADD ${URL}/awscli-bundle-1.16.1.zip /tmp/', 'FROM base', 'RUN pip install boto3==$A', 'RUN pip install boto3==$BOTO', 'RUN pip install boto3==$OWN',
  )).toEqual([
    '8 boto3 1.9.0 too old', '8 boto3 1.9.1 too old', '9 boto3 1.9.2 too old', '9 boto3 1.9.1 too old', '9 boto3 1.9.3 too old', '9 boto3 1.9.4 too old', '10 boto3 1.9.5 too old',
    '12 awscli 1.16.1 too old', '14 boto3 1.9.2 too old', '15 boto3 ? unknown', '16 boto3 ? unknown',
  ]);
});

test('the environment of an image overrides an argument of the next one', () => {
  expect(inDockerfile('FROM debian AS base', 'ENV BOTO=1.9.0', 'FROM base', 'ARG BOTO=1.9.1', 'RUN pip install boto3==$BOTO')).toEqual(['5 boto3 1.9.0 too old']);
});

test('a variable that grows endlessly is not followed', () => {
  expect(inDockerfile('FROM debian', 'ENV A=boto3', ...Array.from({ length: 60 }, () => 'ENV A=$A$A'), 'RUN pip install $A boto3==1.9.0')).toEqual(['63 boto3 1.9.0 too old']);
});

test('an unknown value is unknown, with the reason', () => {
  expect(reasonsIn('FROM debian', 'ARG BOTO', 'RUN pip install boto3==$BOTO', 'RUN pip install boto3==${ELSEWHERE}', 'RUN apt-get install awscli', 'RUN npm i aws-sdk@latest', 'RUN pip install boto3')).toEqual([
    'its version is in a variable that is not set here', 'its version is in a variable that is not set here', 'the distribution decides on its version', 'latest is a name, not a version', 'it sets no version',
  ]);
});

test('here-documents are scripts if they are run, and texts otherwise', () => {
  expect(inDockerfile(
    'FROM debian', 'RUN <<EOF', 'set -e', 'pip install boto3==1.9.0', 'EOF', 'RUN bash <<-"END"', '\tpip install boto3==1.9.1', '\tEND', 'RUN cat <<EOF > notes && pip install boto3==1.9.2', 'pip install boto3==1.0.0', 'EOF',
    'COPY <<EOF /notes', 'RUN pip install boto3==1.0.0', 'EOF', 'RUN pip install boto3==1.9.3', 'RUN <<NEVER', 'RUN pip install boto3==1.9.4',
  )).toEqual(['4 boto3 1.9.0 too old', '7 boto3 1.9.1 too old', '9 boto3 1.9.2 too old', '15 boto3 1.9.3 too old', '17 boto3 1.9.4 too old']);
});

test('images of the AWS CLI have its version in their tag', () => {
  expect(inDockerfile(
    'ARG CLI=2.0.6', 'FROM --platform=linux/amd64 amazon/aws-cli:${CLI} AS cli', 'FROM public.ecr.aws/aws-cli/aws-cli:2.1.0', 'FROM amazon/aws-cli', 'FROM debian', 'COPY --from=docker.io/amazon/aws-cli:2.2.0 /aws /aws',
    'COPY --from=cli /aws /aws', 'FROM cli',
  )).toEqual(['2 amazon/aws-cli 2.0.6 supported', '3 public.ecr.aws/aws-cli/aws-cli 2.1.0 supported', '6 amazon/aws-cli 2.2.0 supported']);
});

test('on Windows, another character can continue a line', () => {
  expect(inDockerfile('# syntax=docker/dockerfile:1', '# escape=`', 'FROM windows', 'RUN pip install `', '  boto3==1.9.0', 'RUN dir C:\\', 'RUN pip install boto3==1.9.1').map(each => each.split(' ', 1)[0])).toEqual(['5', '7']);
});

test('files are recognized by their names, and with line ends of Windows', () => {
  const content = 'FROM x\r\nRUN a && \\\r\n  pip install boto3==1.9.0\r\n';
  const names = ['Containerfile', 'Dockerfile.prod', 'api.Dockerfile', 'deploy/dockerfile', 'web.dockerfile'];
  expect(foundIn(Object.fromEntries([...names, 'mydockerfile', 'Dockerfiles/readme'].map(name => [name, content])))).toEqual(names.map(name => `${name}:3 boto3 1.9.0 too old`));
});

test('a lock file beside it does not affect what it installs', () => {
  expect(foundIn({ 'Dockerfile': 'FROM x\nRUN pip install boto3', 'poetry.lock': '[[package]]\nname = "boto3"\nversion = "1.35.0"\n' })).toEqual(['Dockerfile:2 boto3 ? unknown', 'poetry.lock:3 boto3 1.35.0 supported']);
});

test.each<readonly [what: string, make: (size: number) => string]>([
  ['many commands', size => `FROM x\n${'RUN pip install boto3==1.9.0\n'.repeat(size)}`],
  ['one long command', size => `FROM x\nRUN true${' && \\\n pip install boto3==1.9.0'.repeat(size)}`],
  ['many words', size => `FROM x\nRUN pip install${' \\\n boto3==1.9.0'.repeat(size)}`],
  ['many documents that do not end', size => `FROM x\n${'RUN <<X pip install boto3==1.9.0\n'.repeat(size)}`],
  ['many variables', size => `FROM x\n${Array.from({ length: size }, (_, index) => `ENV A${index}=1.9.0\nRUN pip install boto3==$A${index}\n`).join('')}`],
  ['many stages, one on the other', size => `FROM x AS s0\n${Array.from({ length: size }, (_, index) => `FROM s${index} AS s${index + 1}\nENV A${index}=1\nRUN pip install boto3==$A0\n`).join('')}`],
  ['many stages', size => Array.from({ length: size }, (_, index) => `FROM x AS s${index}\nRUN pip install boto3==1.9.0\n`).join('')],
])('a Dockerfile with %s takes linear time', (_, make) => {
  expectLinear(size => { expect(SdkSupport.scan(folderOf({ Dockerfile: make(size) })).unreadable).toEqual([]); }, 4_000);
});
