import { isObject } from '../../model/intrinsics';
import type { JsonObject } from '../../model/intrinsics';
import type { Refer } from './template-texts';
import { templateTexts } from './template-texts';

/** A script in a template, and where it stands. */
export interface PlacedScript {
  /** The path below the resource's properties or metadata. */
  readonly path: string;
  readonly text: string;
}

/** The scripts of a property: one for each branch of a condition. */
export function scriptsOf(path: string, value: unknown, refer: Refer): readonly PlacedScript[] {
  return templateTexts(value, refer).map(text => ({ path, text }));
}

/** The scripts in `AWS::CloudFormation::Init`: its commands, and the files that it writes. */
export function scriptsOfInit(init: unknown, refer: Refer): readonly PlacedScript[] {
  if (!isObject(init)) { return []; }
  return Object.entries(init).filter(([name]) => name !== 'configSets').flatMap(([name, config]) => isObject(config) ? [
    ...entriesOf(config.commands).flatMap(([key, command]) => commandScripts(`AWS::CloudFormation::Init.${name}.commands.${key}`, command, refer)),
    ...entriesOf(config.files).flatMap(([file, content]) => fileScripts(`AWS::CloudFormation::Init.${name}.files.${file}`, file, content, refer)),
  ] : []);
}

/** A command is a line for the shell, or a list that no shell reads; so is what it is tested with. */
function commandScripts(path: string, command: unknown, refer: Refer): readonly PlacedScript[] {
  if (!isObject(command)) { return []; }
  return ['command', 'test'].filter(key => command[key] !== undefined).flatMap(key => {
    const line = command[key];
    return Array.isArray(line) ? [{ path: `${path}.${key}`, text: argumentsLine(line, refer) }] : scriptsOf(`${path}.${key}`, line, refer);
  });
}

/** A file is read as a script would write it: what runs of it is told in one place. */
function fileScripts(path: string, file: string, content: unknown, refer: Refer): readonly PlacedScript[] {
  if (!isObject(content) || content.content === undefined) { return []; }
  const isExecutable = typeof content.mode === 'string' && /[1357]/.test(content.mode.slice(-3));
  return scriptsOf(`${path}.content`, content.content, refer).map(({ text }) => {
    const plain = content.encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;
    if (/^\s*#!/.test(plain)) { return { path: `${path}.content`, text: plain }; }
    const mode = isExecutable ? `; chmod +x '${file}'` : '';
    return { path: `${path}.content`, text: `cat > '${file}' <<'END_OF_FILE'${mode}\n${plain}\nEND_OF_FILE\n` };
  });
}

/** A command line of arguments, as the shell would be given it. */
export function argumentsLine(list: readonly unknown[], refer: Refer): string {
  return list.slice(0, 400).map(each => `'${templateTexts(each, refer)[0].replaceAll("'", "'\\''")}'`).join(' ');
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value as JsonObject) : [];
}
