import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Imdsv2 } from '../../src/imdsv2';

const NOT_ASKED_FOR = 'the code of the reports is loaded';

jest.mock('../../src/report/report-builder', () => { throw new Error('the code of the reports is loaded'); });

test('a check without reports does not load their code', () => {
  const app = new App();
  new CfnResource(new Stack(app, 'Stack'), 'Web', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: { HttpTokens: 'required' } } });
  Imdsv2.check(app);
  expect(() => app.synth()).not.toThrow();
});

test('a check with reports loads it', () => {
  expect(() => jest.requireActual<object>('../../src/report/imds-report')).toThrow(NOT_ASKED_FOR);
});
