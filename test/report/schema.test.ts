import { readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';

type Json = { readonly [key: string]: unknown };

const ROOT = join(__dirname, '../..');
const SOURCE = ts.createSourceFile('report.ts', readFileSync(join(ROOT, 'src/report/report.ts'), 'utf8'), ts.ScriptTarget.Latest);
const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'schema/imdsv2-report.schema.json'), 'utf8')) as Json & { readonly definitions: Json };
const ELSEWHERE = ['RuleId', 'Severity'];

/** The words of the schema that say the shape; the others describe it, or narrow it down. */
const SHAPE = ['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', '$ref'];

/** What a type in report.ts comes to in the words of a schema. */
function schemaOf(node: ts.TypeNode): Json {
  if (ts.isTypeOperatorNode(node)) { return schemaOf(node.type); }
  if (ts.isArrayTypeNode(node)) { return { type: 'array', items: schemaOf(node.elementType) }; }
  if (ts.isTypeLiteralNode(node)) { return objectOf(node.members); }
  if (ts.isMappedTypeNode(node)) { return mappedObjectOf(node); }
  if (ts.isTypeReferenceNode(node)) { return { $ref: `#/definitions/${node.typeName.getText(SOURCE)}` }; }
  if (ts.isLiteralTypeNode(node)) { return node.literal.kind === ts.SyntaxKind.TrueKeyword ? { type: 'boolean', const: true } : { type: 'string', const: literal(node) }; }
  if (ts.isUnionTypeNode(node)) {
    return node.types.every(ts.isLiteralTypeNode)
      ? { type: 'string', enum: node.types.map(literal) }
      : { type: node.types.map(type => type.getText(SOURCE)) };
  }
  return { type: node.getText(SOURCE) };
}

function objectOf(members: ts.NodeArray<ts.TypeElement>): Json {
  const properties = members.filter(ts.isPropertySignature);
  expect(properties).toHaveLength(members.length);
  const named = properties.map(property => [property.name.getText(SOURCE), property] as const);
  return {
    type: 'object',
    additionalProperties: false,
    required: named.filter(([, property]) => !property.questionToken).map(([name]) => name),
    properties: Object.fromEntries(named.map(([name, property]) => [name, schemaOf(property.type!)])),
  };
}

function mappedObjectOf(node: ts.MappedTypeNode): Json {
  const names = (node.typeParameter.constraint as ts.UnionTypeNode).types.map(type => literal(type as ts.LiteralTypeNode));
  expect(node.questionToken).toBeDefined();
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(names.map(name => [name, schemaOf(node.type!)])) };
}

function literal(node: ts.TypeNode): string {
  return ((node as ts.LiteralTypeNode).literal as ts.StringLiteral).text;
}

/** The shape that a schema says; a whole number is a number to TypeScript. */
function shapeOf(schema: Json): Json {
  return Object.fromEntries(SHAPE.filter(word => word in schema).map(word => [word, shapeOfWord(word, schema[word])]));
}

function shapeOfWord(word: string, value: unknown): unknown {
  if (word === 'items') { return shapeOf(value as Json); }
  if (word === 'properties') { return Object.fromEntries(Object.entries(value as Json).map(([name, inner]) => [name, shapeOf(inner as Json)])); }
  return value === 'integer' ? 'number' : value;
}

const DECLARED = SOURCE.statements.flatMap(statement => {
  if (ts.isInterfaceDeclaration(statement)) { return [[statement.name.text, objectOf(statement.members)] as const]; }
  return ts.isTypeAliasDeclaration(statement) ? [[statement.name.text, schemaOf(statement.type)] as const] : [];
});

describe('the schema has every property of report.ts, with its type, and whether it may be left out', () => {
  test.each(DECLARED)('of %s', (name, expected) => {
    expect(shapeOf(name === 'Report' ? SCHEMA : SCHEMA.definitions[name] as Json)).toEqual(expected);
  });
});

test('the schema has nothing else', () => {
  expect(Object.keys(SCHEMA.definitions).sort()).toEqual([...DECLARED.map(([name]) => name).filter(name => name !== 'Report'), ...ELSEWHERE].sort());
});

test('everything in the schema has a description', () => {
  const definitions = [SCHEMA, ...Object.values(SCHEMA.definitions)] as Json[];
  const properties = definitions.flatMap(({ properties: all }) => Object.entries((all ?? {}) as { [name: string]: Json }));
  expect(properties.filter(([, property]) => !property.$ref && !property.description)).toEqual([]);
  expect(definitions.filter(({ description }) => !description)).toEqual([]);
});
