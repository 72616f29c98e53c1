import { intrinsicName, isAbsent, isObject } from '../../model/intrinsics';
import { describeValue } from '../../model/setting';
import type { Layer } from '../../resources/layer';
import type { ClientVariable } from './client-environment';
import { SettingsVisitor } from './client-notes';

/** Writes settings into what has variables by their names. */
export class VariableMapVisitor extends SettingsVisitor {
  public readonly createsParents = true;

  public constructor(private readonly variables: readonly ClientVariable[]) {
    super();
  }

  protected rewrite(value: unknown, layer: Layer, where: string): unknown {
    if (isAbsent(value)) { return this.withVariables({}, layer, where); }
    if (!isObject(value) || intrinsicName(value) !== undefined || Object.keys(value).some(name => layer.isUnresolved(name))) {
      this.leave(where, this.variables.map(({ name }) => name), 'it is not known before deployment');
      return value;
    }
    return this.withVariables(value, layer, where);
  }

  private withVariables(map: { readonly [name: string]: unknown }, layer: Layer, where: string): unknown {
    const missing = this.variables.filter(({ name }) => !Object.hasOwn(map, name) || map[name] === undefined);
    for (const { name, value } of this.variables.filter(each => !missing.includes(each))) {
      const found = layer.resolve(map[name]);
      if (found !== value) { this.leave(where, [name], `it is set already, to ${describeValue(found)}`); }
    }
    if (missing.length === 0) { return map; }
    this.noteWritten(where);
    return { ...map, ...Object.fromEntries(missing.map(({ name, value }) => [name, value])) };
  }
}
