import { readFileSync } from 'fs';
import { CDK_INIT, cdkSynthVariables } from '../../scripts/apps/cdk-init';

/** The context that `cdk init` writes for the installed version of aws-cdk-lib. */
const RECOMMENDED = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8')) as { readonly [flag: string]: unknown };

test('the context of cdk init has every feature flag that aws-cdk-lib recommends', () => {
  const different = Object.keys(RECOMMENDED).filter(flag => JSON.stringify(CDK_INIT.context[flag]) !== JSON.stringify(RECOMMENDED[flag]));
  // With another version of aws-cdk-lib, run `writtenBy` with its CLI, and copy the context to scripts/apps/cdk-init-context.json.
  expect(different).toEqual([]);
});

test('the context has the version of the CLI that wrote it', () => {
  expect(CDK_INIT.writtenBy).toContain(`aws-cdk@${CDK_INIT.cdkCli} init app`);
});

describe('the environment of an app', () => {
  const before = process.env.CDK_VALIDATION;
  afterEach(() => { process.env.CDK_VALIDATION = before; });

  const context = () => JSON.parse(cdkSynthVariables().CDK_CONTEXT_JSON!) as { readonly [key: string]: unknown };

  test("makes findings of CDK\'s own validation errors", () => {
    expect(context()['@aws-cdk/core:validateAgainstDefaultRules']).toBe(true);
  });

  test('adds the paths of constructs to the templates, as the CLI does', () => {
    expect(context()['aws:cdk:enable-path-metadata']).toBe(true);
  });

  test("enables CDK\'s own validation even if this process has it off", () => {
    process.env.CDK_VALIDATION = 'false';
    expect(cdkSynthVariables()).not.toHaveProperty('CDK_VALIDATION');
  });
});
