/**
 * What SDKs and tools should do with the metadata service.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
export interface ImdsClientSettingsProps {
  /**
   * Whether clients may fall back to IMDSv1 where IMDSv2 does not answer.
   *
   * `false` sets `AWS_EC2_METADATA_V1_DISABLED`. `true` sets nothing.
   *
   * @default false
   */
  readonly v1Fallback?: boolean;

  /**
   * Whether clients leave the metadata service alone, by `AWS_EC2_METADATA_DISABLED`. They have no credentials of an instance role then.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * Where clients find the metadata service: `AWS_EC2_METADATA_SERVICE_ENDPOINT`, such as `http://[fd00:ec2::254]`.
   *
   * @default - clients know it
   */
  readonly endpoint?: string;

  /**
   * Whether clients ask the metadata service by IPv4 or by IPv6: `IPv4` or `IPv6`, in this spelling. It is for `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`.
   *
   * It cannot be given with an `endpoint`, which clients prefer.
   *
   * @default - clients take IPv4
   */
  readonly endpointMode?: string;

  /**
   * Whether Java gets the same by `JAVA_TOOL_OPTIONS`, in system properties of the SDKs 1.x and 2.x: for programs that are started without the environment.
   *
   * A container that has no such variable in its definition gets one, which replaces that of its image: with a warning. Each JVM writes a line about it to its standard error.
   *
   * @default false
   */
  readonly java?: boolean;

  /**
   * Whether `AWS_EC2_METADATA_DISABLED` is set where there is no instance role: in Lambda functions, CodeBuild projects, and tasks and jobs on Fargate.
   *
   * @default false
   */
  readonly disableWhereNoInstanceRole?: boolean;

  /**
   * Whether the user data of what a deployment would restart or replace is written, too: of single instances, fleets and WorkSpaces. Each is announced.
   *
   * Linux runs user data when an instance starts for the first time, so one that a deployment restarts is as before.
   *
   * @default false - they are left, and that is said
   */
  readonly restartInstances?: boolean;
}
