import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { SCRATCH, scratchStack } from '../harness/scratch-app';
import { answer, readableApp, readings } from './harness/readings';

const INSTANCE = 'AWS::EC2::Instance';
const template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1' } } };
const instance = (id: unknown, version: unknown) => ({ Type: INSTANCE, Properties: { LaunchTemplate: { LaunchTemplateId: id, Version: version } } });

/** A template that passes an id to a nested stack, and uses its output. */
const OUTER = {
  Resources: {
    Template: template,
    Nested: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://s3.amazonaws.com/templates/nested.json', Parameters: { Id: { 'Fn::Sub': '${Template}' } } },
    },
    Instance: instance({ 'Fn::GetAtt': ['Nested', 'Outputs.Id'] }, { 'Fn::GetAtt': 'Nested.Outputs.Version' }),
  },
};

const NESTED = {
  Parameters: { Id: { Type: 'String' } },
  Resources: { Template: template, Instance: instance({ 'Fn::Sub': '${Id}' }, '$Latest') },
  Outputs: { Id: { Value: { Ref: 'Template' } }, Version: { Value: { 'Fn::Sub': '${Template.LatestVersionNumber}' } } },
};

test('an included template with a nested stack: arguments go in, outputs come out', () => {
  const directory = join(SCRATCH, 'included');
  mkdirSync(directory);
  const [templateFile, nestedFile] = Object.entries({ outer: OUTER, nested: NESTED }).map(([name, content]) => {
    const file = join(directory, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  });
  const app = readableApp();
  new CfnInclude(scratchStack(app), 'Included', { templateFile, loadNestedStacks: { Nested: { templateFile: nestedFile } } });
  const { before, templates, after } = readings(app);
  const path = 'Stack/Included/Nested';
  expect(before).toEqual([
    answer('Stack/Included/Instance', `${path}/Nested/Template`, ['latest number']),
    answer(`${path}/Nested/Instance`, 'Stack/Included/Template', ['latest']),
  ]);
  expect(after).toEqual(before);
  // CfnInclude does not write `aws:cdk:path`, so templates have logical ids only.
  expect(templates.map(words => words.replace(/\S+\.nested\.template\.json/g, 'nested').replace(/Stack\.template\.json/g, 'stack'))).toEqual([
    answer('stack#Instance', 'nested#Template', ['latest number']), answer('nested#Instance', 'stack#Template', ['latest']),
  ]);
});

test('an included template with Fn::Sub, in which text stands around a reference', () => {
  const templateFile = join(SCRATCH, 'text.json');
  const LaunchTemplateName = { 'Fn::Sub': 'copy-of-${Other}-${AWS::StackName}' };
  writeFileSync(templateFile, JSON.stringify({
    Resources: {
      Other: template,
      Template: { ...template, Properties: { ...template.Properties, LaunchTemplateName } },
      Instance: { Type: INSTANCE, Properties: { LaunchTemplate: { LaunchTemplateName, Version: '$Latest' } } },
    },
  }));
  const app = readableApp();
  new CfnInclude(scratchStack(app), 'Included', { templateFile });
  const { before, templates } = readings(app);
  expect(before).toEqual([answer('Stack/Included/Instance', 'Stack/Included/Template', ['latest'])]);
  expect(templates).toEqual([answer('Stack.template.json#Instance', 'Stack.template.json#Template', ['latest'])]);
});
