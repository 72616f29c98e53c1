import { Component, typescript } from 'projen';

/** The imports that `src/` is allowed from outside: the peers, and the modules of Node.js to read template files and to compress rules. */
const PACKAGES = ['aws-cdk-lib', 'constructs'];
const BUILT_INS = ['fs', 'path', 'zlib'];

/**
 * Additional lint rules for `src/`: a library must not print, read environment variables or keep state in a module, and it imports only what its
 * users have.
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
    // The nag pack is for users of cdk-nag. It has its own import path, and is not part of the index.
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
