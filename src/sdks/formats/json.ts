import { isObject, ownValue } from '../../model/intrinsics';
import { JsonLines } from '../../model/json-lines';
import type { TextFile } from '../text-file';

/** A JSON file, with the lines of its values. */
export class JsonFile {
  public readonly content: unknown;
  private lines: JsonLines | undefined;

  /** @throws SyntaxError if it is not JSON */
  public constructor(private readonly file: TextFile) {
    this.content = JSON.parse(file.text.replace(/^\uFEFF/, ''));
  }

  /** The value at a path. `undefined` if there is none. */
  public at(...path: readonly string[]): unknown {
    return path.reduce<unknown>((value, key) => isObject(value) ? ownValue(value, key) : undefined, this.content);
  }

  /** The line of the value at a path. */
  public lineOf(path: readonly (string | number)[]): number {
    return (this.lines ??= new JsonLines(this.file.text)).lineOf(path);
  }
}

/** The properties of an object. Empty for other values. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) && !Array.isArray(value) ? Object.entries(value) : [];
}

/** The elements of a list. Empty for other values. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A property of an object, if it is a text. */
export function textIn(value: unknown, key: string): string | undefined {
  const found = isObject(value) ? ownValue(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}
