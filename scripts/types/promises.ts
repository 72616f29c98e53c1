import * as ts from 'typescript';

/** Whether the code of a file can lose a promise: it has an asynchronous function, or an expression with promises. */
export function hasPromises(file: ts.SourceFile, checker: ts.TypeChecker): boolean {
  return /\basync\b/.test(file.text) || computesPromises(file, checker);
}

function computesPromises(node: ts.Node, checker: ts.TypeChecker): boolean {
  return (isComputed(node) && holdsPromises(checker.getTypeAtLocation(node), checker))
    || ts.forEachChild(node, child => computesPromises(child, checker) || undefined) === true;
}

/** Whether an expression is a call, or a statement of its own. */
function isComputed(node: ts.Node): boolean {
  return ts.isCallExpression(node) || ts.isNewExpression(node) || (node.parent && ts.isExpressionStatement(node.parent));
}

function holdsPromises(type: ts.Type, checker: ts.TypeChecker): boolean {
  return partsOf(type).flatMap(part => [part, ...elementsOf(part, checker)]).flatMap(partsOf)
    .some(part => checker.getPropertyOfType(checker.getApparentType(part), 'then') !== undefined);
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnionOrIntersection() ? type.types : [type];
}

/** The types of the elements of an array. */
function elementsOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  return checker.isArrayType(type) || checker.isTupleType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
}
