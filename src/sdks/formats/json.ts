import { isObject, ownValue } from '../../model/intrinsics';
import { JsonLines } from '../../model/json-lines';
import type { TextFile } from '../text-file';

/** A file of JSON: what stands in it, and on which line. */
export class JsonFile {
  public readonly content: unknown;
  private lines: JsonLines | undefined;

  /** @throws SyntaxError where it is no JSON */
  public constructor(private readonly file: TextFile) {
    this.content = JSON.parse(file.text.replace(/^\uFEFF/, ''));
  }

  /** What stands at a path; nothing where there is none. */
  public at(...path: readonly string[]): unknown {
    return path.reduce<unknown>((value, key) => isObject(value) ? ownValue(value, key) : undefined, this.content);
  }

  /** The line of what stands at a path. */
  public lineOf(path: readonly (string | number)[]): number {
    return (this.lines ??= new JsonLines(this.file.text)).lineOf(path);
  }
}

/** The properties of an object; none of anything else. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) && !Array.isArray(value) ? Object.entries(value) : [];
}

/** The elements of a list; none of anything else. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A property of an object, where it is a text. */
export function textIn(value: unknown, key: string): string | undefined {
  const found = isObject(value) ? ownValue(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}
