import { followedBy } from '../../request/possible-text';
import type { PossibleText } from '../../request/possible-text';
import type { PossibleValue } from '../scope';
import { elementName } from '../scope';
import type { ShellRun } from '../shell-run';
import type { Assignment, Word } from '../syntax';
import { fieldsOf, textOf } from './expansions';

/** The most arrays of a variable that are followed. */
const MOST_ARRAYS = 8;
const MOST_ELEMENTS = 100;

/** Runs an assignment. */
export function assign(run: ShellRun, { name, value, append, index }: Assignment): void {
  if (value.type === 'ArrayValue') {
    assignArray(run, name, (value as { elements: readonly Word[] }).elements, append === true);
    return;
  }
  const texts = textOf(value as Word, run);
  if (index) {
    assignElement(run, name, textOf(index, run)[0], texts);
    return;
  }
  const before = append ? run.scope.get(name) : undefined;
  run.scope.set(name, before ? followedBy(before.filter(each => typeof each === 'string'), texts) : texts);
}

/** The possible texts of an assignment that is an argument of a command, such as `export`. */
export function assignmentTexts(run: ShellRun, assignment: Assignment): PossibleText {
  if (assignment.value.type === 'ArrayValue') {
    assign(run, assignment);
    return [assignment.name];
  }
  return textOf(assignment.value as Word, run).map(text => `${assignment.name}=${text}`);
}

/** `name[key]=value`. The value is known by its key, and as an element of the array. */
function assignElement({ scope }: ShellRun, name: string, key: string, texts: PossibleText): void {
  scope.set(elementName(name, key), texts);
  const known = scope.get(name)?.find(isArray) ?? [];
  const isKnown = /^\d+$/.test(key) && Number(key) < known.length;
  scope.set(name, [isKnown ? known.map((each, at) => at === Number(key) ? texts[0] : each) : [...known, texts[0]]]);
}

function assignArray(run: ShellRun, name: string, elements: readonly Word[], isAppended: boolean): void {
  const arrays = arraysOf(run, name, elements);
  const before = (isAppended ? run.scope.get(name) ?? [] : []).map(each => isArray(each) ? each : [each]);
  const longer = before.flatMap(array => arrays.map(added => [...array.slice(0, MOST_ELEMENTS), ...added]));
  run.scope.set(name, before.length === 0 ? arrays : longer.slice(0, MOST_ARRAYS));
}

/** The possible arrays of the words in brackets. */
function arraysOf(run: ShellRun, name: string, elements: readonly Word[]): readonly (readonly string[])[] {
  let arrays: readonly (readonly string[])[] = [[]];
  for (const element of elements) {
    const keyed = /^\[([^\]]*)\]=/.exec(element.text);
    const fields = fieldsOf(element, run);
    if (keyed) {
      const key = keyed[1].replace(/^["']|["']$/g, '');
      run.scope.set(elementName(name, key), fields.map(each => each.join(' ').replace(/^\[[^\]]*\]=/, '')));
    }
    arrays = fields.length === 1
      ? arrays.map(array => [...array, ...fields[0]])
      : arrays.flatMap(array => fields.map(each => [...array, ...each])).slice(0, MOST_ARRAYS);
  }
  return arrays;
}

function isArray(value: PossibleValue): value is readonly string[] {
  return typeof value !== 'string';
}
