import { ImdsClientSettings } from '../../../src';
import { CAN_GIVE_ROOT, inARoot, shells, sourced } from './in-a-root';

const NO_FALLBACK = 'AWS_EC2_METADATA_V1_DISABLED';
const settings = new ImdsClientSettings({ endpoint: 'http://[fd00:ec2::254]', java: true });
const OPTIONS = settings.environment.JAVA_TOOL_OPTIONS;
const script = (from = settings) => ['#!/bin/bash', ...from.linuxCommands, 'echo "after: $AWS_EC2_METADATA_V1_DISABLED"', ''].join('\n');

const written = CAN_GIVE_ROOT ? describe : describe.skip;

written('what the commands write, run as they are', () => {
  describe.each(shells())('%s %s', (...shell) => {
    const { status, output, files } = inARoot(shell.filter(word => word), [script()]);

    test('they succeed, and the rest of the script has the variables', () => {
      expect([status, output]).toEqual([0, 'after: true\n']);
    });

    test('a shell can read the environment file', () => {
      expect(sourced(files['/etc/imds-client.env'])).toMatchObject(settings.environment);
    });

    test('sessions get the variables from pam_env, which removes quotes', () => {
      expect(files['/etc/environment']).toBe([
        `${NO_FALLBACK}=true`, 'AWS_EC2_METADATA_SERVICE_ENDPOINT=http://[fd00:ec2::254]', `JAVA_TOOL_OPTIONS="${OPTIONS}"`, '',
      ].join('\n'));
    });

    test('login shells get them', () => {
      expect(sourced(files['/etc/profile.d/imds-client.sh'])).toMatchObject(settings.environment);
      expect(sourced(files['/etc/profile.d/imds-client.sh'], { [NO_FALLBACK]: 'false' })[NO_FALLBACK]).toBe('false');
    });

    test('services get them', () => {
      expect(files['/etc/systemd/system.conf.d/10-imds-client.conf']).toBe([
        '[Manager]', `DefaultEnvironment="${NO_FALLBACK}=true"`, 'DefaultEnvironment="AWS_EC2_METADATA_SERVICE_ENDPOINT=http://[fd00:ec2::254]"',
        `DefaultEnvironment="JAVA_TOOL_OPTIONS=${OPTIONS}"`, '',
      ].join('\n'));
    });

    test('root has them in the shared config file', () => {
      expect(files['/root/.aws/config'].split('\n').sort()).toEqual([
        '', '[default]', 'ec2_metadata_service_endpoint = http://[fd00:ec2::254]', 'ec2_metadata_v1_disabled = true',
      ]);
    });
  });

  test('if they run twice, they write once', () => {
    expect(inARoot(['/bin/bash'], [script(), script()]).files).toEqual(inARoot(['/bin/bash'], [script()]).files);
  });

  test('existing settings and other contents stay', () => {
    const { files } = inARoot(['/bin/bash'], [script(new ImdsClientSettings())], {
      '/etc/environment': `export ${NO_FALLBACK}=false`,
      '/etc/systemd/system.conf.d/50-own.conf': `[Manager]\nDefaultEnvironment=A=1 ${NO_FALLBACK}=false\n`,
      '/root/.aws/config': '[default]\nregion = eu-west-1\nec2_metadata_v1_disabled=false\n',
    });
    expect(files).toMatchObject({
      '/etc/environment': `export ${NO_FALLBACK}=false`,
      '/etc/systemd/system.conf.d/50-own.conf': `[Manager]\nDefaultEnvironment=A=1 ${NO_FALLBACK}=false\n`,
      '/root/.aws/config': '[default]\nregion = eu-west-1\nec2_metadata_v1_disabled=false\n',
    });
    expect(Object.keys(files)).not.toContain('/etc/systemd/system.conf.d/10-imds-client.conf');
  });

  test('with an existing mode, no endpoint is written', () => {
    const mode = 'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE';
    const from = new ImdsClientSettings({ endpoint: 'http://169.254.169.254' });
    const { status, files } = inARoot(['/bin/bash', '-eu'], [script(from)], {
      '/etc/environment': `${mode}=IPv6\n`,
      '/etc/systemd/system.conf.d/50-own.conf': `[Manager]\nDefaultEnvironment=${mode}=IPv6\n`,
      '/root/.aws/config': '[default]\nec2_metadata_service_endpoint_mode = IPv6\n',
    });
    expect(status).toBe(0);
    expect(files['/etc/environment']).toBe(`${mode}=IPv6\n${NO_FALLBACK}=true\n`);
    expect(files['/etc/systemd/system.conf.d/10-imds-client.conf']).not.toContain('ENDPOINT');
    expect(files['/root/.aws/config']).not.toContain('169.254');
    expect(files['/root/.aws/config']).toContain('ec2_metadata_v1_disabled = true');
  });

  test('a file without a line end at its end gets one, and a profile keeps its lines', () => {
    const { files } = inARoot(['/bin/bash'], [script(new ImdsClientSettings())], {
      '/etc/environment': 'LANG=en_US.UTF-8', '/root/.aws/config': '[profile other]\nregion = eu-west-1\n\n[default]\nregion = eu-west-2',
    });
    expect(files['/etc/environment']).toBe(`LANG=en_US.UTF-8\n${NO_FALLBACK}=true\n`);
    expect(files['/root/.aws/config']).toMatch(/^\[profile other\]\nregion = eu-west-1\n\n\[default\]\nec2_metadata_v1_disabled = true\nregion = eu-west-2\n?$/);
  });

  test.each(['[profile default]', '[ default ]', ' [default]'])('a shared config file with %s does not change', header => {
    const config = `${header}\nregion = eu-west-1\n`;
    expect(inARoot(['/bin/bash'], [script(new ImdsClientSettings())], { '/root/.aws/config': config }).files['/root/.aws/config']).toBe(config);
  });

  test('a shared config file that is a link stays a link, and gets the settings', () => {
    const link = '#!/bin/bash\nmkdir -p /root/.aws /root/dotfiles; echo "[default]" > /root/dotfiles/config; ln -s ../dotfiles/config /root/.aws/config';
    const { files, output } = inARoot(['/bin/bash'], [link, script(new ImdsClientSettings()), 'readlink /root/.aws/config']);
    expect(files['/root/dotfiles/config']).toBe('[default]\nec2_metadata_v1_disabled = true\n');
    expect(output).toBe('after: true\n../dotfiles/config\n');
  });

  test('a failed write causes no message in the boot log', () => {
    const { status, output } = inARoot(['/bin/bash', '-eu'], ['mkdir -p /etc/environment /etc/imds-client.env /root/.aws/config', script()]);
    expect([status, output]).toEqual([0, 'after: true\n']);
  });

  test('a variable of the script stays', () => {
    const { output } = inARoot(['/bin/bash', '-eu'], [`${NO_FALLBACK}=false\n${script()}`]);
    expect(output).toBe('after: false\n');
  });
});

test('they are short, because user data has 16 KB', () => {
  expect(new ImdsClientSettings().linuxCommands.join('\n').length).toBeLessThan(2_000);
});
