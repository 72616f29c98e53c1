import { RemovalPolicy } from 'aws-cdk-lib';
import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import { RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { checkValue, instance, oneOf } from '../model/kinds';
import { describeValue } from '../model/setting';

/** A schedule of aws-events, also from another copy of aws-cdk-lib. Schedules of aws-scheduler are not accepted. */
export const SCHEDULE = instance('a Schedule of aws-events', value => 'expressionString' in value && '_bind' in value);

/** @throws Error if CloudFormation does not support it for a custom resource */
export function checkRemovalPolicy(removalPolicy: RemovalPolicy | undefined): void {
  checkValue('removalPolicy', removalPolicy, oneOf(REMOVAL_POLICIES));
}

/** @throws Error if the functions cannot run on it */
export function checkRuntime(runtime: Runtime | undefined): void {
  if (runtime === undefined) { return; }
  const { family, name = runtime } = runtime as Runtime | null ?? {} as Partial<Runtime>;
  const isNode = family === RuntimeFamily.NODEJS && Number(/^nodejs(\d+)/.exec(String(name))?.[1]) >= OLDEST_NODE;
  if (!isNode) { throw new Error(`runtime must be Node.js ${OLDEST_NODE} or later, got ${describeValue(name)}`); }
}

/** The oldest Node.js version that the functions support. */
const OLDEST_NODE = 22;

/** The supported removal policies. A custom resource has no snapshots. */
const REMOVAL_POLICIES = [RemovalPolicy.DESTROY, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE];
