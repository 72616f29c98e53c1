import { readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';

export type Json = { readonly [key: string]: unknown };

export const ROOT = join(__dirname, '../..');

/** The keywords of a schema that define the form. Others describe or narrow it. */
const SHAPE = ['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', '$ref'];

/** The interfaces and types of a file, as a schema. */
export class SchemaOfTypes {
  /** All of them, by name. */
  public readonly declared: readonly (readonly [name: string, schema: Json])[];
  private readonly source: ts.SourceFile;

  public constructor(file: string) {
    this.source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest);
    this.declared = this.source.statements.flatMap(statement => {
      if (ts.isInterfaceDeclaration(statement)) { return [[statement.name.text, this.objectOf(statement.members)] as const]; }
      return ts.isTypeAliasDeclaration(statement) ? [[statement.name.text, this.schemaOf(statement.type)] as const] : [];
    });
  }

  private schemaOf(node: ts.TypeNode): Json {
    if (ts.isTypeOperatorNode(node)) { return this.schemaOf(node.type); }
    if (ts.isArrayTypeNode(node)) { return { type: 'array', items: this.schemaOf(node.elementType) }; }
    if (ts.isTypeLiteralNode(node)) { return this.objectOf(node.members); }
    if (ts.isMappedTypeNode(node)) { return this.mappedObjectOf(node); }
    if (ts.isTypeReferenceNode(node)) { return { $ref: `#/definitions/${node.typeName.getText(this.source)}` }; }
    if (ts.isLiteralTypeNode(node)) { return node.literal.kind === ts.SyntaxKind.TrueKeyword ? { type: 'boolean', const: true } : { type: 'string', const: literal(node) }; }
    if (ts.isUnionTypeNode(node)) {
      return node.types.every(ts.isLiteralTypeNode)
        ? { type: 'string', enum: node.types.map(literal) }
        : { type: node.types.map(type => type.getText(this.source)) };
    }
    return { type: node.getText(this.source) };
  }

  private objectOf(members: ts.NodeArray<ts.TypeElement>): Json {
    const properties = members.filter(ts.isPropertySignature);
    expect(properties).toHaveLength(members.length);
    const named = properties.map(property => [property.name.getText(this.source), property] as const);
    return {
      type: 'object',
      additionalProperties: false,
      required: named.filter(([, property]) => !property.questionToken).map(([name]) => name),
      properties: Object.fromEntries(named.map(([name, property]) => [name, this.schemaOf(property.type!)])),
    };
  }

  private mappedObjectOf(node: ts.MappedTypeNode): Json {
    const names = this.literalsOf(node.typeParameter.constraint!);
    const properties = Object.fromEntries(names.map(name => [name, this.schemaOf(node.type!)]));
    return { type: 'object', additionalProperties: false, ...!node.questionToken && { required: names }, properties };
  }

  /** The texts of a union, or of the named type. */
  private literalsOf(node: ts.TypeNode): readonly string[] {
    if (!ts.isTypeReferenceNode(node)) { return (node as ts.UnionTypeNode).types.map(literal); }
    const name = node.typeName.getText(this.source);
    const named = this.source.statements.filter(ts.isTypeAliasDeclaration).find(alias => alias.name.text === name);
    return this.literalsOf(named!.type);
  }
}

/** The form in a schema. An integer is a number in TypeScript. */
export function shapeOf(schema: Json): Json {
  return Object.fromEntries(SHAPE.filter(word => word in schema).map(word => [word, shapeOfWord(word, schema[word])]));
}

/** The parts of a schema without a description, and without a reference to a part with one. */
export function undescribedIn(schema: Json & { readonly definitions: Json }): readonly unknown[] {
  const definitions = [schema, ...Object.values(schema.definitions)] as Json[];
  const properties = definitions.flatMap(({ properties: all }) => Object.entries((all ?? {}) as { [name: string]: Json }));
  return [
    ...properties.filter(([, property]) => !property.$ref && !property.description),
    ...definitions.filter(({ description }) => !description),
  ];
}

function literal(node: ts.TypeNode): string {
  return ((node as ts.LiteralTypeNode).literal as ts.StringLiteral).text;
}

function shapeOfWord(word: string, value: unknown): unknown {
  if (word === 'items') { return shapeOf(value as Json); }
  if (word === 'properties') { return Object.fromEntries(Object.entries(value as Json).map(([name, inner]) => [name, shapeOf(inner as Json)])); }
  return value === 'integer' ? 'number' : value;
}
