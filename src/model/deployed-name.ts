/** The name of a deployed stack; for a nested one, the name of the outermost stack and then the logical ids on the path to it. */
export type DeployedName = readonly string[];
