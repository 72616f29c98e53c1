import { CfnResource } from 'aws-cdk-lib';
import { LaunchGraph } from '../../src/launch/launch-graph';
import { LiveTree } from '../../src/launch/live-tree';
import type { TemplateFile } from '../../src/launch/template-file';
import { TemplateSet } from '../../src/launch/template-set';
import { scratchStack } from '../harness/scratch-app';
import { HOSTILE_NAMES, repeated } from './harness/hostile-values';
import { LAUNCHERS } from './harness/launchers';
import { answer, answersOf } from './harness/readings';

const INSTANCE = 'AWS::EC2::Instance';
const template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: 'web' } };
const instance = (id: unknown) => ({ Type: INSTANCE, Properties: { LaunchTemplate: { LaunchTemplateId: id, Version: '$Latest' } } });
const nested = (file: unknown, Parameters: unknown = {}) => ({
  Type: 'AWS::CloudFormation::Stack', Properties: { Parameters }, Metadata: { 'aws:asset:path': file },
});
const json = (text: string) => JSON.parse(text) as unknown;
const output = (Value: unknown) => ({ Outputs: { Id: { Value, Export: { Name: 'Id' } } } });

/** All questions to a graph. They must not throw. */
function answers(files: readonly TemplateFile[]): readonly string[] {
  const graph = new LaunchGraph(new TemplateSet(files));
  const found = answersOf(graph);
  for (const resource of graph.world.resources) {
    graph.launchersOf(resource);
    expect([resource.stack.account, resource.stack.region, resource.stack.name]).toEqual([undefined, undefined, undefined]);
  }
  return found;
}

const alone = (content: unknown) => answers([{ file: 'stack.json', template: content }]);

