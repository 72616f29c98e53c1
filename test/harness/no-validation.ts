import type { App, IPolicyValidationPlugin } from 'aws-cdk-lib';
import { CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';

/**
 * Turns CDK's own template validation off in versions without `builtinCloudFormationValidation`.
 *
 * These versions skip their own validation if an app has one of the same kind, and this one accepts everything.
 */
export function switchOffValidation(app: App): void {
  if ('_builtinCloudFormationValidation' in app) { return; }
  const accepting: IPolicyValidationPlugin = {
    name: CloudFormationValidatePlugin.PLUGIN_NAME,
    validate: () => ({ success: true, violations: [] }),
  };
  const plugin = Object.create(CloudFormationValidatePlugin.prototype) as IPolicyValidationPlugin;
  Validations.of(app).addPlugins(Object.assign(plugin, accepting));
}
