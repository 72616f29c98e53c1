import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { covers } from '../../iam/name-pattern';
import { principalName } from '../../iam/principal-kinds';

/** The roles of a bootstrap. A principal that can assume one of them, or update a stack of the last one, gets its permissions. */
const KINDS: readonly string[] = ['deploy', 'file-publishing', 'image-publishing', 'lookup', 'cfn-exec'];

/** The account and Region of a role, at the end of its name. */
const [SOME_ACCOUNT, SOME_REGION] = ['-111122223333', '-eu-west-1'];

/** An account, and a Region at the end of a name. `<AccountId>` and `<Region>` replace CloudFormation's pseudo parameters. */
const ACCOUNT = /-(?:\d{12}|<AccountId>)(?=-|$)/;
const REGION = /-(?:[a-z]{2,4}(?:-[a-z]{1,20}){1,3}-\d{1,2}|<Region>)$/;

/** Whether an ARN, or a pattern, matches a role of the default bootstrap, with CDK's default qualifier. */
export function namesUsualBootstrap(arn: string): boolean {
  const name = (principalName(arn) ?? '').replace(ACCOUNT, SOME_ACCOUNT).replace(REGION, SOME_REGION);
  return KINDS.some(kind => covers(name, `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-${kind}-role${SOME_ACCOUNT}${SOME_REGION}`));
}
