/** What the metadata service of new instances asks for, where neither launch parameters nor a launch template say it. */
export enum DefaultHttpTokens {
  /** IMDSv2 is required: a request without a session token is refused. */
  REQUIRED = 'required',
  /** IMDSv1 and IMDSv2 are both answered, also where the AMI was registered with `ImdsSupport=v2.0`. */
  OPTIONAL = 'optional',
  /** There is no default: the AMI decides, and without one that does, both are answered. */
  NO_PREFERENCE = 'no-preference',
}
