import type { AwsServer } from './aws-server';
import { QUICKER, quickClock } from './quick-clock';

/** A function, as Lambda calls it. */
export type Handler = (event: never, context: never) => Promise<void>;

/** The environment of the functions, in addition to the rest of the environment. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};
const UNWANTED = ['AWS_PROFILE', 'AWS_MAX_ATTEMPTS', 'AWS_RETRY_MODE', 'AWS_SESSION_TOKEN', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];
const SERVICES = ['EC2', 'STS', 'IMAGEBUILDER', 'CLOUDFORMATION', 'CLOUDTRAIL', 'CLOUDWATCH', 'EVENTBRIDGE', 'S3'];

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:cdk-imdsv2-function';

/** The timeout of a function, in milliseconds. */
const LAMBDA_TIME = 300_000;

/**
 * Runs a test with a server that stands for AWS.
 *
 * @param quicker the factor by which waits are shortened
 */
export async function beside<S extends AwsServer>(server: S, test: (server: S) => Promise<void>, quicker = QUICKER): Promise<void> {
  await server.start();
  const restore = [quickClock(quicker), environment(server.url), silence()];
  try {
    await test(server);
  } finally {
    restore.forEach(back => back());
    await server.stop();
  }
}

/**
 * Invokes a function with any event.
 *
 * @param time the milliseconds that are left
 * @param isDead whether Lambda has ended it: then it makes no more calls
 */
export async function invoke(handler: Handler, event: unknown, time = LAMBDA_TIME, isDead = () => false): Promise<void> {
  const end = Date.now() + time;
  const getRemainingTimeInMillis = () => {
    if (isDead()) { throw new Error('Lambda ended the function'); }
    return end - Date.now();
  };
  await handler(event as never, { getRemainingTimeInMillis, invokedFunctionArn: FUNCTION_ARN } as never);
}

/** The function in a bundle, loaded as Lambda loads it. */
export function loaded(code: string): Handler {
  const exported: { handler?: Handler } = {};
  new Function('exports', 'require', 'module', code)(exported, require, { exports: exported });
  return exported.handler!;
}

function environment(url: string): () => void {
  const before = { ...process.env };
  UNWANTED.forEach(name => { delete process.env[name]; });
  Object.assign(process.env, ENVIRONMENT, ...SERVICES.map(service => ({ [`AWS_ENDPOINT_URL_${service}`]: url })));
  return () => {
    Object.keys(process.env).forEach(name => { delete process.env[name]; });
    Object.assign(process.env, before);
  };
}

/** The log is for CloudWatch. */
function silence(): () => void {
  const log = jest.spyOn(console, 'log').mockImplementation();
  return () => log.mockRestore();
}
