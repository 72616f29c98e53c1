import { App } from 'aws-cdk-lib';

/** Whether an acknowledgement on one construct makes this version of CDK suppress the rule everywhere. */
export function suppressesEverywhere(version: string = versionOfCdk()): boolean {
  return isBefore(273, version);
}

/** Whether this version of CDK calls a plugin several times: once for the stacks of each account and Region. */
export function validatesByEnvironment(version: string = versionOfCdk()): boolean {
  return isBefore(270, version);
}

/** Whether a version is older than a minor version of CDK 2. An unreadable version is not. */
function isBefore(earliest: number, version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return major !== undefined && (Number(major) < 2 || (Number(major) === 2 && Number(minor) < earliest));
}

/** jsii writes the version of its package on each class. */
function versionOfCdk(): string {
  const { version = '' } = (App as { readonly [RTTI]?: { readonly version?: string } })[RTTI] ?? {};
  return version;
}

const RTTI = Symbol.for('jsii.rtti');
