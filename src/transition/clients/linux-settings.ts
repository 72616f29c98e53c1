import type { ClientVariable } from './client-environment';

/** The first and the last line of the commands, which mark them in user data. */
export const MARKS = { first: '# >>> cdk-imdsv2 client settings', last: '# <<< cdk-imdsv2 client settings' };

/**
 * Commands for a POSIX shell that set variables for the rest of the script, for services, for sessions, and in the shared config file of root.
 *
 * Existing settings stay. If a command fails, the user data continues.
 */
export function linuxCommands(variables: readonly ClientVariable[]): readonly string[] {
  if (variables.length === 0) { return []; }
  const settings = variables.map(({ name, value }) => `${name}=${value}`);
  const config = variables.flatMap(({ configKey, value }) => configKey === undefined ? [] : [`${configKey} = ${value}`]);
  return [
    MARKS.first,
    ...variables.map(exported),
    ...WRITING,
    'while IFS= read -r line; do setting "${line%%=*}" "${line#*=}"; done <<\'END\'',
    ...settings,
    'END',
    ...config.length > 0 ? [...CONFIGURING, 'while IFS= read -r line; do config "$line"; done <<\'END\'', ...config, 'END'] : [],
    ') 2>/dev/null || :', // a setting that cannot be written is not an error of the script
    MARKS.last,
  ];
}

/** A variable of the script: an existing value stays, and options are added to existing ones. */
function exported({ name, value, options, opposite }: ClientVariable): string {
  if (options) { return `export ${name}="\${${name}:+$${name} }${value}"`; }
  return `${opposite === undefined ? '' : `[ -n "\${${opposite}-}" ] || `}export ${name}="\${${name}-${value}}"`;
}

/** Writes each setting to the places that services and sessions read. */
const WRITING = [
  '(',
  'set +eu',
  'umask 022',
  'mkdir -p /etc/profile.d /etc/systemd/system.conf.d',
  'put() {', // arguments: file, pattern to look for, line
  '  grep -qs -e "$2" "$1" && return',
  '  [ -z "$(tail -c 1 "$1" 2>/dev/null)" ] || echo >> "$1"',
  '  printf \'%s\\n\' "$3" >> "$1"',
  '}',
  'setting() {', // arguments: name, value
  '  case $1 in *_SERVICE_ENDPOINT*) known="AWS_EC2_METADATA_SERVICE_ENDPOINT\\(_MODE\\)*" ;; *) known=$1 ;; esac', // either variable is enough
  '  case $2 in *\' \'*) line="$1=\\"$2\\"" ;; *) line="$1=$2" ;; esac',
  '  put /etc/imds-client.env "^$known=" "$line"',
  '  put /etc/environment "^\\(export \\)*$known=" "$line"',
  '  put /etc/profile.d/imds-client.sh "^export $known=" "export $1=\\"\\${$1-$2}\\""',
  '  if ! grep -rqs -e "[ \\"=]$known=" /etc/systemd/system.conf /etc/systemd/system.conf.d; then',
  '    put /etc/systemd/system.conf.d/10-imds-client.conf \'^.Manager\' \'[Manager]\'',
  '    put /etc/systemd/system.conf.d/10-imds-client.conf "\\"$1=" "DefaultEnvironment=\\"$1=$2\\""',
  '    systemctl show-environment 2>/dev/null | grep -q "^$known=" || systemctl set-environment "$1=$2" 2>/dev/null',
  '  fi',
  '}',
];

/** Writes a setting into the default profile of root. */
const CONFIGURING = [
  'mkdir -p /root/.aws',
  'file=$(readlink -f /root/.aws/config || echo /root/.aws/config)', // sed would replace a link with a file
  'config() {', // argument: line
  '  grep -s -e "^[[:space:]]*\\[[[:space:]]*\\(profile[[:space:]]*\\)*default[[:space:]]*\\]" "$file" | grep -qv -e "^\\[default\\]" && return', // another spelling of the profile
  '  key=${1%% =*}',
  '  grep -qs -e "^ *${key%_mode}\\(_mode\\)* *=" "$file" && return',
  '  put "$file" \'^\\[default\\]\' \'[default]\'',
  '  sed -i "s|^\\[default\\].*|&\\n$1|" "$file"',
  '}',
];
