import { ContainerHosts } from '../../src/launch/container-hosts';
import { LaunchGraph } from '../../src/launch/launch-graph';
import { TemplateSet } from '../../src/launch/template-set';
import { whatIsDone } from '../../src/launch/texts';
import { expectLinear } from '../harness/growth';

const INSTANCE = 'AWS::EC2::Instance';
const MUCH = 2_000_000;

const filled = (text: string, size: number) => text.repeat(Math.ceil(size / text.length));
const asset = (file: string, Parameters: object) => ({
  Type: 'AWS::CloudFormation::Stack', Properties: { Parameters }, Metadata: { 'aws:asset:path': file },
});

function isContainerHost(templates: { readonly [file: string]: unknown }): boolean {
  const world = new TemplateSet(Object.entries(templates).map(([file, template]) => ({ file, template })));
  const graph = new LaunchGraph(world);
  return world.resources.map(resource => new ContainerHosts(graph).verdictOn(resource).isContainerHost).includes(true);
}

const withUserData = (UserData: unknown) => ({ 'web.json': { Resources: { Host: { Type: INSTANCE, Properties: { UserData } } } } });

test.each<[string, (size: number) => string]>([
  ['empty lines', size => filled('\n', size)],
  ['blanks', size => filled(' \t', size)],
  ['empty lines before text that is almost an agent', size => `${filled('\n', size)}ecs.clusters`],
  ['comments that are never closed', size => filled('<#', size)],
  ['comments', size => filled('<# x #>', size)],
  ['signs of comments in an open quote', size => `echo "${filled(' #', size)}`],
  ['compose commands without an end', size => filled('docker compose -f x ', size)],
  ['parts in Base64 without an end', size => filled('Content-Transfer-Encoding: base64\nx: y\n', size)],
  ['networks', size => filled('--network=', size)],
  ['shells and their lines', size => filled('sudo \\\r\n', size)],
])('user data of %s is read in one pass', (_, write) => {
  expectLinear(size => {
    const text = write(size);
    whatIsDone(text);
    isContainerHost(withUserData(text));
  }, MUCH);
});

describe('contents of user data are still found', () => {
  test.each([
    ['an agent after blanks', '\n\n  ecs.cluster = "web"', true],
    ['a comment between', '<# docker run a #> echo', false],
    ['a command after a comment', '<# note #> docker run a', true],
    ['a comment that is never closed', '<# docker run a', true],
    ['a comment behind', 'echo # docker run a', false],
    ['no comment, in quotes', 'echo "a # b" && docker run a', true],
    ['compose with options', 'docker compose -f a.yaml --env-file b up -d', true],
    ['compose that only pulls', 'docker compose -f a.yaml pull', false],
    ['compose twice', 'docker compose pull && docker compose up', true],
    ['a part in Base64', `Content-Type: x\nContent-Transfer-Encoding: base64\nX: y\n\n${Buffer.from('docker run some-image').toString('base64')}\n--end`, true],
    ['a part in Base64, with line ends of Windows',
      `Content-Transfer-Encoding: BASE64 \r\n\r\n${Buffer.from('docker run some-image').toString('base64')}\r\n--end`, true],
    ['a part that is not', `Content-Transfer-Encoding: 7bit\n\n${Buffer.from('docker run some-image').toString('base64')}\n`, false],
  ])('%s', (_, text, expected) => {
    expect(isContainerHost(withUserData(text))).toBe(expected);
  });
});

describe('texts that contain each other', () => {
  const tenTimes = (name: string) => ({ 'Fn::Join': ['', Array.from({ length: 10 }, () => ({ Ref: name }))] });

  test('nested stacks that each get ten times the text of their parent', () => {
    const levels = 12;
    const templates = Object.fromEntries(Array.from({ length: levels }, (_, level) => [`${level}.json`, {
      Parameters: { Text: level === 0 ? { Default: 'docker run' } : {} },
      Resources: level === levels - 1
        ? { Host: { Type: INSTANCE, Properties: { UserData: tenTimes('Text'), ImageId: tenTimes('Text'), LaunchTemplate: { LaunchTemplateName: tenTimes('Text') } } } }
        : { Nested: asset(`${level + 1}.json`, { Text: tenTimes('Text') }) },
    }]));
    expect(() => isContainerHost(templates)).not.toThrow();
  });

  test('a long default, used many times', () => {
    const Default = 'x'.repeat(500_000);
    const all = { 'Fn::Join': ['', Array.from({ length: 20_000 }, () => ({ Ref: 'Text' }))] };
    const Host = { Type: INSTANCE, Properties: { UserData: all, ImageId: all, LaunchTemplate: { LaunchTemplateName: all } } };
    expect(() => isContainerHost({ 'web.json': { Parameters: { Text: { Default } }, Resources: { Host } } })).not.toThrow();
  });

  test('a name with many unknown parts', () => {
    expectLinear(size => {
      const LaunchTemplateName = { 'Fn::Join': ['-', Array.from({ length: size }, () => ({ Ref: 'AWS::Region' }))] };
      isContainerHost({ 'web.json': { Resources: { Host: { Type: INSTANCE, Properties: { LaunchTemplate: { LaunchTemplateName } } } } } });
    }, 80_000);
  });
});
