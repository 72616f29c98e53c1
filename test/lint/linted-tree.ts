import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import type { Linter } from 'eslint';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';

export const REPOSITORY = resolve(__dirname, '../..');

export interface Complaint {
  readonly line: number;
  readonly rule: string;
}

/**
 * A tree of files to try the repository's own lint rules on. It shows that a rule reports violations, even if no file of the repository has one.
 */
export class LintedTree {
  public readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'linted-tree-')));

  constructor(files: string[]) {
    for (const file of files) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), 'export {};\n');
    }
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** The findings of the rules for lines of code in that file. */
  public lint(file: string, rules: string[], ...lines: string[]): Promise<Complaint[]> {
    return complaints(this.root, file, rules, lines);
  }
}

/** The findings of the rules for lines of code in that file of the directory. */
export async function complaints(root: string, file: string, ruleNames: string[], lines: string[]): Promise<Complaint[]> {
  const linter = await linterOf(root, file, ruleNames);
  const [result] = await linter.lintText(lines.join('\n'), { filePath: join(root, file) });
  return result.messages.map(({ line, ruleId, message }) => ({ line, rule: ruleId ?? message }));
}

/** The linters, by what they are for. To create one takes longer than to use it. */
const linters = new Map<string, Promise<LegacyESLint>>();

function linterOf(root: string, file: string, ruleNames: string[]): Promise<LegacyESLint> {
  const key = [root, file, ...ruleNames].join('\n');
  const linter = linters.get(key) ?? createLinter(root, file, ruleNames);
  linters.set(key, linter);
  return linter;
}

async function createLinter(root: string, file: string, ruleNames: string[]): Promise<LegacyESLint> {
  const repository = new LegacyESLint({ cwd: REPOSITORY });
  const config = await repository.calculateConfigForFile(join(REPOSITORY, file));
  return new LegacyESLint({
    cwd: root,
    useEslintrc: false,
    resolvePluginsRelativeTo: REPOSITORY,
    overrideConfig: {
      parser: config.parser,
      parserOptions: { sourceType: 'module' },
      plugins: config.plugins,
      settings: { 'import/resolver': { node: { extensions: ['.ts'] } } },
      rules: Object.fromEntries(ruleNames.map((name) => [name, rooted(config.rules[name], root)])),
    },
  });
}

/** A configured rule. The zones of `import/no-restricted-paths` are relative to the working directory by default. */
function rooted(rule: [Linter.RuleSeverity, ...unknown[]] | undefined, root: string): Linter.RuleEntry {
  const [severity, ...options] = rule ?? ['off' as const];
  return [severity, ...options.map((option) => hasZones(option) ? { ...option, basePath: root } : option)];
}

function hasZones(option: unknown): option is { zones: unknown[] } {
  return typeof option === 'object' && option !== null && 'zones' in option;
}
