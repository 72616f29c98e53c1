import { readdirSync } from 'fs';
import { join, parse } from 'path';
import { App, AppProps, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

/** File extensions of CloudFormation templates. */
const TEMPLATE = /\.(json|yaml|yml|template)$/;

/**
 * An app with a stack for each template of a directory, named after the file. Nothing is added to the templates.
 * If CDK cannot include a template, such as one with `Fn::ForEach` in `Resources`, this prints its name and sets the exit code; the others are checked.
 */
export function templatesApp(directory: string, props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  for (const file of readdirSync(directory).filter((name) => TEMPLATE.test(name)).sort()) {
    const id = parse(file).name.replace(/[^A-Za-z0-9-]/g, '-');
    const stack = new Stack(app, id, { synthesizer: new LegacyStackSynthesizer() });
    try {
      new CfnInclude(stack, 'Template', { templateFile: join(directory, file) });
    } catch (error) {
      stack.node.tryRemoveChild('Template');
      console.error(`${file} is not checked, because CDK cannot include it: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
  return app;
}
