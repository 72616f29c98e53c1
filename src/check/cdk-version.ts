import { App } from 'aws-cdk-lib';

/** The first version of CDK that takes what is acknowledged out of a validation report where it is acknowledged, and not of the rule everywhere. */
const BY_PATH = [2, 273];

/** Whether an acknowledgement on one construct makes this version of CDK suppress the rule everywhere. */
export function suppressesEverywhere(version: string = versionOfCdk()): boolean {
  if (!/^\d+\.\d+/.test(version)) { return false; }
  const [major, minor] = version.split('.').map(Number);
  return major < BY_PATH[0] || (major === BY_PATH[0] && minor < BY_PATH[1]);
}

/** jsii writes the version of its package on each class. */
function versionOfCdk(): string {
  const { version = '' } = (App as { readonly [RTTI]?: { readonly version?: string } })[RTTI] ?? {};
  return version;
}

const RTTI = Symbol.for('jsii.rtti');
