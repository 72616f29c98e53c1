import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { withoutComments } from './comments';
import { pythonRequirement } from './requirements';

/** `setup.cfg`: lists of requirements below a key, or after it, separated by semicolons. */
export function pythonSetupConfig(file: TextFile): readonly Dependency[] {
  let [section, key] = ['', ''];
  return file.lines.flatMap((line, index) => {
    if (/^\s*[#;]/.test(line)) { return []; }
    const [, opened] = /^\[([^\]]+)\]/.exec(line) ?? [];
    if (opened !== undefined) { [section, key] = [opened.trim(), '']; }
    const [, name, value] = /^([\w.-]+)\s*[=:](?!=)(.*)$/.exec(line) ?? [];
    key = name ?? key;
    const isTaken = section === 'options.extras_require' || /requires?(?:[_-]dist)?$/.test(key);
    const texts = !isTaken ? [] : name !== undefined ? value.split(';') : /^\s/.test(line) ? [line] : [];
    return texts.flatMap(text => pythonRequirement(text.trim(), index + 1));
  });
}

/** The name of a list of requirements, a string, which can be a key, and brackets. */
const TOKENS = /(requires?\w{0,60}\s{0,20}\+?[=:]\s{0,20})(?=[[({])|(["'])([^"'\n]*)\2(\s{0,20}:)?|([[({])|[\])}]/gi;
const NAME = /^(?:boto3?|botocore|awscli)(?![\w-])(?:\[[^\]]*\])?\s*/i;

/** `setup.py`: requirements with a version, and names in a list of requirements. Nothing is executed. */
export function pythonSetup(file: TextFile): readonly Dependency[] {
  const found: Dependency[] = [];
  let [isRequired, depth] = [false, 0];
  for (const { 0: token, 1: list, 3: quoted, 4: isKey, 5: opens, index } of withoutComments(file.text, '#').matchAll(TOKENS)) {
    if (list !== undefined || (isKey !== undefined && /requires?\w{0,60}$/i.test(quoted))) { isRequired = true; } else if (quoted === undefined) {
      depth = isRequired ? Math.max(depth + (opens === undefined ? -1 : 1), 0) : 0;
      isRequired = depth > 0;
    } else if (isKey === undefined && isRequirement(quoted, isRequired)) {
      found.push(...pythonRequirement(quoted, file.lineAt(index + token.indexOf(quoted))));
    }
  }
  return found;
}

function isRequirement(text: string, isInList: boolean): boolean {
  const [name] = NAME.exec(text) ?? [];
  const rest = name === undefined ? undefined : text.slice(name.length);
  return rest !== undefined && (rest === '' || rest.startsWith(';') ? isInList : /^[=<>!~(@]/.test(rest));
}
