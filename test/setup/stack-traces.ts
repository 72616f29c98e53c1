import { types } from 'util';

/** Formats the stack of an error, or of another object that has one. */
export type StackFormat = typeof Error.prepareStackTrace;

/**
 * Formats the stack of an error as before, and that of any other object as Node.js does. CDK notes where each element is created, by the stack of a plain
 * object. jest would look up each frame in the TypeScript source, which takes longer than all else that CDK does to create an element.
 */
export function plainForObjects(ofErrors: StackFormat): StackFormat {
  return (object, frames) => types.isNativeError(object) && ofErrors ? ofErrors(object, frames) : plain(frames);
}

function plain(frames: readonly NodeJS.CallSite[]): string {
  return ['Object', ...frames.map(frame => `    at ${frame}`)].join('\n');
}
