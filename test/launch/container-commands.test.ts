import { evidencesText } from '../../src/inspect/cause-text';
import { ContainerHosts } from '../../src/launch/container-hosts';
import { LaunchGraph } from '../../src/launch/launch-graph';
import { TemplateSet } from '../../src/launch/template-set';

/** The signs of containers in some user data. */
function evidenceOf(properties: object) {
  const template = { Resources: { Host: { Type: 'AWS::EC2::Instance', Properties: properties } } };
  const templates = new TemplateSet([{ file: 'host.template.json', template }]);
  return new ContainerHosts(new LaunchGraph(templates)).verdictOn(templates.resources[0]).evidence;
}

const script = (...lines: string[]) => ({ UserData: { 'Fn::Base64': ['#!/bin/bash', ...lines].join('\n') } });

describe('user data that starts containers', () => {
  test.each([
    'docker run -d -p 80:80 nginx',
    'sudo docker container run nginx',
    'docker run \\\n  --restart always nginx',
    'docker compose -f /srv/web.yml up -d',
    'docker-compose up',
    'podman run -d web',
    'nerdctl run web',
    'docker stack deploy -c web.yml web',
    'cat > /etc/systemd/system/web.service <<EOF\nExecStart=/usr/bin/docker run web\nEOF',
  ])('%s', line => {
    expect(evidenceOf(script(line))).toEqual([expect.objectContaining({ kind: 'command', place: 'user data' })]);
  });
});

describe('user data that starts no containers, or none with an additional hop', () => {
  test.each([
    'dnf install -y docker && systemctl start docker',
    'docker build -t web .',
    'docker run --network host web',
    'docker run \\\n  --net=host web',
    'printf "services: {web: {network_mode: host}}" > web.yml\ndocker compose up -d',
    '# docker run web',
    'docker pull web',
  ])('%s', line => {
    expect(evidenceOf(script(line))).toEqual([]);
  });
});

test('a container image is the only sign, if it is one', () => {
  const image = '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id}}';
  expect(evidencesText(evidenceOf({ ImageId: image }))).toMatch(/if no containers run on it, apply ContainerHost\.no\(\)$/);
  expect(evidencesText(evidenceOf({ ImageId: image, ...script('echo ECS_CLUSTER=web >> /etc/ecs/ecs.config') }))).not.toMatch(/nothing else/);
});
