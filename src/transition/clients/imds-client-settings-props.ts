/**
 * Settings for SDKs and tools that use the metadata service.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
export interface ImdsClientSettingsProps {
  /**
   * Whether clients can fall back to IMDSv1 if IMDSv2 does not answer.
   *
   * `false` sets `AWS_EC2_METADATA_V1_DISABLED`. `true` sets nothing.
   *
   * @default false
   */
  readonly v1Fallback?: boolean;

  /**
   * Whether clients do not use the metadata service, with `AWS_EC2_METADATA_DISABLED`. They then get no credentials of an instance role.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * The address of the metadata service: `AWS_EC2_METADATA_SERVICE_ENDPOINT`, such as `http://[fd00:ec2::254]`.
   *
   * @default - clients use their own default
   */
  readonly endpoint?: string;

  /**
   * Whether clients use IPv4 or IPv6: `IPv4` or `IPv6`, in this spelling. It sets `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`.
   *
   * You cannot set it together with `endpoint`, because clients then ignore it.
   *
   * @default - clients use IPv4
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
   * Whether to set `AWS_EC2_METADATA_DISABLED` in places without an instance role: in Lambda functions, CodeBuild projects, and tasks and jobs on
   * Fargate.
   *
   * @default false
   */
  readonly disableWhereNoInstanceRole?: boolean;

  /**
   * Whether to write user data also if a deployment then restarts or replaces the resource: single instances, fleets and WorkSpaces. A warning
   * announces each of them.
   *
   * Linux runs user data only at the first start of an instance, so a restart alone does not apply the settings.
   *
   * @default false - they are not changed, and there is a warning
   */
  readonly restartInstances?: boolean;
}
