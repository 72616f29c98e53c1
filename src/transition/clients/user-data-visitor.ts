import { intrinsicName, isAbsent } from '../../model/intrinsics';
import type { Layer } from '../../resources/layer';
import type { ClientVariable } from './client-environment';
import { SettingsVisitor } from './client-notes';
import { withSettings } from './user-data-texts';

/** Writes settings into user data: in Base64 in a template, or inside `Fn::Base64`. */
export class UserDataVisitor extends SettingsVisitor {
  public readonly createsParents = false;

  /** @param isNeeded whether nothing else shows the operating system if there is no user data */
  public constructor(private readonly variables: readonly ClientVariable[], private readonly isNeeded: boolean) {
    super();
  }

  public override barred(value: unknown, where: string): void {
    if (!isAbsent(value)) { super.barred(value, where); }
  }

  protected rewrite(value: unknown, layer: Layer, where: string): unknown {
    // A `Lazy` of the user can contain unresolved values.
    if (layer.resolve(value) !== value) { return layer.defer(value, (resolved, inner) => this.rewrite(resolved, inner, where)); }
    if (isAbsent(value)) {
      if (this.isNeeded) { this.leaveAll(where, 'it has no user data, and its operating system is unknown'); }
      return value;
    }
    if (typeof value === 'string') { return this.rewriteEncoded(value, where); }
    if (intrinsicName(value) !== 'Fn::Base64') {
      this.leaveAll(where, 'it is only known at deployment');
      return value;
    }
    const text = (value as { readonly 'Fn::Base64': unknown })['Fn::Base64'];
    const written = this.inScript(text, where);
    return written === text ? value : { 'Fn::Base64': written };
  }

  /** Rewrites user data that is already encoded. */
  private rewriteEncoded(value: string, where: string): unknown {
    const text = decoded(value);
    if (text === undefined) {
      this.leaveAll(where, 'it is compressed, or not in Base64');
      return value;
    }
    const written = this.inScript(text, where);
    return written === text || typeof written !== 'string' ? value : Buffer.from(written).toString('base64');
  }

  private inScript(text: unknown, where: string): unknown {
    const { value, left } = withSettings(text, this.variables);
    for (const { names, because } of left) { this.leave(where, names, because); }
    if (value !== text) { this.noteWritten(where); }
    return value;
  }

  private leaveAll(where: string, because: string): void {
    this.leave(where, this.variables.map(({ name }) => name), because);
  }
}

/** The text in Base64. `undefined` if it is invalid or not a text. */
function decoded(value: string): string | undefined {
  const packed = value.replace(/\s+/g, '');
  if (packed === '' || packed.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(packed)) { return undefined; }
  const bytes = Buffer.from(packed, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) && !text.includes('\0') ? text : undefined;
}
