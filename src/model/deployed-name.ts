/** The name of a stack once it is deployed; for a nested one that of the outermost stack, and then the logical ids that lead to it. */
export type DeployedName = readonly string[];
