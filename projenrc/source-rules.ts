import { Component, typescript } from 'projen';

/** What `src/` may import from outside: the peers, and as little of Node as it takes to read a template file, and to pack rules into one. */
const PACKAGES = ['aws-cdk-lib', 'constructs'];
const BUILT_INS = ['fs', 'path', 'zlib'];

/**
 * What the linter holds `src/` to beyond the rules for all code: a library neither prints, nor reads the environment of the
 * process, nor keeps state in a module, and it imports nothing that its users do not have.
 */
export class SourceRules extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    const eslint = project.eslint!;
    eslint.addOverride({
      files: ['src/**/*.ts'],
      rules: {
        'no-console': ['error'],
        'no-restricted-properties': ['error', {
          object: 'process',
          property: 'env',
          message: 'A construct takes its configuration from props and context.',
        }],
        'no-restricted-imports': onlyImport(PACKAGES),
        'no-restricted-syntax': ['error', {
          selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind!="const"]',
          message: 'No mutable state in a module.',
        }, {
          selector: 'TSImportType',
          message: 'Import the type by an import declaration, where the import direction is checked.',
        }],
      },
    });
    // The nag pack is for users who have cdk-nag; it is reached by its own path and not part of the index.
    eslint.addOverride({
      files: ['src/nag/**/*.ts'],
      rules: {
        'no-restricted-imports': onlyImport([...PACKAGES, 'cdk-nag']),
        'import/no-extraneous-dependencies': ['error', { devDependencies: true, peerDependencies: true }],
      },
    });
  }
}

function onlyImport(packages: string[]) {
  return ['error', {
    patterns: [{
      regex: `^(?!\\.|(?:${packages.join('|')})(?:/|$)|(?:node:)?(?:${BUILT_INS.join('|')})$)`,
      message: `src/ imports ${[...packages, ...BUILT_INS].join(', ')} and its own files.`,
    }],
  }];
}
