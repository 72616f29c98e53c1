import type { ClientVariable } from './client-environment';

/** The first and the last line of what is written, so that it is found again. */
export const MARKS = { first: '# >>> cdk-imdsv2 client settings', last: '# <<< cdk-imdsv2 client settings' };

/**
 * Commands for a POSIX shell that make variables known: to the rest of the script, to services, to sessions and to the shared config file of root.
 *
 * What is set there already stays. Whatever fails, the script that they stand in goes on.
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
    ') || :',
    MARKS.last,
  ];
}

/** A variable of the script itself: what is set stays, and options go with those that are there. */
function exported({ name, value, isList }: ClientVariable): string {
  return isList ? `export ${name}="\${${name}:+$${name} }${value}"` : `export ${name}="\${${name}-${value}}"`;
}

/** Writes each setting where those look who start programs: services and sessions. */
const WRITING = [
  '(',
  'set +eu',
  'umask 022',
  'mkdir -p /etc/profile.d /etc/systemd/system.conf.d',
  'put() {', // file, what is looked for, line
  '  grep -qs -e "$2" "$1" && return',
  '  [ -z "$(tail -c 1 "$1" 2>/dev/null)" ] || echo >> "$1"',
  '  printf \'%s\\n\' "$3" >> "$1"',
  '}',
  'setting() {', // name, value
  '  case $2 in *\' \'*) line="$1=\\"$2\\"" ;; *) line="$1=$2" ;; esac',
  '  put /etc/imds-client.env "^$1=" "$line"',
  '  put /etc/environment "^\\(export \\)*$1=" "$line"',
  '  put /etc/profile.d/imds-client.sh "^export $1=" "export $1=\\"\\${$1-$2}\\""',
  '  if ! grep -rqs -e "[ \\"=]$1=" /etc/systemd/system.conf /etc/systemd/system.conf.d; then',
  '    put /etc/systemd/system.conf.d/10-imds-client.conf \'^.Manager\' \'[Manager]\'',
  '    put /etc/systemd/system.conf.d/10-imds-client.conf "\\"$1=" "DefaultEnvironment=\\"$1=$2\\""',
  '    systemctl show-environment 2>/dev/null | grep -q "^$1=" || systemctl set-environment "$1=$2" 2>/dev/null',
  '  fi',
  '}',
];

/** Writes a setting into the default profile of root. */
const CONFIGURING = [
  'file=/root/.aws/config',
  'mkdir -p /root/.aws',
  'config() {', // line
  '  grep -s -e "^[[:space:]]*\\[[[:space:]]*\\(profile[[:space:]]*\\)*default[[:space:]]*\\]" "$file" | grep -qv -e "^\\[default\\]" && return', // another spelling of the profile
  '  grep -qs -e "^ *${1%% =*} *=" "$file" && return',
  '  put "$file" \'^\\[default\\]\' \'[default]\'',
  '  sed -i "s|^\\[default\\].*|&\\n$1|" "$file"',
  '}',
];
