/** The platform on which no instance of the account runs the container, so there is no instance metadata. */
export const FARGATE = 'FARGATE';
