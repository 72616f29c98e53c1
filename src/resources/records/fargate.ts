/** The platform on which no instance of the account runs a container, and none of its metadata is there. */
export const FARGATE = 'FARGATE';
