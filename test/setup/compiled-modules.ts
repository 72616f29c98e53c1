import vm from 'vm';

/** A module, compiled for the first test file that loads it. */
interface Compiled {
  readonly code: string;
  readonly script: vm.Script;
}

/**
 * Modules are compiled once for each worker. Every test file runs them again, but all share V8's compiled code.
 */
export class CompiledModules {
  private readonly modules = new Map<string, Compiled>();

  /** A function with these parameters and this code, from `vm.compileFunction`. */
  public compile(code: string, params: readonly string[], filename: string): Function {
    const known = this.modules.get(filename);
    const script = known?.code === code ? known.script : scriptOf(code, params, filename);
    this.modules.set(filename, { code, script });
    return script.runInThisContext() as Function;
  }
}

/** The code keeps its lines and columns for stack traces. */
function scriptOf(code: string, params: readonly string[], filename: string): vm.Script {
  const head = `(function (${params.join(', ')}) {`;
  return new vm.Script(`${head}${code}\n})`, { filename, columnOffset: -head.length });
}
