import { RemovalPolicy } from 'aws-cdk-lib';
import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import { RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { checkValue, instance, oneOf } from '../model/kinds';
import { describeValue } from '../model/setting';

/** When a function runs. Schedules of another copy of aws-cdk-lib are accepted, those of aws-scheduler are not. */
export const SCHEDULE = instance('a Schedule of aws-events', value => 'expressionString' in value && '_bind' in value);

/** @throws Error if CloudFormation cannot do that to a custom resource */
export function checkRemovalPolicy(removalPolicy: RemovalPolicy | undefined): void {
  checkValue('removalPolicy', removalPolicy, oneOf(REMOVAL_POLICIES));
}

/** @throws Error if the functions cannot run */
export function checkRuntime(runtime: Runtime | undefined): void {
  if (runtime === undefined) { return; }
  const { family, name = runtime } = runtime as Runtime | null ?? {} as Partial<Runtime>;
  const isNode = family === RuntimeFamily.NODEJS && Number(/^nodejs(\d+)/.exec(String(name))?.[1]) >= OLDEST_NODE;
  if (!isNode) { throw new Error(`runtime must be Node.js ${OLDEST_NODE} or later, got ${describeValue(name)}`); }
}

/** The oldest version that the functions run on. */
const OLDEST_NODE = 22;

/** A snapshot that does not exist. */
const REMOVAL_POLICIES = [RemovalPolicy.DESTROY, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE];
