import { Stack, Validations } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { CloudFormationProduct, CloudFormationTemplate, ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { Imdsv2 } from '../../src';
import { Imdsv2NagChecks } from '../../src/nag';
import { scratchApp } from '../harness/scratch-app';
import { violationsIn, synthesized } from './checked';

function app(tokens: string) {
  const built = scratchApp();
  const stack = new Stack(built, 'Stack');
  const product = new ProductStack(stack, 'Product');
  new CfnInstance(product, 'Web', { metadataOptions: { httpTokens: tokens } });
  new CloudFormationProduct(stack, 'Catalog', {
    productName: 'web', owner: 'us', productVersions: [{ cloudFormationTemplate: CloudFormationTemplate.fromProductStack(product) }],
  });
  return built;
}

test('the template of a product is checked with the stack that contains it', () => {
  const checked = app('optional');
  Imdsv2.check(checked);
  expect(violationsIn(synthesized(checked))).toEqual(['Imdsv2::TokensRequired Stack/Product/Web Properties.MetadataOptions.HttpTokens']);
});

test('a product that requires tokens is accepted', () => {
  const checked = app('required');
  Imdsv2.check(checked);
  expect(violationsIn(synthesized(checked))).toEqual([]);
});

test('the pack has the same result', () => {
  const checked = app('optional');
  const pack = new Imdsv2NagChecks();
  const reports: string[] = [];
  Validations.of(checked).addPlugins({
    name: 'Asking',
    validate: context => {
      reports.push(...pack.validate(context).violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`)));
      return { success: true, violations: [] };
    },
  });
  checked.synth();
  expect(reports).toEqual(['Imdsv2-TokensRequired Stack/Product/Web']);
});