describe('templates', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'Resources'],
    ['a list', [template]],
    ['no resources', {}],
    ['resources that are a list', { Resources: [template] }],
    ['resources that are null', { Resources: null }],
    ['resources that are a text', { Resources: 'Template' }],
    ['resources under a condition', { Resources: { 'Fn::If': ['C', { Template: template }, {}] } }],
    ['resources by a transform', { Resources: { 'Fn::Transform': { Name: 'AWS::Include' } } }],
    ['a resource that is null', { Resources: { Instance: null } }],
    ['a resource that is a list', { Resources: { Instance: [instance('lt-1')] } }],
    ['a resource without a type', { Resources: { Instance: { Properties: {} } } }],
    ['a type that is not a string', { Resources: { Instance: { Type: { Ref: 'Type' } } } }],
    ['a type like a key that all objects have', { Resources: { Instance: { Type: 'constructor' }, Other: { Type: '__proto__' } } }],
    ['no properties', { Resources: { Instance: { Type: INSTANCE } } }],
    ['properties that are null', { Resources: { Instance: { Type: INSTANCE, Properties: null } } }],
    ['metadata that is a text', { Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Metadata: 'aws:asset:path' } } }],
    ['a nested stack with a file name that is not a string', { Resources: { Nested: nested(7) } }],
    ['a nested stack with the directory as its file', { Resources: { Nested: nested('') } }],
    ['a nested stack far above', { Resources: { Nested: nested('../'.repeat(1000)) } }],
    ['invalid exports', { Outputs: { A: null, B: [], C: { Export: 'x' }, D: { Export: { Name: null } }, E: { Export: { Name: { Ref: 'E' } } } } }],
  ])('%s: has no launches', (_, content) => {
    expect(alone(content)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['a transform', { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['a reference in the place of the specification', { LaunchTemplate: { Ref: 'Template' } }],
    ['a lookup in the place of the specification', { LaunchTemplate: { 'Fn::FindInMap': ['A', 'B', 'C'] } }],
  ])('properties that are %s have unknown launches', (_, properties) => {
    expect(alone({ Resources: { Template: template, Instance: { Type: INSTANCE, Properties: properties } } }))
      .toEqual([answer('stack.json#Instance', 'unknown', ['unknown'])]);
  });

  test.each<[string, unknown]>([
    ['a text', 'web'],
    ['a list', [{ LaunchTemplate: { LaunchTemplateName: 'web' } }]],
    ['a condition between texts', { 'Fn::If': ['C', 'web', { Ref: 'AWS::NoValue' }] }],
    ['a text in the place of the specification', { LaunchTemplate: 'web' }],
    ['a list in the place of the specification', { LaunchTemplate: [{ LaunchTemplateName: 'web' }] }],
  ])('properties that are %s are a mistake without a source', (_, properties) => {
    expect(alone({ Resources: { Template: template, Instance: { Type: INSTANCE, Properties: properties } } })).toEqual([]);
  });

  test('a text instead of the object with a name names nothing', () => {
    const Group = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { AutoScalingGroupName: 'web' } };
    const Provider = { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: 'web' } };
    expect(alone({ Resources: { Group, Provider } })).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])('a logical id such as %p is one like any other', logicalId => {
    const named = JSON.stringify(logicalId);
    const content = json(`{ "Resources": { ${named}: ${JSON.stringify(template)}, "Instance": ${JSON.stringify(instance({ Ref: logicalId }))} } }`);
    expect(alone(content)).toEqual([answer('stack.json#Instance', `stack.json#${logicalId}`, ['latest'])]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('a reference to %p, which does not exist, is unknown', name => {
    for (const reference of [{ Ref: name }, { 'Fn::GetAtt': [name, 'Outputs.x'] }, { 'Fn::Sub': `\${${name}}` }, { 'Fn::ImportValue': name }]) {
      expect(alone({ Resources: { Instance: instance(reference) } })).toEqual([answer('stack.json#Instance', 'unknown', ['latest'])]);
    }
  });

  test.each([['a type', '"Type": { "toString": null }, "Default": "web"'], ['a default', '"Default": { "toString": null }'],
    ['values', '"AllowedValues": [{ "toString": null }, null, [[]]]'], ['a text of values', '"AllowedValues": "web"']])(
    'a parameter with an invalid value does not stop the analysis: %s', (_, declared) => {
      const Parameters = json(`{ "Name": { ${declared} } }`);
      expect(alone({ Parameters, Resources: { Instance: instance({ Ref: 'Name' }) } })).not.toEqual([]);
    });
});

describe('names', () => {
  const named = HOSTILE_NAMES.map(([title, value, source]) => [title, value, source ? [answer('stack.json#Instance', source, ['latest'])] : []] as const);

  test.each(named)('%s', (_, value, expected) => {
    expect(alone({ Resources: { Template: template, Instance: instance(value()) } })).toEqual(expected);
  });

  test.each(named)('%s, in a construct tree', (_, value, expected) => {
    const stack = scratchStack();
    new CfnResource(stack, 'Template', { type: template.Type, properties: template.Properties });
    new CfnResource(stack, 'Instance', { type: INSTANCE, properties: instance(value()).Properties });
    const found = answersOf(new LaunchGraph(new LiveTree(stack)));
    expect(found.map(words => words.replace(/Stack\/(?=Template|Instance)/g, 'stack.json#'))).toEqual(expected);
  });

  test.each(LAUNCHERS.map(launcher => [launcher.title, launcher] as const))('conditions, nested 1,000 deep, around all properties of %s', (_, { type, properties }) => {
    const deep = repeated(1000, properties({ id: 'lt-1' }), inner => ({ 'Fn::If': ['C', inner, { Ref: 'AWS::NoValue' }] }));
    expect(() => alone({ Resources: { Launcher: { Type: type, Properties: deep } } })).not.toThrow();
  });
});

describe('cycles', () => {
  const unknown = (path: string) => answer(path, 'unknown', ['latest']);

  test('a nested stack with its own output as parameter', () => {
    expect(answers([
      {
        file: 'stack.json',
        template: { Resources: { Nested: nested('nested.json', { Id: { 'Fn::GetAtt': ['Nested', 'Outputs.Id'] } }), Instance: instance({ 'Fn::GetAtt': ['Nested', 'Outputs.Id'] }) } },
      },
      { file: 'nested.json', template: { Parameters: { Id: {} }, Resources: { Instance: instance({ Ref: 'Id' }) }, ...output({ Ref: 'Id' }) } },
    ])).toEqual([unknown('nested.json#Instance'), unknown('stack.json#Instance')]);
  });

  test('a nested stack with twice its own output, which is twice its parameter', () => {
    const twice = (value: unknown) => ({ 'Fn::Join': ['', [value, value]] });
    expect(answers([
      { file: 'stack.json', template: { Resources: { Nested: nested('nested.json', { Id: twice({ 'Fn::GetAtt': ['Nested', 'Outputs.Id'] }) }) } } },
      { file: 'nested.json', template: { Parameters: { Id: {} }, Resources: { Instance: instance({ Ref: 'Id' }) }, ...output(twice({ Ref: 'Id' })) } },
    ])).toEqual([unknown('nested.json#Instance')]);
  });

  test('nested stacks with their own file, or that of the parent stack, as template', () => {
    expect(answers([
      { file: 'one.json', template: { Resources: { Self: nested('one.json'), Next: nested('two.json', { Id: { Ref: 'Id' } }), Instance: instance({ Ref: 'Id' }) } } },
      { file: 'two.json', template: { Resources: { Back: nested('one.json', { Id: { Ref: 'Id' } }), Instance: instance({ Ref: 'Id' }) } } },
    ])).toEqual([unknown('one.json#Instance'), unknown('two.json#Instance')]);
  });

  test('a file that exists twice', () => {
    const content = { Resources: { Template: template, Instance: instance({ Ref: 'Template' }) } };
    expect(answers([{ file: 'stack.json', template: content }, { file: './stack.json', template: content }])).toHaveLength(1);
  });

  test('thirty stacks, each twice in the one before', () => {
    const files = Array.from({ length: 30 }, (_, level) => {
      const next = nested(`${level + 1}.json`, { Id: { Ref: 'Id' } });
      return { file: `${level}.json`, template: { Resources: { Left: next, Right: next, Instance: instance({ Ref: 'Id' }) } } };
    });
    expect(answers(files)).toHaveLength(30);
  });

  test('an export that imports itself, and is named by its import', () => {
    const Value = { 'Fn::ImportValue': 'Id' };
    const content = {
      Resources: { Instance: instance(Value) },
      Outputs: {
        ...output({ 'Fn::If': ['C', Value, { 'Fn::Join': ['', [Value, Value]] }] }).Outputs,
        Other: { Value, Export: { Name: { 'Fn::ImportValue': { 'Fn::ImportValue': 'Id' } } } },
      },
    };
    expect(new Set(alone(content))).toEqual(new Set([unknown('stack.json#Instance')]));
  });

  test('two hundred exports, each twice in the one before', () => {
    const Outputs = Object.fromEntries(Array.from({ length: 200 }, (_, index) => {
      const Value = { 'Fn::ImportValue': `Id${index + 1}` };
      return [`Id${index}`, { Value: { 'Fn::If': ['C', Value, Value] }, Export: { Name: `Id${index}` } }];
    }));
    expect(alone({ Resources: { Instance: instance({ 'Fn::ImportValue': 'Id0' }) }, Outputs })).toEqual([unknown('stack.json#Instance')]);
  });

  test('an output that is itself, and two hundred that are each twice the one before', () => {
    const outputOf = (OutputName: string) => ({ 'Fn::GetStackOutput': { StackName: 'Web', OutputName } });
    const Outputs = Object.fromEntries(Array.from({ length: 200 }, (_, index) =>
      [`Id${index}`, { Value: { 'Fn::If': ['C', outputOf(`Id${index + 1}`), outputOf(`Id${index + 1}`)] } }]));
    const content = { Resources: { Instance: instance(outputOf('Id')), Other: instance(outputOf('Id0')) }, Outputs: { ...Outputs, Id: { Value: outputOf('Id') } } };
    expect(answersOf(new LaunchGraph(new TemplateSet([{ file: 'stack.json', stackName: 'Web', template: content }]))))
      .toEqual([unknown('stack.json#Instance'), unknown('stack.json#Other')]);
  });
});
