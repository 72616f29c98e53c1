/**
 * The logical id that CDK drops, with its resource: CDK assigns ids to objects, and this one would be the prototype. CDK does not create such an id,
 * but a user can set it with `overrideLogicalId()`.
 */
export const DROPPED_ID = '__proto__';
