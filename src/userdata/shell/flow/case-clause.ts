import type { PossibleText } from '../../request/possible-text';
import { oneOfAll } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { CaseItem, Command } from '../syntax';
import { textOf } from '../words/expansions';
import { patternsMatch } from './patterns';
import { goWay, meet } from './ways';

/** Follows each item of a `case` whose patterns can match. */
export function runCase(run: ShellRun, { word, items = [] }: Command): PossibleText {
  let texts: PossibleText = [];
  const isTried = run.attempts.areIn(() => { texts = textOf(word!, run); });
  run.runIn(items.map(({ pattern }) => pattern));
  const known = texts.length === 1 && run.loops === 0 && !/[\uE000-\uF8FF]/.test(texts[0]) ? texts[0] : undefined;
  const { taken, isSure } = itemsFor(known, items);
  const ways = taken.map(({ body }) => run.attempts.guard(isTried, () => goWay(run, () => run.runList(body))));
  const mayStay = !isSure && !items.some(({ pattern }) => pattern.some(each => each.text === '*'));
  meet(run, ways, mayStay);
  return oneOfAll(ways.length > 0 ? ways.flatMap(({ output }) => output) : ['']);
}

/** The items that can match a text, and whether the last of them certainly matches. */
function itemsFor(text: string | undefined, items: readonly CaseItem[]): { readonly taken: readonly CaseItem[]; readonly isSure: boolean } {
  const taken: CaseItem[] = [];
  for (const item of items) {
    const matches = text === undefined ? undefined : patternsMatch(item.pattern, text);
    if (matches === false || !item.body) { continue; }
    taken.push(item);
    if (matches === true) { return { taken, isSure: true }; }
  }
  return { taken, isSure: false };
}
