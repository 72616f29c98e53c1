/** The behavior of an SDK if IMDSv2 does not answer, and the settings that it supports. */
export interface SdkSettings {
  /** The SDKs, as `src/sdks` calls them. */
  readonly names: readonly string[];
  readonly fallback: 'where tokens fail' | 'on any error' | 'never' | 'always';
  /** The settings that it supports: no fallback, off, endpoint, mode. */
  readonly knows: readonly SettingOfSdk[];
  /** A note about the SDK, in words. */
  readonly note?: string;
  /** The version that was tested with a service that returns no tokens. */
  readonly measured?: string;
}

export type SettingOfSdk = 'v1Fallback' | 'disabled' | 'endpoint' | 'endpointMode';

export const SETTINGS_OF_SDKS: readonly SettingOfSdk[] = ['v1Fallback', 'disabled', 'endpoint', 'endpointMode'];

/** The page with this data, if it was not measured. */
export const SETTINGS_SOURCE = 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html';

const ALL = SETTINGS_OF_SDKS;
const NO_NEED = ALL.filter(setting => setting !== 'v1Fallback');

/** SDKs by their behavior. */
export const SDK_SETTINGS: readonly SdkSettings[] = [
  { names: ['AWS CLI'], fallback: 'where tokens fail', knows: ALL, measured: '1.46.3' },
  {
    names: ['AWS SDK for Python (Boto3)', 'AWS SDK for Python (Botocore)'],
    fallback: 'where tokens fail',
    knows: ALL,
    note: 'accepts the mode in upper or lower case',
    measured: 'boto3 1.44.8',
  },
  { names: ['AWS SDK for Python (Boto 2)'], fallback: 'always', knows: [], note: 'supports only IMDSv1' },
  {
    names: ['AWS SDK for JavaScript v3', 'AWS SDK for JavaScript v3 (Smithy)'],
    fallback: 'on any error',
    knows: ALL,
    note: 'does not fall back on 400; fails if the mode is in lower case',
    measured: '@aws-sdk/client-sts 3.1174.0',
  },
  { names: ['AWS SDK for JavaScript v2'], fallback: 'where tokens fail', knows: ALL },
  {
    names: ['AWS SDK for Java'],
    fallback: 'where tokens fail',
    knows: ['v1Fallback', 'disabled', 'endpoint'],
    note: 'its property is com.amazonaws.sdk.disableEc2MetadataV1; AWS documents no property for the endpoint; it has no mode',
  },
  { names: ['AWS SDK for Java 2.x'], fallback: 'where tokens fail', knows: ALL },
  { names: ['AWS SDK for Kotlin'], fallback: 'never', knows: NO_NEED, note: 'the setting is not needed' },
  { names: ['AWS SDK for Rust'], fallback: 'never', knows: NO_NEED, note: 'the setting is not needed' },
  { names: ['AWS SDK for Go'], fallback: 'where tokens fail', knows: ALL, note: 'reads the shared config file only with AWS_SDK_LOAD_CONFIG' },
  { names: ['AWS SDK for Go v2', 'AWS SDK for Go v2 (modules)'], fallback: 'where tokens fail', knows: ALL, note: 'accepts the mode in upper or lower case' },
  {
    names: ['AWS SDK for .NET', 'AWS SDK for .NET (AWSSDK.Core)', 'AWS SDK for .NET (services)'],
    fallback: 'where tokens fail',
    knows: ALL,
    note: 'version 4 never falls back, and needs no setting',
  },
  { names: ['AWS Tools for PowerShell'], fallback: 'where tokens fail', knows: ALL, note: 'versions that use version 4 of the SDK for .NET never fall back' },
  { names: ['AWS SDK for PHP'], fallback: 'where tokens fail', knows: ALL },
  {
    names: ['AWS SDK for Ruby', 'AWS SDK for Ruby (all services)'],
    fallback: 'on any error',
    knows: ALL,
    note: 'accepts the mode in upper or lower case',
  },
  { names: ['AWS SDK for C++'], fallback: 'where tokens fail', knows: ALL },
];

/** The settings of an SDK, if they are known. */
export function settingsOfSdk(name: string): SdkSettings | undefined {
  return SDK_SETTINGS.find(({ names }) => names.includes(name));
}
