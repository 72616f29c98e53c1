import type { UserData } from '../launch/user-data';
import { userDataOf } from '../launch/user-data';
import type { LaunchResource, LaunchStack } from '../launch/world';
import type { ContainerPlatforms } from '../resources/environment';
import type { Place } from '../resources/places';
import type { ResourceRecord, ScriptPlace } from '../resources/record';
import { scriptsOfDocument } from '../userdata/properties/documents';
import { scriptsOfInit } from '../userdata/properties/init-scripts';
import type { ScriptScans } from '../userdata/properties/placed-calls';
import type { PlacedScript } from '../userdata/properties/script-places';
import { scriptsOf, scriptsOfLines, scriptsOfWords } from '../userdata/properties/script-places';
import type { Refer } from '../userdata/properties/template-texts';

const NONE: readonly PlacedScript[] = [];

/** Whether all that a resource runs are texts as they stand, none of which can call anything: it is so with most, and nothing is made of them to know. */
export function runsPlainTextsAlone(resource: LaunchResource, record: ResourceRecord, scans: ScriptScans): boolean {
  if (record.scripts.length > 0) { return false; }
  return resource.reading.of(userDataOf).every(({ text }) => text !== undefined && scans.isSilent(text)) && resource.init() === undefined;
}

/** The scripts of a resource: its user data, what `AWS::CloudFormation::Init` runs, and what its type has else. */
export function scriptsOn(resource: LaunchResource, record: ResourceRecord): readonly PlacedScript[] {
  const userData = resource.reading.of(userDataOf);
  const init = resource.init();
  if (userData.length === 0 && record.scripts.length === 0 && init === undefined) { return NONE; }
  const refer = (name: string) => parameterText(resource.stack, name);
  const scripts = userData.flatMap(found => userDataScripts(found, resource, refer));
  if (record.scripts.length > 0) { scripts.push(...record.scripts.flatMap(place => scriptsAt(place, resource, refer))); }
  if (init !== undefined) { scripts.push(...scriptsOfInit(init, refer)); }
  return scripts;
}

/** The path of an element of a list contains its index. */
function userDataScripts({ path, values }: UserData, resource: LaunchResource, refer: Refer): readonly PlacedScript[] {
  return path.includes('[]')
    ? resource.at(path, true).flatMap(place => scriptsOf(place.where, rendered(place), refer))
    : values.flatMap(value => scriptsOf(path.join('.'), value, refer));
}

function scriptsAt(place: ScriptPlace, resource: LaunchResource, refer: Refer): readonly PlacedScript[] {
  const found = resource.at(place.path, place.kind !== 'words').filter(({ isBarred }) => !isBarred);
  switch (place.kind) {
    case 'text': return found.flatMap(each => scriptsOf(each.where, rendered(each), refer));
    case 'document': return found.flatMap(each => scriptsOfDocument(each.where, rendered(each), refer));
    case 'lines': {
      const isPowerShell = found.length > 0 && resource.valuesAt(place.document).some(name => typeof name === 'string' && name.includes('PowerShell'));
      return found.flatMap(each => scriptsOfLines(each.where, rendered(each), refer, isPowerShell ? 'powershell' : undefined));
    }
    case 'words': return found.length > 0 && runsElsewhere(resource, place.platforms) ? [] : wordsOf(place, resource, refer);
  }
}

/** The words of a command stand below several keys: what belongs to the same object is one command. */
function wordsOf({ path, keys }: Extract<ScriptPlace, { kind: 'words' }>, resource: LaunchResource, refer: Refer): readonly PlacedScript[] {
  const commands = new Map<string, { where: string; words: unknown[] }>();
  for (const key of keys) {
    for (const place of resource.at([...path, key], true)) {
      const words = place.isBarred ? undefined : rendered(place);
      if (!Array.isArray(words)) { continue; }
      const owner = place.where.slice(0, place.where.lastIndexOf('.') + 1);
      commands.set(owner, { where: place.where, words: [...commands.get(owner)?.words ?? [], ...words as unknown[]] });
    }
  }
  return [...commands.values()].flatMap(({ where, words }) => scriptsOfWords(where, words, refer));
}

function runsElsewhere(resource: LaunchResource, { path, withoutInstances }: ContainerPlatforms): boolean {
  const named = resource.valuesAt(path);
  return named.length > 0 && named.every(list => Array.isArray(list) && list.length > 0 && list.every(each => each === withoutInstances));
}

function rendered({ value, layer }: Place): unknown {
  return layer.resolve(value);
}

/** The default of a parameter, as far as it is a text. */
function parameterText(stack: LaunchStack, name: string): string | undefined {
  const given = stack.argument(name)?.value ?? (stack.isLookedUp(name) ? undefined : stack.declaredDefault(name));
  return typeof given === 'string' ? given : undefined;
}
