import { writeFileSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';
import { SCRATCH } from '../../harness/scratch-app';

/** The syntax error of a statement in the grammar of an engine, or `undefined`. */
export type Parser = (statement: string) => readonly string[];

/** The grammars of Trino, for Athena's queries, and of Hive, for its statements about tables. The package must be bundled for Node.js. */
export function sqlParsers(): { readonly trino: Parser; readonly hive: Parser } {
  const contents = 'export { TrinoSQL, HiveSQL } from "dt-sql-parser";';
  const { outputFiles: [{ text }] } = buildSync({ stdin: { contents, resolveDir: __dirname }, bundle: true, platform: 'node', format: 'cjs', write: false });
  const file = join(SCRATCH, 'sql-parsers.cjs');
  writeFileSync(file, text);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { TrinoSQL, HiveSQL } = require(file) as typeof import('dt-sql-parser');
  return { trino: errorsBy(new TrinoSQL()), hive: errorsBy(new HiveSQL()) };
}

function errorsBy(parser: { validate(sql: string): readonly { message: string; startLine: number }[] }): Parser {
  return statement => parser.validate(statement).map(({ message, startLine }) => `line ${startLine}: ${message}`);
}
