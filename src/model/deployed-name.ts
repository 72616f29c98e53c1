/** The name of a deployed stack. For a nested stack: the name of the outermost stack, then the logical ids on the path to it. */
export type DeployedName = readonly string[];
