/** Whether the metadata service of new instances requires tokens, if neither the launch nor a launch template sets this. */
export enum DefaultHttpTokens {
  /** IMDSv2 is required: a request without a session token is refused. */
  REQUIRED = 'required',
  /** IMDSv1 and IMDSv2 are both allowed, even if the AMI was registered with `ImdsSupport=v2.0`. */
  OPTIONAL = 'optional',
  /** There is no default: the AMI decides. If it sets nothing, both are allowed. */
  NO_PREFERENCE = 'no-preference',
}
