import { CfnResource, Stack } from 'aws-cdk-lib';
import { Imdsv2 } from '../../src';
import { scratchApp } from '../harness/scratch-app';
import { warned } from '../parity/verdicts';

// Hides the console output of CDK.
beforeEach(() => { jest.spyOn(console, 'error').mockImplementation(() => undefined); });

/** The findings of enforcement in a stack, by path. */
function reportsOf(build: (stack: Stack) => void): string[] {
  const app = scratchApp();
  build(new Stack(app, 'Stack'));
  Imdsv2.enforce(app);
  app.synth();
  return warned(app).map(([path, rule]) => `${path} ${rule}`);
}

function security(scope: Stack, id: string, document: unknown): CfnResource {
  return new CfnResource(scope, id, { type: 'AWS::EMR::SecurityConfiguration', properties: { SecurityConfiguration: document } });
}

test('a document that is nested too deep to be rewritten causes a finding, not an exception', () => {
  const depths = Array.from({ length: 40 }, (_, index) => 500 + 100 * index);
  const said = reportsOf(stack => depths.forEach(depth => security(stack, `D${depth}`, `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)));
  const deepest = depths[depths.length - 1];
  expect(said).toContain(`Stack/D${deepest} Imdsv2::OptionsUnreadable`);
  expect(said.filter(line => line.startsWith('Stack/D500 '))).toEqual([]);
});

test('a document of ten megabytes is enforced', () => {
  expect(reportsOf(stack => security(stack, 'Long', JSON.stringify({ a: 'x'.repeat(10_000_000) })))).toEqual([]);
});

test('an override with an object instead of options is reported like a property', () => {
  const said = reportsOf(stack => {
    new CfnResource(stack, 'Property', { type: 'AWS::ElasticBeanstalk::Environment', properties: { OptionSettings: { x: 1 } } });
    new CfnResource(stack, 'Override', { type: 'AWS::ElasticBeanstalk::Environment' }).addPropertyOverride('OptionSettings', { x: 1 });
  });
  expect(said).toEqual(['Stack/Property Imdsv2::OptionsUnreadable', 'Stack/Override Imdsv2::OptionsUnreadable']);
});
