/**
 * The state that a test file can change outside the modules that it loads: globals, the environment and the working directory.
 */
export class GlobalState {
  private readonly globals = Object.getOwnPropertyDescriptors(globalThis) as PropertyDescriptorMap;
  private readonly env = { ...process.env };
  private readonly cwd = process.cwd();
  private readonly exit = process.exit;

  public restore(): void {
    for (const name of Reflect.ownKeys(globalThis)) {
      if (!(name in this.globals) && !isShared(name)) {
        Reflect.deleteProperty(globalThis, name);
      }
    }
    for (const name of Reflect.ownKeys(this.globals)) {
      const before = this.globals[name as string];
      if (before.configurable) { Object.defineProperty(globalThis, name, before); }
    }
    for (const name of Object.keys(process.env)) {
      if (!(name in this.env)) { delete process.env[name]; }
    }
    Object.assign(process.env, this.env);
    process.exit = this.exit;
    if (process.cwd() !== this.cwd) { process.chdir(this.cwd); }
  }
}

/** Data of packages that are shared by all files. */
function isShared(name: string | symbol): boolean {
  return /^(__cdk|@aws-cdk\/|jsii\.|undici\.|cdk-imdsv2\.)/.test(typeof name === 'string' ? name : Symbol.keyFor(name) ?? '');
}
