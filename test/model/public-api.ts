import { join } from 'path';
import * as ts from 'typescript';

/** Something public that accepts values of a user: a constructor, a static function or a method. */
export interface Callable {
  /** `ImdsReport.json`, `new RequireImdsv2`, `ImdsExemption#add`. */
  readonly name: string;
  readonly kind: 'new' | 'static' | 'method';
  readonly owner: string;
  readonly member: string;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: Type;
}

/** A type, in the categories of the test, so that a wrong value can be chosen. */
export interface Type {
  readonly kind: 'string' | 'number' | 'boolean' | 'list' | 'enum' | 'props' | 'other';
  readonly text: string;
  /** For props: their properties. */
  readonly properties?: readonly Parameter[];
  readonly element?: Type;
}

const ROOT = join(__dirname, '../..');

/** Every public constructor, static function and method of the library, according to the compiler. */
export function publicApi(...files: readonly string[]): readonly Callable[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), name => ts.sys.readFile(name)) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, strict: true, noEmit: true, module: 'commonjs', target: 'es2022' }, ROOT);
  const paths = files.map(file => join(ROOT, file));
  const program = ts.createProgram(paths, { ...options, skipLibCheck: true });
  const reader = new Reader(program.getTypeChecker());
  return paths.flatMap(path => reader.exportsOf(program.getSourceFile(path)!));
}

class Reader {
  public constructor(private readonly checker: ts.TypeChecker) {}

  public exportsOf(file: ts.SourceFile): Callable[] {
    const exported = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(file)!);
    const symbols = exported.map(symbol => symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol); // eslint-disable-line no-bitwise
    return symbols.flatMap(symbol => symbol.declarations?.filter(ts.isClassDeclaration).flatMap(declaration => this.membersOf(declaration)) ?? []);
  }

  private membersOf(declaration: ts.ClassDeclaration): Callable[] {
    const owner = declaration.name!.text;
    return declaration.members.filter(isPublic).flatMap((member): Callable[] => {
      if (ts.isConstructorDeclaration(member)) {
        return [{ name: `new ${owner}`, kind: 'new', owner, member: 'constructor', parameters: this.parametersOf(member) }];
      }
      if (!ts.isMethodDeclaration(member)) { return []; }
      const isStatic = ts.getCombinedModifierFlags(member) === ts.ModifierFlags.None ? false : has(member, ts.SyntaxKind.StaticKeyword);
      const name = member.name.getText();
      return [{ name: `${owner}${isStatic ? '.' : '#'}${name}`, kind: isStatic ? 'static' : 'method', owner, member: name, parameters: this.parametersOf(member) }];
    }).filter(({ parameters }) => parameters.length > 0);
  }

  private parametersOf({ parameters }: ts.SignatureDeclaration): Parameter[] {
    return parameters.map(parameter => ({
      name: parameter.name.getText(),
      isOptional: parameter.questionToken !== undefined || parameter.initializer !== undefined || parameter.dotDotDotToken !== undefined,
      type: this.typeOf(this.checker.getTypeAtLocation(parameter)),
    }));
  }

  private typeOf(type: ts.Type, depth = 0): Type {
    const bare = this.checker.getNonNullableType(type);
    const text = this.checker.typeToString(bare);
    if (isOf(bare, ts.TypeFlags.StringLike) && !isOf(bare, ts.TypeFlags.EnumLike)) { return { kind: 'string', text }; }
    if (isOf(bare, ts.TypeFlags.NumberLike) && !isOf(bare, ts.TypeFlags.EnumLike)) { return { kind: 'number', text }; }
    if (isOf(bare, ts.TypeFlags.BooleanLike)) { return { kind: 'boolean', text }; }
    if (isOf(bare, ts.TypeFlags.EnumLike)) { return { kind: 'enum', text }; }
    if (this.checker.isArrayType(bare)) { return { kind: 'list', text, element: this.typeOf(this.checker.getTypeArguments(bare as ts.TypeReference)[0], depth) }; }
    const declaration = bare.symbol?.declarations?.[0];
    const isOurs = declaration !== undefined && ts.isInterfaceDeclaration(declaration) && declaration.getSourceFile().fileName.startsWith(join(ROOT, 'src'));
    if (!isOurs || depth > 2) { return { kind: 'other', text }; }
    const own = bare.getProperties().filter(({ declarations = [] }) => declarations.some(each => each.getSourceFile().fileName.startsWith(join(ROOT, 'src'))));
    return {
      kind: 'props',
      text,
      properties: own.map(property => ({
        name: property.name,
        isOptional: isOf2(property, ts.SymbolFlags.Optional),
        type: this.typeOf(this.checker.getTypeOfSymbol(property), depth + 1),
      })),
    };
  }
}

function isPublic(member: ts.ClassElement): boolean {
  return !has(member, ts.SyntaxKind.PrivateKeyword) && !has(member, ts.SyntaxKind.ProtectedKeyword) && !member.name?.getText().startsWith('_');
}

function has(member: ts.ClassElement, keyword: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(member) && (ts.getModifiers(member) ?? []).some(({ kind }) => kind === keyword);
}

function isOf(type: ts.Type, flags: ts.TypeFlags): boolean {
  return (type.flags & flags) !== 0; // eslint-disable-line no-bitwise
}

function isOf2({ flags }: ts.Symbol, flag: ts.SymbolFlags): boolean {
  return (flags & flag) !== 0; // eslint-disable-line no-bitwise
}
