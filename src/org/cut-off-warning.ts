import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ConstructNote } from '../model/construct-note';

/** The id of the warning that software which uses IMDSv1 stops working. */
const CUTS_OFF = 'Imdsv2::CutsOffImdsv1';

/** Marks a construct that has the warning. */
const WARNED = new ConstructNote<boolean>('CutsOffImdsv1');

const TRANSITION = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html';

/**
 * Warns that software with IMDSv1 stops working, unless a parent construct has already warned about both.
 *
 * @param what the software and the cause
 * @param where the accounts
 */
export function warnOfCutOff(construct: Construct, what: string, where: string): void {
  if (construct.node.scopes.some(scope => WARNED.of(scope))) { return; }
  WARNED.write(construct, true);
  Annotations.of(construct).addWarningV2(CUTS_OFF, `${what}: first check that MetadataNoToken is 0 in ${where} (${TRANSITION})`);
}

/** Warns about the effect of `httpTokensEnforced`. A default alone needs no warning, because a launch can override it. */
export function warnOfEnforcement(construct: Construct, httpTokensEnforced: boolean | undefined, where: string): void {
  if (!httpTokensEnforced) { return; }
  warnOfCutOff(construct, 'EC2 will refuse to launch instances that allow IMDSv1, and software that uses IMDSv1 stops working on new instances', where);
}
