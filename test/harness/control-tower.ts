import { spawnSync } from 'child_process';
import { dirname, join } from 'path';

const GUARD_PACKAGE = dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
const PLATFORM = process.platform === 'darwin' ? 'macos' : 'ubuntu';
const ARCHITECTURE = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
/** The real cfn-guard. */
export const CFN_GUARD = join(GUARD_PACKAGE, 'bin', PLATFORM, ARCHITECTURE, 'cfn-guard');
/** The exit code of cfn-guard for a failed rule. Any other code except success is an error. */
export const VALIDATION_FAILED = 19;

/** Whether a template passes a Control Tower rule, such as `ec2/ct-ec2-pr-1`, with the real cfn-guard. */
export function passesControl(control: string, template: string): boolean {
  const rule = join(GUARD_PACKAGE, 'rules/control-tower/cfn-guard', `${control}.guard`);
  const { status } = spawnSync(CFN_GUARD, ['validate', '--rules', rule, '--data', template, '--show-summary', 'none']);
  if (status !== 0 && status !== VALIDATION_FAILED) { throw new Error(`cfn-guard ended with ${status} on ${template}`); }
  return status === 0;
}
