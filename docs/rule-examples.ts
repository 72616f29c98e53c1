import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';

/** The source of the two examples of a rule. */
export interface RuleExamples {
  readonly bad: string;
  readonly good: string;
  /** The day on which they are looked at, where that matters. */
  readonly today?: string;
}

/** Reads the examples of every rule out of the cases of the tests, by the id of the rule. */
export function ruleExamplesIn(folder: string): ReadonlyMap<string, RuleExamples> {
  const files = readdirSync(folder).filter(file => file.endsWith('-cases.ts'));
  return new Map(files.flatMap(file => examplesOf(readFileSync(join(folder, file), 'utf8'))));
}

/** The imports that the examples in a folder need, and that of `App`: one line for each module. */
export function ruleImportsIn(folder: string): string {
  const namesOf = new Map([['aws-cdk-lib', new Set(['App'])]]);
  for (const file of readdirSync(folder).filter(name => name.endsWith('-cases.ts')).sort()) {
    for (const [, names, path] of readFileSync(join(folder, file), 'utf8').matchAll(/^import \{ (.*) \} from '(.*)';$/gm)) {
      const module = path === '../../src' ? 'cdk-imdsv2' : path;
      namesOf.set(module, new Set([...namesOf.get(module) ?? [], ...names.split(', ')]));
    }
  }
  return [...namesOf].sort(([one], [other]) => one < other ? -1 : 1).map(([module, names]) => `import { ${[...names].sort().join(', ')} } from '${module}';`).join('\n');
}

/** The examples in one file of cases. */
export function examplesOf(text: string): (readonly [id: string, examples: RuleExamples])[] {
  const source = ts.createSourceFile('cases.ts', text, ts.ScriptTarget.Latest, true);
  const examples: (readonly [string, RuleExamples])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && textOf(node, 'id') && bodyOf(node, 'bad')) {
      examples.push([textOf(node, 'id')!, { bad: bodyOf(node, 'bad')!, good: bodyOf(node, 'good')!, today: textOf(node, 'today') }]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return examples;
}

/** The text that a property is set to. */
function textOf({ properties }: ts.ObjectLiteralExpression, name: string): string | undefined {
  const property = properties.find(candidate => candidate.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer) ? property.initializer.text : undefined;
}

/** What stands between the braces of a method, as if it stood by itself. */
function bodyOf({ properties }: ts.ObjectLiteralExpression, name: string): string | undefined {
  const method = properties.find(candidate => candidate.name?.getText() === name);
  if (!method || !ts.isMethodDeclaration(method) || !method.body) { return undefined; }
  const lines = method.body.getText().slice(1, -1).split('\n').filter((line, index, all) => line.trim() !== '' || (index > 0 && index < all.length - 1));
  const indent = Math.min(...lines.filter(line => line.trim() !== '').map(line => line.search(/\S/)));
  return lines.map(line => line.slice(indent)).join('\n');
}
