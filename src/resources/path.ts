/** The segment for every element of a list. */
export const EVERY_ELEMENT = '[]';

/** The maximum depth of nested conditions. Nobody writes more, and the call stack is finite. */
export const MAX_CONDITIONS = 1000;

/** The segments of a path such as `LaunchTemplateConfigs[].Overrides[].MetadataOptions`. */
export function parsePath(path: string): readonly string[] {
  return path.split('.').flatMap(part => part.endsWith(EVERY_ELEMENT) ? [part.slice(0, -2), EVERY_ELEMENT] : [part]);
}

/** The path of a property of the value at a path. */
export function inside(where: string, property: string): string {
  return where ? `${where}.${property}` : property;
}

/** Whether nothing is written, not even a function that leaves it out. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
