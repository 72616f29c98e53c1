import type { Layer } from '../../resources/layer';
import type { NotingVisitor } from '../../resources/property-writer';

/** A place where settings were not written. */
export interface LeftSetting {
  /** The path below `Properties`, with indices. */
  readonly where: string;
  /** The names of the variables. */
  readonly names: readonly string[];
  readonly because: string;
}

/** A visitor that writes settings of clients, and notes where it did and where it did not. */
export abstract class SettingsVisitor implements NotingVisitor {
  public readonly scalar = false;
  public abstract readonly createsParents: boolean;
  /** The places that were written. */
  public readonly written = new Set<string>();
  public readonly left: LeftSetting[] = [];
  /** The places where a variable hides one that the image may have. */
  public readonly hiding = new Set<string>();
  private isOpen = true;

  public close(): void {
    this.isOpen = false;
  }

  public block(value: unknown, layer: Layer, where: string): unknown {
    try {
      return this.rewrite(value, layer, where);
    } catch {
      this.leave(where, [], 'it cannot be read');
      return value;
    }
  }

  public barred(value: unknown, where: string): void {
    if (value !== undefined && value !== null) { this.leave(where, [], 'it is only known at deployment'); }
  }

  protected abstract rewrite(value: unknown, layer: Layer, where: string): unknown;

  protected noteWritten(where: string): void {
    if (this.isOpen) { this.written.add(where); }
  }

  protected noteHiding(where: string): void {
    if (this.isOpen) { this.hiding.add(where); }
  }

  protected leave(where: string, names: readonly string[], because: string): void {
    if (this.isOpen) { this.left.push({ where, names, because }); }
  }
}
