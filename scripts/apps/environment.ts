import { createRequire } from 'module';
import type { AppProps } from 'aws-cdk-lib';

/** An account and a Region, in the form of the CLI. */
export const ENVIRONMENT = 'aws://111122223333/eu-west-1';

/** The modules that export the class `App`. */
const MODULES = ['aws-cdk-lib', 'aws-cdk-lib/core'];

/** Gives each stack without an environment this one. The app passes it on to them, as a stage with an `env` does. */
export function putAppsInEnvironment(environment: string): void {
  const [account, region] = environment.replace('aws://', '').split('/');
  const load = createRequire(__filename);
  const { App } = load('aws-cdk-lib') as typeof import('aws-cdk-lib');
  const AppInEnvironment = class extends App {
    public constructor(props?: AppProps) {
      super(props);
      Object.assign(this, { account, region });
    }
  };
  for (const module of MODULES) { Object.defineProperty(load(module), 'App', { value: AppInEnvironment, configurable: true, enumerable: true }); }
}
