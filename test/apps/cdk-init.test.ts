import { readFileSync } from 'fs';
import { CDK_INIT, cdkSynthVariables } from '../../scripts/apps/cdk-init';

/** What `cdk init` writes into the context, by the version of aws-cdk-lib that is installed. */
const RECOMMENDED = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8')) as { readonly [flag: string]: unknown };

test('the context of cdk init has every feature flag that aws-cdk-lib recommends', () => {
  const different = Object.keys(RECOMMENDED).filter(flag => JSON.stringify(CDK_INIT.context[flag]) !== JSON.stringify(RECOMMENDED[flag]));
  // Another version of aws-cdk-lib? Run `writtenBy` with its CLI, and take the context over into scripts/apps/cdk-init-context.json.
  expect(different).toEqual([]);
});

test('the context says which version of the CLI wrote it', () => {
  expect(CDK_INIT.writtenBy).toContain(`aws-cdk@${CDK_INIT.cdkCli} init app`);
});

describe('what an app is run with', () => {
  const before = process.env.CDK_VALIDATION;
  afterEach(() => { process.env.CDK_VALIDATION = before; });

  const context = () => JSON.parse(cdkSynthVariables().CDK_CONTEXT_JSON!) as { readonly [key: string]: unknown };

  test('makes errors of what CDK\'s own validation finds', () => {
    expect(context()['@aws-cdk/core:validateAgainstDefaultRules']).toBe(true);
  });

  test('has the paths of constructs in the templates, as the CLI asks for', () => {
    expect(context()['aws:cdk:enable-path-metadata']).toBe(true);
  });

  test('leaves CDK\'s own validation on where this process has it off', () => {
    process.env.CDK_VALIDATION = 'false';
    expect(cdkSynthVariables()).not.toHaveProperty('CDK_VALIDATION');
  });
});
