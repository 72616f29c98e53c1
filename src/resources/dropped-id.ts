/**
 * The logical id that CDK drops, with what it names: it assigns ids to objects, where this one is the prototype. CDK makes no such id; a user may
 * write it by `overrideLogicalId()`.
 */
export const DROPPED_ID = '__proto__';
