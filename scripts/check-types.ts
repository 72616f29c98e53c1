/**
 * Checks the types, and the lint rules that need types, of the projects that the arguments name: `check-types.ts tsconfig.dev.json`. The linter would read
 * and check all of the code a second time, so it shares the program of the compiler here. The other rules are those of `npx projen eslint`.
 */
import * as plugin from '@typescript-eslint/eslint-plugin';
import * as parser from '@typescript-eslint/parser';
import { ESLint, Linter } from 'eslint';
import * as ts from 'typescript';
import { REPOSITORY } from './scratch-copy';
import { hasPromises } from './types/promises';

const RULES: Linter.RulesRecord = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/return-await': 'error',
};

const FORMAT: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: name => name,
  getCurrentDirectory: () => REPOSITORY,
  getNewLine: () => '\n',
};

async function main(): Promise<void> {
  for (const project of process.argv.slice(2)) {
    const program = programOf(project);
    const errors = ts.getPreEmitDiagnostics(program);
    const complaints = await lint(program);
    process.stdout.write(ts.formatDiagnostics(errors, FORMAT) + complaints);
    if (errors.length > 0 || complaints !== '') { process.exitCode = 1; }
  }
}

function programOf(project: string): ts.Program {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (error: ts.Diagnostic) => { throw new Error(ts.formatDiagnostic(error, FORMAT)); } };
  const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(project, {}, host)!;
  return ts.createProgram({
    rootNames: fileNames,
    options,
    configFileParsingDiagnostics: errors,
    host: { ...ts.createCompilerHost(options), jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors }, // as `tsc` does
  });
}

/** What the linter says of the files that have to do with promises. It is empty if all is well. */
async function lint(program: ts.Program): Promise<string> {
  const checker = program.getTypeChecker();
  const files = program.getRootFileNames().filter(name => hasPromises(program.getSourceFile(name)!, checker));
  const eslint = new ESLint({
    cwd: REPOSITORY,
    passOnNoPatterns: true,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      plugins: { '@typescript-eslint': plugin as unknown as ESLint.Plugin },
      languageOptions: { parser, parserOptions: { programs: [program] } },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      rules: RULES,
    },
  });
  const formatter = await eslint.loadFormatter('stylish');
  return formatter.format(await eslint.lintFiles(files));
}

void main();
