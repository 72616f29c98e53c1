import { intrinsicName, isAbsent, isObject } from '../../model/intrinsics';
import { describeValue } from '../../model/setting';
import type { Layer } from '../../resources/layer';
import type { ClientVariable } from './client-environment';
import { SettingsVisitor } from './client-notes';

const REFERENCE = 'x'.repeat(100);

/** Writes settings into a map of variables. */
export class VariableMapVisitor extends SettingsVisitor {
  public readonly createsParents = true;

  /** @param mostBytes the maximum size of the map, as JSON */
  public constructor(private readonly variables: readonly ClientVariable[], private readonly mostBytes: number) {
    super();
  }

  protected rewrite(value: unknown, layer: Layer, where: string): unknown {
    if (isAbsent(value)) { return this.withVariables({}, layer, where); }
    if (!isObject(value) || intrinsicName(value) !== undefined || Object.keys(value).some(name => layer.isUnresolved(name))) {
      this.leave(where, this.variables.map(({ name }) => name), 'it is only known at deployment');
      return value;
    }
    return this.withVariables(value, layer, where);
  }

  private withVariables(map: { readonly [name: string]: unknown }, layer: Layer, where: string): unknown {
    const missing = this.variables.filter(({ name }) => !Object.hasOwn(map, name) || map[name] === undefined);
    for (const { name, value } of this.variables.filter(each => !missing.includes(each))) {
      const found = layer.resolve(map[name]);
      if (found !== value) { this.leave(where, [name], `it is already set to ${describeValue(found)}`); }
    }
    if (missing.length === 0) { return map; }
    const written = { ...map, ...Object.fromEntries(missing.map(({ name, value }) => [name, value])) };
    if (bytesOf(written, layer) > this.mostBytes) {
      this.leave(where, missing.map(({ name }) => name), `its variables would be longer than ${this.mostBytes / 1024} KB`);
      return map;
    }
    this.noteWritten(where);
    return written;
  }
}

/** The size of variables as JSON; unresolved values count as the text of an ARN. */
function bytesOf(map: { readonly [name: string]: unknown }, layer: Layer): number {
  const texts = Object.entries(map).map(([name, value]) => {
    const text = layer.resolve(value);
    return [name, typeof text === 'object' ? REFERENCE : String(text)];
  });
  return Buffer.byteLength(JSON.stringify(Object.fromEntries(texts)));
}
