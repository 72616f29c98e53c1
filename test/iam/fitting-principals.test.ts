import * as iam from 'aws-cdk-lib/aws-iam';
import { ImdsManagedPolicy } from '../../src/iam/imds-managed-policy';
import { ImdsStatements } from '../../src/iam/imds-statements';
import { ImdsServiceControlPolicy } from '../../src/org/policies/imds-service-control-policy';
import { scratchStack } from '../harness/scratch-app';

type Statements = (principals: string[]) => iam.PolicyStatement[];

const roles = (count: number) => Array.from({ length: count }, (_, index) => `arn:*:iam::*:role/platform/${String(index).padStart(29, '0')}`);

const launch: Statements = principals => ImdsStatements.denyLaunchWithoutTokens({ exemptPrincipalArns: principals });
const launchAndGuard: Statements = principals => [...launch(principals), ...ImdsStatements.denyTakingExemptPrincipals(principals)];
const administrators: Statements = principals => ImdsStatements.denyTakingExemptPrincipals(['arn:*:iam::*:role/platform/*'], { exemptPrincipalArns: principals });

const ofTheirOwn: Statements = principals => [new iam.PolicyStatement({
  effect: iam.Effect.DENY, actions: ['s:a'], resources: ['*'], conditions: { StringNotLike: { 'aws:PrincipalARN': principals, 'aws:x': 'y' }, Null: { k: 'false' } },
})];

/** The error about statements. `undefined` if they fit. */
function refusalOf(make: (statements: iam.PolicyStatement[]) => unknown, statements: iam.PolicyStatement[]): string {
  try {
    make(statements);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const managedPolicy = (statements: iam.PolicyStatement[]) => new ImdsManagedPolicy(scratchStack(), 'Policy', { statements });
const serviceControlPolicy = (statements: iam.PolicyStatement[]) => new ImdsServiceControlPolicy(scratchStack(), 'Policy', { targetIds: ['r-ab12'], statements });

describe('The error has the number of exempt principals that fit', () => {
  test.each([
    ['of one statement of a managed policy', managedPolicy, launch],
    ['of two statements that name them', managedPolicy, launchAndGuard],
    ['of those that a guard lets through, without the role that it lets through by itself', managedPolicy, administrators],
    ['of a statement of one\'s own', managedPolicy, ofTheirOwn],
    ['of one statement of a service control policy', serviceControlPolicy, launch],
    ['of two of its statements', serviceControlPolicy, launchAndGuard],
    ['of those that a guard in it lets through', serviceControlPolicy, administrators],
  ])('%s: the number fits, and one more does not', (_, make, statementsOf) => {
    const given = roles(300);
    const [, most, got] = /at most (\d+) exempt principals fit, got (\d+), so name them by a path/.exec(refusalOf(make, statementsOf(given)))!.map(Number);
    expect(got).toBe(given.length);
    expect(refusalOf(make, statementsOf(given.slice(0, most)))).toBe('');
    expect(refusalOf(make, statementsOf(given.slice(0, most + 1)))).toContain(`at most ${most} exempt principals fit, got ${most + 1}`);
  });

  test('but not if statements do not fit without them either', () => {
    const long = new iam.PolicyStatement({
      sid: 'Deny', effect: iam.Effect.DENY, actions: ['s:a'], resources: ['x'.repeat(10_000)], conditions: { ArnNotLike: { 'aws:PrincipalArn': roles(1) } },
    });
    expect(refusalOf(managedPolicy, [long])).toMatch(/characters, got \d+$/);
  });
});
