import { isObject } from '../../model/intrinsics';
import type { JsonObject } from '../../model/intrinsics';
import type { PlacedScript } from './script-places';
import { scriptsOf, scriptsOfWords } from './script-places';
import type { Refer } from './template-texts';

const INIT = 'AWS::CloudFormation::Init';

/** The scripts in `AWS::CloudFormation::Init`: its commands, and the files and archives that it writes. */
export function scriptsOfInit(init: unknown, refer: Refer): readonly PlacedScript[] {
  return entriesOf(init).filter(([name]) => name !== 'configSets').flatMap(([name, config]) => isObject(config) ? [
    ...entriesOf(config.sources).flatMap(([directory, source]) => downloads(`${INIT}.${name}.sources.${directory}`, source, refer)),
    ...entriesOf(config.files).flatMap(([file, written]) => fileScripts(`${INIT}.${name}.files.${file}`, file, written, refer)),
    ...entriesOf(config.commands).flatMap(([key, command]) => commandScripts(`${INIT}.${name}.commands.${key}`, command, refer)),
  ] : []);
}

/** The scripts of a command and of its `test`. A text is run by a shell, and a list is run without one. */
function commandScripts(path: string, command: unknown, refer: Refer): readonly PlacedScript[] {
  if (!isObject(command)) { return []; }
  return ['command', 'test'].filter(key => command[key] !== undefined).flatMap(key => {
    const line = command[key];
    return Array.isArray(line) ? scriptsOfWords(`${path}.${key}`, line, refer) : scriptsOf(`${path}.${key}`, line, refer);
  });
}

/** A file becomes a script that writes it, because one place decides which written files run. */
function fileScripts(path: string, file: string, written: unknown, refer: Refer): readonly PlacedScript[] {
  if (!isObject(written)) { return []; }
  if (written.content === undefined) { return downloads(`${path}.source`, written.source, refer); }
  const isExecutable = typeof written.mode === 'string' && /[1357]/.test(written.mode.slice(-3));
  return scriptsOf(`${path}.content`, written.content, refer).map(({ text }) => {
    const plain = written.encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;
    if (/^\s*#!/.test(plain)) { return { path: `${path}.content`, text: plain }; }
    const mode = isExecutable ? `; chmod +x '${file}'` : '';
    return { path: `${path}.content`, line: 0, text: `cat > '${file}' <<'END_OF_FILE'${mode}\n${plain}\nEND_OF_FILE\n` };
  });
}

/** cfn-init downloads these URLs without a token. */
function downloads(path: string, source: unknown, refer: Refer): readonly PlacedScript[] {
  return source === undefined ? [] : scriptsOfWords(path, ['curl', source], refer);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value as JsonObject) : [];
}
