import type { App, IPolicyValidationPlugin } from 'aws-cdk-lib';
import { CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';

/**
 * Switches CDK's own template validation off where `builtinCloudFormationValidation` cannot: in versions that do not know it yet.
 *
 * They leave their own validation out where an app brings one of the same kind, and this one accepts everything.
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
